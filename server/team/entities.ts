/** Who works in a tenant. Members are never deleted, because messages, tasks and the log speak of them; they are removed by status. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { duties } from "../../shared/events/routing.ts";
import { languages } from "../../shared/i18n/languages.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";
import { accessTriggers } from "./access-log.ts";

export const Member = defineEntity({
  name: "Member",
  tableName: "member",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "accountId"] }],
  indexes: [{ properties: ["tenantId", "status"] }],
  properties: {
    ...tenantColumns,
    accountId: p.uuid(),
    /** Copies of the account's, so that a tenant never needs to look at accounts. */
    name: p.text(),
    email: p.text(),
    language: p.enum(languages),
    /** `operator`, `admin`, or the id of a custom role. */
    role: p.text(),
    status: p.enum(["active", "removed"] as const),
    loadLimit: p.integer(),
    skills: p.json<string[]>(),
    createdAt: instant(),
    removedAt: instant().nullable(),
  },
});
export type Member = InferEntity<typeof Member>;

/** A custom role; `operator` and `admin` stand in the permission table (`shared/model/permissions.ts`). */
export const Role = defineEntity({
  name: "Role",
  tableName: "role",
  ...tenantScoped,
  properties: { ...tenantColumns, name: p.text(), permissions: p.json<Permission[]>(), createdAt: instant() },
});
export type Role = InferEntity<typeof Role>;

export const Team = defineEntity({
  name: "Team",
  tableName: "team",
  ...tenantScoped,
  properties: { ...tenantColumns, name: p.text(), createdAt: instant() },
});
export type Team = InferEntity<typeof Team>;

/** `id` is `pairId(teamId, memberId)`, so that one membership is one row on every device. */
export const TeamMember = defineEntity({
  name: "TeamMember",
  tableName: "team_member",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "teamId", "memberId"] }],
  indexes: [{ properties: ["tenantId", "memberId"] }],
  properties: { ...tenantColumns, teamId: p.uuid(), memberId: p.uuid() },
});

export const Invitation = defineEntity({
  name: "Invitation",
  tableName: "invitation",
  ...tenantScoped,
  uniques: [
    { properties: ["tenantId", "secretHash"] },
    { name: "invitation_one_open", properties: ["tenantId", "email"], where: "status = 'pending'" },
  ],
  indexes: [{ properties: ["tenantId", "createdAt"] }],
  properties: {
    ...tenantColumns,
    email: p.text(),
    role: p.text(),
    teamIds: p.json<string[]>(),
    language: p.enum(languages),
    status: p.enum(["pending", "accepted", "declined", "revoked"] as const),
    secretHash: p.blob(),
    /** The link's secret, sealed, only until the mail with it was sent. */
    sealed: p.text().nullable(),
    invitedBy: p.uuid().nullable(),
    createdAt: instant(),
    expiresAt: instant(),
    acceptedBy: p.uuid().nullable(),
  },
});
export type Invitation = InferEntity<typeof Invitation>;

/** What a member said about being there for conversations; `id` is the member's. Without a row they are. */
export const Availability = defineEntity({
  name: "Availability",
  tableName: "availability",
  ...tenantScoped,
  properties: {
    ...tenantColumns,
    duty: p.enum(duties),
    doNotDisturb: p.boolean().default(false),
    until: instant().nullable(),
    changedAt: instant(),
  },
});
export type Availability = InferEntity<typeof Availability>;

/**
 * Which tenants an account may try to open: the one look-up that starts before a tenant is known. It grants nothing; the member's
 * row decides.
 */
export const Membership = defineEntity({
  name: "Membership",
  tableName: "membership",
  properties: { accountId: p.uuid().primary(), tenantId: p.uuid().primary(), memberId: p.uuid(), lastUsedAt: instant().nullable() },
});

export const memberTable = table(Member, {
  synced: { entity: "member", scope: "'tenant'" },
  grants: ["select", "insert", "update"],
  extra: accessTriggers.member,
});
export const roleTable = table(Role, { synced: { entity: "role", scope: "'tenant'" }, extra: accessTriggers.role });
export const teamTable = table(Team, { synced: { entity: "team", scope: "'tenant'" }, extra: accessTriggers.team });
export const teamMemberTable = table(TeamMember, {
  references: { team_id: "team", member_id: "member" },
  cascade: ["team_id"],
  synced: { entity: "teamMember", scope: "'tenant'" },
  extra: accessTriggers.teamMember,
});
export const invitationTable = table(Invitation, {
  references: { invited_by: "member", accepted_by: "member" },
  grants: ["select", "insert", "update"],
});
export const availabilityTable = table(Availability, {
  references: { id: "member" },
  // No device holds it; consoles hear of it live, and every process forgets what it remembered.
  synced: { entity: "availability", scope: "null" },
  grants: ["select", "insert", "update"],
});
export const membershipTable = table(Membership, { kind: "global" });
