/** Custom roles: create, change, remove. A role that somebody holds, or is invited to, cannot be removed. */
import type { BodyOf } from "../../shared/api/contract.ts";
import type { teamApi } from "../../shared/api/team.ts";
import { roleChanged, roleCreated, roleRemoved } from "../../shared/events/team.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { assertMayMake } from "../entitlements/index.ts";
import { Invitation, Member, Role } from "./entities.ts";
import { asking, customRoles, lockTeam } from "./people.ts";
import { mayGrant, permissionsOf, refuseRoleEdit } from "./rules.ts";

const ordered = (permissions: readonly Permission[]) => [...new Set(permissions)].toSorted();
const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();

export async function createRole(unit: Unit<Staff>, input: BodyOf<typeof teamApi.createRole>): Promise<Role> {
  await lockTeam(unit);
  const actor = await asking(unit, await customRoles(unit));
  const permissions = ordered(input.permissions);
  if (!mayGrant(actor.permissions, new Set(permissions))) throw problem("forbidden");
  const known = await unit.em.findOne(Role, { tenantId: unit.tenantId, id: input.id });
  if (known) {
    if (known.name !== input.name || !same(known.permissions, permissions)) throw problem("id_reused");
    return known;
  }
  await assertMayMake(unit, "customRoles");
  unit.happened(roleCreated, { roleId: input.id, permissions });
  return unit.em.create(Role, { tenantId: unit.tenantId, id: input.id, name: input.name, permissions, createdAt: unit.now });
}

export async function updateRole(unit: Unit<Staff>, roleId: string, changes: BodyOf<typeof teamApi.updateRole>): Promise<Role> {
  await lockTeam(unit);
  const roles = await customRoles(unit);
  const actor = await asking(unit, roles);
  const role = found(await unit.em.findOne(Role, { tenantId: unit.tenantId, id: roleId }));
  const before = permissionsOf(roleId, roles);
  const after = changes.permissions ? ordered(changes.permissions) : role.permissions;
  const refused = refuseRoleEdit(actor.permissions, before, new Set(after));
  if (refused) throw problem(refused);
  const renamed = changes.name !== undefined && changes.name !== role.name;
  if (!renamed && same(after, role.permissions)) return role;
  unit.happened(roleChanged, {
    roleId,
    renamed,
    added: after.filter((permission) => !before.has(permission)),
    taken: [...before].filter((permission) => !after.includes(permission)),
  });
  role.name = changes.name ?? role.name;
  role.permissions = after;
  return role;
}

export async function removeRole(unit: Unit<Staff>, roleId: string): Promise<void> {
  await lockTeam(unit);
  const roles = await customRoles(unit);
  const actor = await asking(unit, roles);
  const { tenantId } = unit;
  const role = found(await unit.em.findOne(Role, { tenantId, id: roleId }));
  if (!mayGrant(actor.permissions, permissionsOf(roleId, roles))) throw problem("forbidden");
  const holders = await unit.em.count(Member, { tenantId, role: roleId, status: "active" });
  const invited = await unit.em.count(Invitation, { tenantId, role: roleId, status: "pending", expiresAt: { $gt: unit.now } });
  if (holders + invited > 0) throw problem("conflict", { data: { members: holders, invitations: invited } });
  unit.em.remove(role);
  unit.happened(roleRemoved, { roleId });
}
