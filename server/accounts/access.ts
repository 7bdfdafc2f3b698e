/**
 * What a request may do is decided by rows, not by its token: the token only says which session and which member. Both are remembered
 * by the process until the live tail says that they changed, so that ending a session, removing a member, changing a role or
 * suspending a tenant is felt within a second, without a query a request.
 */
import type { Permission } from "../../shared/model/permissions.ts";
import { service, system, type MemberActor, type SupportActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { installationId } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import { memberStanding } from "../team/index.ts";
import { assertServes } from "../tenants/index.ts";
import { Account, MemberSession, Session, SupportGrant, type SessionScope } from "./entities.ts";
import { isSuspended } from "./rules.ts";

export interface SessionFacts {
  accountId: string;
  scope: SessionScope;
  superAdmin: boolean;
}

interface RememberedSession extends SessionFacts {
  endedAt: Date | null;
  endsAt: Date;
  suspendedAt: Date | null;
  suspendedUntil: Date | null;
}

/** The session, or `unauthenticated` when it is over, `account_suspended` when its person is. */
export async function liveSession(core: Core, sessionId: string, scope: SessionScope): Promise<SessionFacts> {
  const session = await core.cache.get(installationId, `session:${sessionId}`, ["session", "account"], () => loadSession(core, sessionId));
  const now = core.clock.now();
  if (session.scope !== scope || session.endedAt !== null || session.endsAt <= now) throw problem("unauthenticated");
  if (isSuspended(session, now)) throw problem("account_suspended");
  return session;
}

function loadSession(core: Core, sessionId: string): Promise<RememberedSession> {
  return core.work(
    system("session check"),
    async ({ em }) => {
      const session = await em.findOne(Session, { id: sessionId });
      const account = session && (await em.findOne(Account, { id: session.accountId }));
      // Thrown, not returned: what does not exist is not remembered.
      if (!session || !account) throw problem("unauthenticated");
      const { accountId, scope, endedAt, endsAt } = session;
      const { superAdmin, suspendedAt, suspendedUntil } = account;
      return {
        accountId,
        scope,
        superAdmin,
        endedAt: endedAt ?? null,
        endsAt,
        suspendedAt: suspendedAt ?? null,
        suspendedUntil: suspendedUntil ?? null,
      };
    },
    { readOnly: true },
  );
}

/** The member in this session, as they stand now. */
export async function memberActor(
  core: Core,
  claims: { accountId: string; sessionId: string; tenantId: string; memberId: string },
): Promise<MemberActor> {
  const { accountId, sessionId, tenantId, memberId } = claims;
  const session = await liveSession(core, sessionId, "console");
  const member = await memberStanding(core, tenantId, memberId);
  if (session.accountId !== accountId || member.accountId !== accountId || !member.active) throw problem("unauthenticated");
  if ((await endedSessions(core, tenantId, memberId)).has(sessionId)) throw problem("unauthenticated");
  await assertServes(core, tenantId);
  return {
    kind: "member",
    tenantId,
    memberId,
    accountId,
    sessionId,
    role: member.role,
    permissions: member.permissions,
    teamIds: member.teamIds,
  };
}

/** One for all who were never shut out, because a process remembers very many of them. */
const none: ReadonlySet<string> = new Set();

/** Sessions that an admin of the tenant has shut out of it. */
function endedSessions(core: Core, tenantId: string, memberId: string): Promise<ReadonlySet<string>> {
  return core.cache.get(tenantId, `ended:${memberId}`, ["memberSession"], () =>
    core.work(
      service(tenantId, "session check"),
      async ({ em }) => {
        const ended = await em.find(MemberSession, { tenantId, memberId, endedAt: { $ne: null } });
        return ended.length === 0 ? none : new Set(ended.map(({ sessionId }) => sessionId));
      },
      { readOnly: true },
    ),
  );
}

/** What a super-admin sees in a tenant: how it is set up and what goes on, nothing that can be changed or taken away. */
const supportPermissions: ReadonlySet<Permission> = new Set<Permission>([
  "conversations.read",
  "conversations.all",
  "contacts.read",
  "team.read",
  "settings.read",
  "reports.read",
  "audit.read",
]);

/** A super-admin on a visit. The visit ends by itself, with the platform session, or when either side ends it. */
export async function supportActor(
  core: Core,
  claims: { accountId: string; sessionId: string; tenantId: string; grantId: string },
): Promise<SupportActor> {
  const { accountId, sessionId, tenantId, grantId } = claims;
  const session = await liveSession(core, sessionId, "platform");
  if (session.accountId !== accountId || !session.superAdmin) throw problem("unauthenticated");
  const grant = await core.cache.get(tenantId, `support:${grantId}`, ["supportGrant"], () =>
    core.work(
      service(tenantId, "support grant check"),
      async ({ em }) => {
        const { accountId: holder, reason, until, endedAt } = found(await em.findOne(SupportGrant, { tenantId, id: grantId }));
        return { holder, reason, until, endedAt: endedAt ?? null };
      },
      { readOnly: true },
    ),
  );
  if (grant.holder !== accountId || grant.endedAt !== null || grant.until <= core.clock.now()) throw problem("unauthenticated");
  return {
    kind: "support",
    tenantId,
    accountId,
    sessionId,
    grantId,
    reason: grant.reason,
    until: grant.until,
    permissions: supportPermissions,
  };
}

export interface Opening {
  tenantId: string;
  memberId: string;
}

/** Whether an account may open a tenant in this session; 404 for a tenant that it does not belong to, like for one that does not exist. */
export async function opening(core: Core, who: { accountId: string; sessionId: string }, tenantId: string): Promise<Opening> {
  const membership = await core.work(
    system("tenant of an account"),
    (unit) =>
      unit.one<{ member_id: string }>(sql`
        select member_id from membership where account_id = ${who.accountId} and tenant_id = ${tenantId}`),
    { readOnly: true },
  );
  if (!membership) throw problem("not_found");
  const memberId = membership.member_id;
  const member = await memberStanding(core, tenantId, memberId);
  if (!member.active) throw problem("not_found");
  if ((await endedSessions(core, tenantId, memberId)).has(who.sessionId)) throw problem("unauthenticated");
  await assertServes(core, tenantId);
  return { tenantId, memberId };
}
