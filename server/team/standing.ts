/** A member as every request needs to know them. */
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Member, TeamMember } from "./entities.ts";
import { customRoles, keepTeam } from "./people.ts";
import { permissionsOf, type PermissionSet } from "./rules.ts";

export interface MemberStanding {
  accountId: string;
  name: string;
  email: string;
  active: boolean;
  role: string;
  permissions: PermissionSet;
  teamIds: readonly string[];
}

/** Remembered by the process until the member, their role or their teams change. */
export function memberStanding(core: Core, tenantId: string, memberId: string): Promise<MemberStanding> {
  return core.cache.get(tenantId, `member:${memberId}`, ["member", "role", "teamMember"], () =>
    core.work(service(tenantId, "member check"), async (unit) => found(await readStanding(unit, memberId)), { readOnly: true }),
  );
}

/** For what is written because of it: it stays so until the transaction ends. Null for somebody who never was a member. */
export async function keepStanding(unit: Unit, memberId: string): Promise<MemberStanding | null> {
  await keepTeam(unit);
  return readStanding(unit, memberId);
}

async function readStanding(unit: Unit, memberId: string): Promise<MemberStanding | null> {
  const { em, tenantId } = unit;
  const member = await em.findOne(Member, { tenantId, id: memberId });
  if (!member) return null;
  const places = await em.find(TeamMember, { tenantId, memberId });
  const active = member.status === "active";
  return {
    accountId: member.accountId,
    name: member.name,
    email: member.email,
    active,
    role: member.role,
    permissions: active ? permissionsOf(member.role, await customRoles(unit)) : new Set(),
    teamIds: places.map(({ teamId }) => teamId),
  };
}
