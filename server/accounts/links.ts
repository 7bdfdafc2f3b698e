/** Links in mails: single use, short-lived, found by the hash of their secret. */
import type { SystemActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { hashSecret, installationId, newId, newSecret } from "../core/ids.ts";
import { problem } from "../core/problem.ts";
import type { Place, Secrets } from "../core/secrets.ts";
import type { Unit } from "../core/work.ts";
import { OneTimeLink } from "./entities.ts";
import { lifetimes, linksPerDay } from "./rules.ts";

export type LinkKind = OneTimeLink["kind"];

const lifetime: Record<LinkKind, number> = { verify: lifetimes.verifyLinkMs, reset: lifetimes.resetLinkMs };

export const linkPlace = (linkId: string): Place => [installationId, "one_time_link.sealed", linkId];

/** Under the address's lock. Without an account, or when it had its share of mails today, a link of nobody is made: the caller cannot tell, no mail is sent. */
export async function makeLink(unit: Unit<SystemActor>, secrets: Secrets, kind: LinkKind, accountId: string | undefined): Promise<string> {
  const id = newId();
  const since = new Date(unit.now.getTime() - 86_400_000);
  const sent = await unit.em.count(OneTimeLink, { accountId: accountId ?? id, kind, createdAt: { $gt: since } });
  const secret = newSecret();
  unit.em.create(OneTimeLink, {
    id,
    accountId: accountId !== undefined && sent < linksPerDay ? accountId : null,
    kind,
    hash: hashSecret(secret),
    sealed: secrets.seal(secret, linkPlace(id)),
    createdAt: unit.now,
    expiresAt: new Date(unit.now.getTime() + lifetime[kind]),
  });
  return id;
}

/** The account that a working link was made for. Unknown, used and too old answer the same. */
export async function peekLink(unit: Unit<SystemActor>, kind: LinkKind, secret: string): Promise<{ linkId: string; accountId: string }> {
  const link = await unit.em.findOne(OneTimeLink, { kind, hash: hashSecret(secret) });
  if (!link?.accountId || link.usedAt || link.expiresAt <= unit.now) throw problem("link_expired");
  return { linkId: link.id, accountId: link.accountId };
}

/** Uses the link up, and with it all others of its kind for the same account. Of two at the same moment one gets it. */
export async function takeLink(unit: Unit<SystemActor>, kind: LinkKind, secret: string): Promise<string> {
  const taken = await unit.one<{ account_id: string }>(sql`
    update one_time_link set used_at = ${unit.now}, sealed = null
    where kind = ${kind} and hash = ${hashSecret(secret)} and account_id is not null and used_at is null and expires_at > ${unit.now}
    returning account_id`);
  if (!taken) throw problem("link_expired");
  await unit.rows(sql`
    update one_time_link set used_at = ${unit.now}, sealed = null
    where account_id = ${taken.account_id} and kind = ${kind} and used_at is null`);
  return taken.account_id;
}
