/** A member as every request needs to know them, remembered by the process until the member, their role or their teams change. */
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { found } from "../core/problem.ts";
import { Member, TeamMember } from "./entities.ts";
import { customRoles } from "./people.ts";
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

export function memberStanding(core: Core, tenantId: string, memberId: string): Promise<MemberStanding> {
  return core.cache.get(tenantId, `member:${memberId}`, ["member", "role", "teamMember"], () =>
    core.work(
      service(tenantId, "member check"),
      async (unit) => {
        const member = found(await unit.em.findOne(Member, { tenantId, id: memberId }));
        const places = await unit.em.find(TeamMember, { tenantId, memberId });
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
      },
      { readOnly: true },
    ),
  );
}
