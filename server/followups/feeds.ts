/**
 * Calendar links of a member. The secret holds its tenant and 128 random bits, so that it is looked up under that tenant's row
 * security and says nothing to a reader; only its hash is kept.
 */
import { randomBytes } from "node:crypto";
import type { BodyOf } from "../../shared/api/contract.ts";
import type { calendarApi, FeedShape } from "../../shared/api/calendar.ts";
import { calendarLinkMade, calendarLinkRevoked } from "../../shared/events/calendar.ts";
import { limits } from "../../shared/model/limits.ts";
import type { MemberActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { hashSecret } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { CalendarFeed } from "./entities.ts";

const secretBytes = 16;

function newFeedSecret(tenantId: string): string {
  return Buffer.concat([Buffer.from(tenantId.replaceAll("-", ""), "hex"), randomBytes(secretBytes)]).toString("base64url");
}

/** Whose secret it would be, if it were one; null for what no link ever was. */
export function tenantOfFeedSecret(secret: string): string | null {
  const bytes = Buffer.from(secret, "base64url");
  if (bytes.length !== 16 + secretBytes || bytes.toString("base64url") !== secret) return null;
  const hex = bytes.subarray(0, 16).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const feedAddress = (publicUrl: string, secret: string) => `${publicUrl}/api/v1/calendar/${secret}.ics`;

export async function listFeeds({ em, tenantId }: Unit, memberId: string): Promise<FeedShape[]> {
  return (await em.find(CalendarFeed, { tenantId, memberId }, { orderBy: [{ createdAt: "asc" }, { id: "asc" }] })).map(present);
}

export async function makeFeed(
  unit: Unit<MemberActor>,
  { id, name, scope }: BodyOf<typeof calendarApi.create>,
  publicUrl: string,
): Promise<FeedShape & { url: string }> {
  const { em, tenantId, now, actor } = unit;
  const { memberId } = actor;
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`feeds:${tenantId}:${memberId}`}, 0))`);
  // Its secret was shown when it was made and is not known any more: a repeat cannot be answered.
  if (await em.findOne(CalendarFeed, { tenantId, id })) throw problem("id_reused");
  if ((await em.count(CalendarFeed, { tenantId, memberId })) >= limits.feedsPerMember) throw problem("over_limit");
  const secret = newFeedSecret(tenantId);
  const feed = em.create(CalendarFeed, {
    tenantId,
    id,
    memberId,
    name,
    scope,
    secretHash: hashSecret(secret),
    createdAt: now,
    lastReadAt: null,
  });
  unit.happened(calendarLinkMade, { feedId: id, memberId, scope });
  return { ...present(feed), url: feedAddress(publicUrl, secret) };
}

/** Somebody else's is as good as missing. */
export async function revokeFeed(unit: Unit<MemberActor>, feedId: string): Promise<void> {
  const { em, tenantId, actor } = unit;
  const feed = found(await em.findOne(CalendarFeed, { tenantId, id: feedId, memberId: actor.memberId }));
  em.remove(feed);
  unit.happened(calendarLinkRevoked, { feedId, memberId: actor.memberId });
}

function present({ id, name, scope, createdAt, lastReadAt }: CalendarFeed): FeedShape {
  return { id, name, scope, createdAt: createdAt.toISOString(), lastReadAt: lastReadAt?.toISOString() ?? null };
}
