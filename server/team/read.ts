/** The team as its members see it. */
import type { OutputOf, QueryOf } from "../../shared/api/contract.ts";
import type { MemberShape, RoleShape, teamApi, TeamShape } from "../../shared/api/team.ts";
import { and, sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { pageOf, placeOf } from "./cursor.ts";
import { Invitation, Member, Role, Team, TeamMember } from "./entities.ts";
import { countAdmins, customRoles } from "./people.ts";
import { presentInvitation, presentMember, presentRoles, presentTeam, type Viewer } from "./present.ts";

export async function viewerOf(unit: Unit<Staff>): Promise<Viewer> {
  return { actor: unit.actor, roles: await customRoles(unit), admins: await countAdmins(unit) };
}

async function placesOf(unit: Unit, by: "memberId" | "teamId", ids: string[]): Promise<Map<string, string[]>> {
  const places = await unit.em.find(TeamMember, { tenantId: unit.tenantId, [by]: { $in: ids } }, { orderBy: { id: "asc" } });
  const other = by === "memberId" ? "teamId" : "memberId";
  const result = new Map<string, string[]>();
  for (const place of places) result.set(place[by], [...(result.get(place[by]) ?? []), place[other]]);
  return result;
}

export async function listMembers(
  unit: Unit<Staff>,
  query: QueryOf<typeof teamApi.listMembers>,
): Promise<OutputOf<typeof teamApi.listMembers>> {
  const after = placeOf(query.cursor);
  const rows = await unit.rows<{ id: string; sort: string }>(sql`
    select id, left(lower(name), 200) as sort from member
    where ${and([query.status !== "all" && sql`status = ${query.status}`, after && sql`(left(lower(name), 200), id) > (${after[0]}, ${after[1]}::uuid)`])}
    order by left(lower(name), 200), id limit ${query.limit + 1}`);
  const ids = rows.map(({ id }) => id);
  const members = new Map((await unit.em.find(Member, { tenantId: unit.tenantId, id: { $in: ids } })).map((member) => [member.id, member]));
  const teams = await placesOf(unit, "memberId", ids);
  const viewer = await viewerOf(unit);
  return pageOf(
    rows,
    query.limit,
    ({ id, sort }) => [sort, id],
    ({ id }) => presentMember(found(members.get(id)), teams.get(id) ?? [], viewer),
  );
}

export async function readMember(unit: Unit<Staff>, memberId: string): Promise<MemberShape> {
  const member = found(await unit.em.findOne(Member, { tenantId: unit.tenantId, id: memberId }));
  return showMember(unit, member);
}

export async function showMember(unit: Unit<Staff>, member: Member): Promise<MemberShape> {
  const teams = await placesOf(unit, "memberId", [member.id]);
  return presentMember(member, teams.get(member.id) ?? [], await viewerOf(unit));
}

export async function listRoles(unit: Unit<Staff>): Promise<RoleShape[]> {
  const counts = await unit.rows<{ role: string; members: number }>(sql`
    select role, count(*)::int as members from member where status = 'active' group by role`);
  const custom = await unit.em.find(Role, { tenantId: unit.tenantId });
  return presentRoles(custom, new Map(counts.map(({ role, members }) => [role, members])), await viewerOf(unit));
}

export async function showRole(unit: Unit<Staff>, roleId: string): Promise<RoleShape> {
  return found((await listRoles(unit)).find(({ id }) => id === roleId));
}

export async function listTeams(unit: Unit<Staff>): Promise<TeamShape[]> {
  const teams = await unit.em.find(Team, { tenantId: unit.tenantId }, { orderBy: { name: "asc", id: "asc" } });
  const members = await placesOf(
    unit,
    "teamId",
    teams.map(({ id }) => id),
  );
  return teams.map((team) => presentTeam(team, members.get(team.id) ?? [], unit.actor));
}

export async function showTeam(unit: Unit<Staff>, team: Team): Promise<TeamShape> {
  // What was changed through the ORM a moment ago must be counted.
  const places = await unit.rows<{ member_id: string }>(sql`select member_id from team_member where team_id = ${team.id} order by id`);
  return presentTeam(
    team,
    places.map(({ member_id: memberId }) => memberId),
    unit.actor,
  );
}

export async function listInvitations(
  unit: Unit<Staff>,
  query: QueryOf<typeof teamApi.listInvitations>,
): Promise<OutputOf<typeof teamApi.listInvitations>> {
  const after = placeOf(query.cursor);
  const rows = await unit.rows<{ id: string; sort: string }>(sql`
    select id, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as sort from invitation
    where ${and([query.status === "pending" && sql`status = 'pending'`, after && sql`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`])}
    order by created_at desc, id desc limit ${query.limit + 1}`);
  const list = await unit.em.find(Invitation, { tenantId: unit.tenantId, id: { $in: rows.map(({ id }) => id) } });
  const invitations = new Map(list.map((invitation) => [invitation.id, invitation]));
  const viewer = await viewerOf(unit);
  return pageOf(
    rows,
    query.limit,
    ({ id, sort }) => [sort, id],
    ({ id }) => presentInvitation(found(invitations.get(id)), viewer, unit.now),
  );
}
