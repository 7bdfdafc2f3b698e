/**
 * Accounts and sessions belong to persons, not to tenants: global tables, which only the system role may touch. What other processes
 * must hear of (a session that ended, an account that was suspended) is written to the installation's own change log.
 */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { languages } from "../../shared/i18n/languages.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Account = defineEntity({
  name: "Account",
  tableName: "account",
  uniques: [{ properties: ["email"] }],
  properties: {
    id: p.uuid().primary(),
    /** Lower case. */
    email: p.text(),
    name: p.text(),
    language: p.enum(languages),
    zone: p.text(),
    passwordHash: p.text(),
    passwordChangedAt: instant(),
    verifiedAt: instant().nullable(),
    superAdmin: p.boolean().default(false),
    suspendedAt: instant().nullable(),
    suspendedUntil: instant().nullable(),
    suspendedReason: p.text().nullable(),
    createdAt: instant(),
  },
});
export type Account = InferEntity<typeof Account>;

export const sessionScopes = ["console", "platform"] as const;
export type SessionScope = (typeof sessionScopes)[number];

/** A session is also the family of its refresh tokens: only the newest works, the one before it for a few seconds more. */
export const Session = defineEntity({
  name: "Session",
  tableName: "session",
  indexes: [{ properties: ["accountId"] }],
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    scope: p.enum(sessionScopes),
    generation: p.integer(),
    tokenHash: p.blob(),
    previousHash: p.blob().nullable(),
    /** The newest token, sealed, for an identical retry of the exchange that made it. */
    successor: p.text().nullable(),
    rotatedAt: instant(),
    createdAt: instant(),
    lastSeenAt: instant(),
    /** Without an exchange until then it is over; and at `endsAt` in any case. */
    expiresAt: instant(),
    endsAt: instant(),
    endedAt: instant().nullable(),
    endReason: p.text().nullable(),
    device: p.text(),
    userAgent: p.text(),
    address: p.text(),
  },
});
export type Session = InferEntity<typeof Session>;

/** A link in a mail. Links of nobody exist too, so that asking for one takes the same path for every address. */
export const OneTimeLink = defineEntity({
  name: "OneTimeLink",
  tableName: "one_time_link",
  uniques: [{ properties: ["hash"] }],
  indexes: [{ properties: ["accountId"] }, { properties: ["expiresAt"] }],
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid().nullable(),
    kind: p.enum(["verify", "reset"] as const),
    hash: p.blob(),
    /** The secret, sealed, only until the mail with it was sent. */
    sealed: p.text().nullable(),
    createdAt: instant(),
    expiresAt: instant(),
    usedAt: instant().nullable(),
  },
});
export type OneTimeLink = InferEntity<typeof OneTimeLink>;

/** How often somebody failed, by what was tried: an account's address (hashed), an internet address, a known device. */
export const SignInAttempt = defineEntity({
  name: "SignInAttempt",
  tableName: "sign_in_attempt",
  indexes: [{ properties: ["lastAt"] }],
  properties: { key: p.text().primary(), failures: p.integer(), blockedUntil: instant(), lastAt: instant() },
});

/** A device that has signed in before. Its own count of failures lets the owner in while strangers are being slowed down. */
export const KnownDevice = defineEntity({
  name: "KnownDevice",
  tableName: "known_device",
  uniques: [{ properties: ["hash"] }],
  indexes: [{ properties: ["accountId"] }],
  properties: { id: p.uuid().primary(), accountId: p.uuid(), hash: p.blob(), createdAt: instant(), lastUsedAt: instant() },
});
export type KnownDevice = InferEntity<typeof KnownDevice>;

/** That a session has been used in a tenant: what the tenant's admins see of it, and may end there without touching other tenants. */
export const MemberSession = defineEntity({
  name: "MemberSession",
  tableName: "member_session",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "sessionId"] }],
  indexes: [{ properties: ["tenantId", "memberId"] }],
  properties: {
    ...tenantColumns,
    memberId: p.uuid(),
    sessionId: p.uuid(),
    device: p.text(),
    userAgent: p.text(),
    address: p.text(),
    startedAt: instant(),
    lastUsedAt: instant(),
    endedAt: instant().nullable(),
  },
});
export type MemberSession = InferEntity<typeof MemberSession>;

/** A super-admin's visit to a tenant: for a reason, for a while, read-only, and visible to the tenant. */
export const SupportGrant = defineEntity({
  name: "SupportGrant",
  tableName: "support_grant",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "until"] }],
  properties: {
    ...tenantColumns,
    accountId: p.uuid(),
    sessionId: p.uuid(),
    reason: p.text(),
    createdAt: instant(),
    until: instant(),
    endedAt: instant().nullable(),
  },
});
export type SupportGrant = InferEntity<typeof SupportGrant>;

/**
 * The installation has a log like a tenant, under the nil id (`installationId`): its clock is made here, where the owner, who is under
 * row security too, names that tenant. `hear` writes there that a row must be read anew. It runs as whoever changes the row, which
 * is the system role alone, so it needs no rights of its own.
 */
const installationLog = `
select set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', true);
insert into tenant_clock (tenant_id) values ('00000000-0000-0000-0000-000000000000') on conflict do nothing;
select set_config('app.tenant_id', '', true);
create or replace function app.hear() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into change_log (tenant_id, entity, id) values ('00000000-0000-0000-0000-000000000000', tg_table_name, old.id);
  return null;
end $$;`;

const hearAccount = `
drop trigger if exists guard_hear on account;
create trigger guard_hear after update on account for each row
  when ((old.suspended_at, old.suspended_until, old.super_admin) is distinct from (new.suspended_at, new.suspended_until, new.super_admin))
  execute function app.hear();
drop trigger if exists guard_hear_delete on account;
create trigger guard_hear_delete after delete on account for each row execute function app.hear();`;

const hearSession = `
drop trigger if exists guard_hear on session;
create trigger guard_hear after update on session for each row
  when ((old.ended_at, old.ends_at) is distinct from (new.ended_at, new.ends_at)) execute function app.hear();
drop trigger if exists guard_hear_delete on session;
create trigger guard_hear_delete after delete on session for each row execute function app.hear();`;

export const accountTables = [
  table(Account, { kind: "global", extra: [installationLog, hearAccount] }),
  table(Session, { kind: "global", extra: [hearSession] }),
  table(OneTimeLink, { kind: "global" }),
  table(SignInAttempt, { kind: "global" }),
  table(KnownDevice, { kind: "global" }),
  // Neither is on any device; the change log tells every process to forget what it remembered.
  table(MemberSession, {
    references: { member_id: "member" },
    synced: { entity: "memberSession", scope: "null", derived: ["last_used_at"] },
    grants: ["select", "insert", "update"],
  }),
  table(SupportGrant, { synced: { entity: "supportGrant", scope: "null" }, grants: ["select"] }),
];
