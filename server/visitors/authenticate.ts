/** From a token to a visitor. Every call and every socket of the widget passes here, so every rule about visitors is here. */
import type { VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { Authenticate } from "../core/feature.ts";
import { problem } from "../core/problem.ts";
import { assertServes, settingsOf } from "../tenants/index.ts";
import { assertOrigin, originCheckOf } from "./origins.ts";
import { isTokenOf, parseToken, type VisitorToken } from "./token.ts";

export interface VisitSession {
  tokenHash: Buffer | null;
  contactId: string;
  site: string;
  verifiedUntil: Date | null;
  /** The contact came by a signed identity. */
  identified: boolean;
  blocked: boolean;
}

interface SessionRow {
  o_token_hash: Buffer | null;
  o_contact: string;
  o_site: string;
  o_verified_until: Date | null;
  o_identified: boolean;
  o_blocked: boolean;
}

export async function findSession(core: Core, token: VisitorToken): Promise<VisitSession | null> {
  const { rows } = await core.pools.app.query<SessionRow>({
    name: "visit_session",
    text: "select * from app.visit_session($1, $2)",
    values: [token.tenantId, token.visitorId],
  });
  const row = rows[0];
  if (!row || !isTokenOf(token, row.o_token_hash)) return null;
  return {
    tokenHash: row.o_token_hash,
    contactId: row.o_contact,
    site: row.o_site,
    verifiedUntil: row.o_verified_until === null ? null : new Date(row.o_verified_until),
    identified: row.o_identified,
    blocked: row.o_blocked,
  };
}

/** A browser that was identified is that person until its time is over, and afterwards nobody. */
export function isVerified(session: Pick<VisitSession, "verifiedUntil">, now: Date): boolean {
  return session.verifiedUntil !== null && session.verifiedUntil > now;
}

export function readToken(token: string): VisitorToken {
  const parsed = parseToken(token);
  if (!parsed) throw problem("unauthenticated");
  return parsed;
}

/** Before anything is looked up: the tenant serves, and the page may use its widget. */
export async function assertMayVisit(core: Core, tenantId: string, origin: string | undefined): Promise<void> {
  // A tenant that does not exist is answered like a token that does not: nobody learns which tenants there are.
  await assertServes(core, tenantId).catch((error: unknown) => {
    throw isNotFound(error) ? problem("unauthenticated") : error;
  });
  await assertOrigin(core, tenantId, origin);
}

/** What the visitor's own rows say. */
export async function actorOf(core: Core, token: VisitorToken, session: VisitSession | null): Promise<VisitorActor> {
  if (!session) throw problem("unauthenticated");
  const { tenantId, visitorId } = token;
  if (session.blocked) throw problem("visitor_blocked");
  if (!(await originCheckOf(core, tenantId))(session.site)) throw problem("origin_refused");
  const verified = isVerified(session, core.clock.now());
  const { enforced } = await settingsOf(core, tenantId, "identity");
  if (!verified && (enforced || session.verifiedUntil !== null)) throw problem("identity_required");
  return { kind: "visitor", tenantId, visitorId, contactId: session.contactId, verified };
}

export const authenticateVisitor: Authenticate = async (core, token, { origin }) => {
  const parsed = readToken(token);
  await assertMayVisit(core, parsed.tenantId, origin);
  return actorOf(core, parsed, await findSession(core, parsed));
};

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "not_found";
}
