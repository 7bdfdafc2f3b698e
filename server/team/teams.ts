/** Teams: groups of members that conversations can belong to. */
import { ForeignKeyConstraintViolationException } from "@mikro-orm/postgresql";
import type { BodyOf } from "../../shared/api/contract.ts";
import type { teamApi } from "../../shared/api/team.ts";
import { teamCreated, teamMemberAdded, teamMemberRemoved, teamRemoved, teamRenamed } from "../../shared/events/team.ts";
import { limits } from "../../shared/model/limits.ts";
import { pairId } from "../../shared/sync/ids.ts";
import { sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { assertMayMake } from "../entitlements/index.ts";
import { Team, TeamMember } from "./entities.ts";
import { activeMember, lockTeam } from "./people.ts";

export const findTeam = async (unit: Unit, id: string): Promise<Team> =>
  found(await unit.em.findOne(Team, { tenantId: unit.tenantId, id }));

export async function createTeam(unit: Unit<Staff>, input: BodyOf<typeof teamApi.createTeam>): Promise<Team> {
  await lockTeam(unit);
  const memberIds = [...new Set(input.memberIds)].toSorted();
  const known = await unit.em.findOne(Team, { tenantId: unit.tenantId, id: input.id });
  if (known) {
    const places = await unit.em.find(TeamMember, { tenantId: unit.tenantId, teamId: known.id });
    const same = known.name === input.name && memberIds.every((id) => places.some(({ memberId }) => memberId === id));
    if (!same) throw problem("id_reused");
    return known;
  }
  await assertMayMake(unit, "teams");
  const team = unit.em.create(Team, { tenantId: unit.tenantId, id: input.id, name: input.name, createdAt: unit.now });
  unit.happened(teamCreated, { teamId: team.id });
  for (const memberId of memberIds) await addTeamMember(unit, team.id, memberId);
  return team;
}

export async function renameTeam(unit: Unit<Staff>, teamId: string, name: string): Promise<Team> {
  const team = await findTeam(unit, teamId);
  if (team.name !== name) unit.happened(teamRenamed, { teamId });
  team.name = name;
  return team;
}

export async function removeTeam(unit: Unit<Staff>, teamId: string): Promise<void> {
  await lockTeam(unit);
  const team = await findTeam(unit, teamId);
  unit.happened(teamRemoved, { teamId });
  try {
    await unit.rows(sql`delete from team where tenant_id = ${unit.tenantId} and id = ${team.id}`);
  } catch (error) {
    // Something of another feature still belongs to the team; the database knows without our asking each of them.
    if (error instanceof ForeignKeyConstraintViolationException) throw problem("conflict");
    throw error;
  }
}

export async function addTeamMember(unit: Unit<Staff>, teamId: string, memberId: string): Promise<Team> {
  await lockTeam(unit);
  const team = await findTeam(unit, teamId);
  await activeMember(unit, memberId);
  const { tenantId } = unit;
  const places = await unit.em.find(TeamMember, { tenantId, memberId });
  if (places.some((place) => place.teamId === teamId)) return team;
  if (places.length >= limits.teamsPerMember) throw problem("over_limit");
  unit.em.create(TeamMember, { tenantId, id: pairId(teamId, memberId), teamId, memberId });
  unit.happened(teamMemberAdded, { teamId, memberId });
  return team;
}

export async function removeTeamMember(unit: Unit<Staff>, teamId: string, memberId: string): Promise<Team> {
  await lockTeam(unit);
  const team = await findTeam(unit, teamId);
  const place = await unit.em.findOne(TeamMember, { tenantId: unit.tenantId, teamId, memberId });
  if (place) {
    unit.em.remove(place);
    unit.happened(teamMemberRemoved, { teamId, memberId });
  } else await activeMember(unit, memberId);
  return team;
}
