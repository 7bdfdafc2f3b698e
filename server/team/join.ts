/** Makes an account a member of a tenant: with sign-up, with an accepted invitation, from the platform. The caller has decided that it may. */
import { memberChanged, memberJoined } from "../../shared/events/team.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { pairId } from "../../shared/sync/ids.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { assertMayMake } from "../entitlements/index.ts";
import type { Founder } from "../tenants/index.ts";
import { Member, Team, TeamMember } from "./entities.ts";

export const defaultLoadLimit = 8;

export interface Joining {
  tenantId: string;
  account: { id: string; name: string; email: string; language: Language };
  role: string;
  teamIds?: readonly string[];
  invitationId?: string;
}

export async function joinTenant(unit: Unit<Founder>, input: Joining): Promise<Member> {
  const { tenantId, account, role, teamIds = [], invitationId } = input;
  const known = await unit.em.findOne(Member, { tenantId, accountId: account.id });
  if (known?.status === "active") throw problem("already_member");
  await assertMayMake(unit, "members", { tenantId });
  const details = { name: account.name, email: account.email, language: account.language, role, status: "active" as const };
  const member =
    known ??
    unit.em.create(Member, {
      ...details,
      tenantId,
      id: newId(),
      accountId: account.id,
      loadLimit: await usualLoadLimit(unit, tenantId),
      skills: [],
      createdAt: unit.now,
    });
  if (known) Object.assign(known, details, { removedAt: null });
  await unit.rows(sql`
    insert into membership (account_id, tenant_id, member_id) values (${account.id}, ${tenantId}, ${member.id}) on conflict do nothing`);
  // Teams that were removed since the invitation was written are no reason to refuse.
  const teams = teamIds.length === 0 ? [] : await unit.em.find(Team, { tenantId, id: { $in: [...teamIds] } });
  for (const { id: teamId } of teams) {
    unit.em.create(TeamMember, { tenantId, id: pairId(teamId, member.id), teamId, memberId: member.id });
  }
  unit.happened(memberJoined, { memberId: member.id, role, invitationId: invitationId ?? null }, tenantId);
  return member;
}

/** The tenant's own; an admin may give a member another one. */
async function usualLoadLimit(unit: Unit, tenantId: string): Promise<number> {
  const row = await unit.one<{ capacity: number | null }>(sql`
    select (document ->> 'capacity')::int as capacity from tenant_settings
    where tenant_id = ${tenantId} and kind = 'routing' order by version desc limit 1`);
  return row?.capacity ?? defaultLoadLimit;
}

/**
 * Whoever had the tenant's limit until this version follows to the one that counts now, in whatever order the versions are heard of; who
 * was given another limit keeps it.
 */
export async function followLoadLimit(unit: Unit, version: number): Promise<void> {
  const { tenantId } = unit;
  await unit.rows(sql`
    with changed as (
      select (newest.document ->> 'capacity')::int as now, (before.document ->> 'capacity')::int as before
      from tenant_settings before, (
        select document from tenant_settings where tenant_id = ${tenantId} and kind = 'routing' order by version desc limit 1) newest
      where before.tenant_id = ${tenantId} and before.kind = 'routing' and before.version = ${version - 1})
    update member set load_limit = changed.now from changed
    where member.tenant_id = ${tenantId} and member.load_limit = changed.before and changed.now <> changed.before`);
}

/** A person's new name or language, in one of their tenants. */
export async function copyProfile(
  unit: Unit,
  accountId: string,
  profile: Partial<Pick<Joining["account"], "name" | "email" | "language">>,
): Promise<void> {
  const member = await unit.em.findOne(Member, { tenantId: unit.tenantId, accountId });
  if (!member) return;
  const fields = (Object.keys(profile) as (keyof typeof profile)[]).filter((field) => profile[field] !== member[field]);
  Object.assign(member, profile);
  // Pages that ask the server for the team hear of it by this.
  if (fields.length > 0) unit.happened(memberChanged, { memberId: member.id, fields });
}
