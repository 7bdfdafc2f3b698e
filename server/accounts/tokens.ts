/** Access tokens: who, in which session, and in which tenant as which member. Ten minutes; nothing in them grants anything by itself. */
import { z } from "zod";
import type { AccessShape } from "../../shared/api/accounts.ts";
import { memberEntered } from "../../shared/events/accounts.ts";
import { service, system, type AccountActor, type Actor, type PlatformActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import type { Authenticate } from "../core/feature.ts";
import { newId } from "../core/ids.ts";
import { Problem, problem } from "../core/problem.ts";
import { liveSession, memberActor, opening, supportActor, type Opening } from "./access.ts";
import { lifetimes } from "./rules.ts";

const accessClaims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  /** A signed token without an end would be one for ever. */
  exp: z.number().int(),
  /** Tenant and member, when the token speaks for a member. */
  tid: z.uuid().optional(),
  mid: z.uuid().optional(),
  /** Tenant and grant, when a super-admin looks on. */
  gid: z.uuid().optional(),
});

async function claimsOf(core: Core, kind: "access" | "platform", token: string) {
  const parsed = accessClaims.safeParse(await core.tokens.verify(kind, token));
  if (!parsed.success) throw problem("unauthenticated");
  const { sub: accountId, sid: sessionId, tid: tenantId, mid: memberId, gid: grantId } = parsed.data;
  return { accountId, sessionId, tenantId, memberId, grantId };
}

/** A member, or a super-admin looking on. */
export const authenticateMember: Authenticate = async (core, token) => {
  const { accountId, sessionId, tenantId, memberId, grantId } = await claimsOf(core, "access", token);
  if (tenantId !== undefined && memberId !== undefined) return memberActor(core, { accountId, sessionId, tenantId, memberId });
  if (tenantId !== undefined && grantId !== undefined) return supportActor(core, { accountId, sessionId, tenantId, grantId });
  throw problem("unauthenticated");
};

/**
 * The person, whatever has become of the tenant in their token: who was removed or whose tenant is suspended can still switch to
 * another one, change the password and sign out. A super-admin's visit is no sign-in of a person.
 */
export const authenticateAccount: Authenticate = async (core, token): Promise<Actor> => {
  const { accountId, sessionId, tenantId, memberId, grantId } = await claimsOf(core, "access", token);
  if (grantId !== undefined) throw problem("unauthenticated");
  const session = await liveSession(core, sessionId, "console");
  if (session.accountId !== accountId) throw problem("unauthenticated");
  if (tenantId !== undefined && memberId !== undefined) {
    try {
      return await memberActor(core, { accountId, sessionId, tenantId, memberId });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return { kind: "account", accountId, sessionId } satisfies AccountActor;
};

export const authenticatePlatform: Authenticate = async (core, token) => {
  const { accountId, sessionId } = await claimsOf(core, "platform", token);
  const session = await liveSession(core, sessionId, "platform");
  if (session.accountId !== accountId || !session.superAdmin) throw problem("unauthenticated");
  return { kind: "platform", accountId, sessionId } satisfies PlatformActor;
};

type Place = { tenantId: string; memberId: string | null };

interface Person {
  accountId: string;
  sessionId: string;
}

async function sign(core: Core, kind: "access" | "platform", claims: Record<string, string>, place?: Place): Promise<AccessShape> {
  const token = await core.tokens.sign(kind, claims, lifetimes.accessMs / 1000);
  const expiresAt = new Date(core.clock.now().getTime() + lifetimes.accessMs).toISOString();
  return { token, expiresAt, tenantId: place?.tenantId ?? null, memberId: place?.memberId ?? null };
}

/** A token for the account alone. */
export function accountAccess(core: Core, { accountId, sessionId }: Person): Promise<AccessShape> {
  return sign(core, "access", { sub: accountId, sid: sessionId });
}

export function platformAccess(core: Core, { accountId, sessionId }: Person): Promise<AccessShape> {
  return sign(core, "platform", { sub: accountId, sid: sessionId });
}

export function supportAccess(core: Core, { accountId, sessionId }: Person, grant: { tenantId: string; id: string }): Promise<AccessShape> {
  return sign(
    core,
    "access",
    { sub: accountId, sid: sessionId, tid: grant.tenantId, gid: grant.id },
    {
      tenantId: grant.tenantId,
      memberId: null,
    },
  );
}

/** A token for the member; the tenant's admins see from then on that the session was used there. */
export async function memberAccess(core: Core, person: Person, place: Opening): Promise<AccessShape> {
  await noteEntry(core, person, place);
  const claims = { sub: person.accountId, sid: person.sessionId, tid: place.tenantId, mid: place.memberId };
  return sign(core, "access", claims, place);
}

export async function openTenant(core: Core, person: Person, tenantId: string): Promise<AccessShape> {
  return memberAccess(core, person, await opening(core, person, tenantId));
}

async function noteEntry(core: Core, { accountId, sessionId }: Person, { tenantId, memberId }: Opening): Promise<void> {
  const session = await core.work(system("a session enters a tenant"), async (unit) => {
    await unit.rows(sql`update membership set last_used_at = ${unit.now} where account_id = ${accountId} and tenant_id = ${tenantId}`);
    return unit.one<{ device: string; user_agent: string; address: string }>(
      sql`select device, user_agent, address from session where id = ${sessionId}`,
    );
  });
  await core.work(service(tenantId, "a session enters a tenant"), async (unit) => {
    const { now } = unit;
    const entry = await unit.one<{ first: boolean }>(sql`
      insert into member_session (tenant_id, id, member_id, session_id, device, user_agent, address, started_at, last_used_at)
      values (${tenantId}, ${newId()}, ${memberId}, ${sessionId}, ${session?.device ?? ""}, ${session?.user_agent ?? ""},
        ${session?.address ?? ""}, ${now}, ${now})
      on conflict (tenant_id, session_id) do update set last_used_at = excluded.last_used_at
      returning xmax = 0 as first`);
    if (entry?.first) unit.happened(memberEntered, { memberId, sessionId });
  });
}
