/** Covers SECURITY S-03, S-04. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { allPermissions, permissionsOfRole, type Permission } from "../../shared/model/permissions.ts";
import { isScope, readerOf, type Scope } from "../../shared/sync/scopes.ts";
import { makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { system } from "../core/actor.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let tenant: MadeTenant;
const members: string[] = [];

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site: "access.example" });
  members.push(tenant.admin.memberId);
  for (const role of ["operator", "operator"]) members.push((await makeMember(world.core, tenant.id, { role })).memberId);
  // In a tenant beside it the same happens to nobody.
  await makeTenant(world.core, { site: "beside.example" });
});
afterAll(() => world.stop());

const rows = <T extends object>(query: Sql) => world.core.work(system("test"), (unit) => unit.rows<T>(query));

interface Facts {
  teams: string[];
  places: { member: string; team: string }[];
  people: { id: string; role: string; active: boolean }[];
  roles: Map<string, readonly Permission[]>;
}

async function facts(): Promise<Facts> {
  const teams = await rows<{ id: string }>(sql`select id from team where tenant_id = ${tenant.id}`);
  const places = await rows<{ member: string; team: string }>(
    sql`select member_id as member, team_id as team from team_member where tenant_id = ${tenant.id}`,
  );
  const people = await rows<{ id: string; role: string; active: boolean }>(
    sql`select id, role, status = 'active' as active from member where tenant_id = ${tenant.id}`,
  );
  const roles = await rows<{ id: string; permissions: Permission[] }>(sql`select id, permissions from role where tenant_id = ${tenant.id}`);
  return { teams: teams.map(({ id }) => id), places, people, roles: new Map(roles.map(({ id, permissions }) => [id, permissions])) };
}

/** What the shared rules say, of the scopes that are logged. */
function scopesOf({ teams, places, people, roles }: Facts, memberId: string): Scope[] {
  const person = people.find(({ id }) => id === memberId);
  if (!person?.active) return [];
  const held = person.role === "admin" || person.role === "operator" ? permissionsOfRole(person.role) : (roles.get(person.role) ?? []);
  const teamIds = places.filter(({ member }) => member === memberId).map(({ team }) => team);
  const { scopes } = readerOf({ memberId, permissions: new Set(held), teamIds, allTeamIds: teams });
  return [...scopes].filter((scope) => scope !== "tenant" && !scope.startsWith("member:")).toSorted();
}

const sqlScopes = async (memberId: string) => {
  const [row] = await rows<{ scopes: string[] }>(sql`
    select app.scopes_of(tenant_id, id, app.permissions_of(tenant_id, role)) as scopes from member
    where tenant_id = ${tenant.id} and id = ${memberId} and status = 'active'`);
  return (row?.scopes ?? []).filter(isScope).toSorted();
};

const newest = async () =>
  Number((await rows<{ seq: number }>(sql`select seq::int from tenant_clock where tenant_id = ${tenant.id}`))[0]?.seq);

/** Entries after a place, applied to what a device would hold. */
async function told(after: number, memberId: string, before: readonly Scope[]): Promise<Scope[]> {
  const entries = await rows<{ gained: string | null; lost: string | null }>(sql`
    select scope_after as gained, scope_before as lost from change_log
    where tenant_id = ${tenant.id} and seq > ${after} and entity = 'access' and id = ${memberId} order by seq`);
  const held = new Set<string>(before);
  for (const { gained, lost } of entries) {
    if (lost !== null) held.delete(lost);
    if (gained !== null) held.add(gained);
  }
  return [...held].filter(isScope).toSorted();
}

const inTenant = (query: (id: string) => Sql) => query(tenant.id);
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

/** What may happen to rights, by SQL: whoever does it and by whatever path. Several statements are one transaction. */
type Step = (known: Facts) => Sql | undefined;
const number = fc.nat(50);
const permissions = fc.subarray([...allPermissions]);
const step: fc.Arbitrary<Step> = fc.oneof(
  permissions.map(
    (held): Step =>
      () =>
        inTenant(
          (id) =>
            sql`insert into role (tenant_id, id, name, permissions, created_at) values (${id}, ${newId()}, 'r', ${JSON.stringify(held)}, now())`,
        ),
  ),
  fc.tuple(number, permissions).map(([at, held]): Step => (known) => {
    const role = pick([...known.roles.keys()], at);
    return role === undefined
      ? undefined
      : inTenant((id) => sql`update role set permissions = ${JSON.stringify(held)} where tenant_id = ${id} and id = ${role}`);
  }),
  fc.tuple(number, number).map(([at, which]): Step => (known) => {
    const role = pick(["admin", "operator", ...known.roles.keys()], which);
    return inTenant((id) => sql`update member set role = ${role} where tenant_id = ${id} and id = ${pick(members, at)}`);
  }),
  number.map(
    (at): Step =>
      () =>
        inTenant(
          (id) =>
            sql`update member set status = case when status = 'active' then 'removed' else 'active' end where tenant_id = ${id} and id = ${pick(members, at)}`,
        ),
  ),
  fc.constant((() =>
    inTenant((id) => sql`insert into team (tenant_id, id, name, created_at) values (${id}, ${newId()}, 't', now())`)) satisfies Step),
  number.map(
    (at): Step =>
      (known) =>
        inTenant((id) => sql`delete from team where tenant_id = ${id} and id = ${pick(known.teams, at) ?? newId()}`),
  ),
  fc.tuple(number, number).map(([at, which]): Step => (known) => {
    const team = pick(known.teams, which);
    return team === undefined
      ? undefined
      : inTenant(
          (id) =>
            sql`insert into team_member (tenant_id, id, team_id, member_id) values (${id}, ${newId()}, ${team}, ${pick(members, at)}) on conflict do nothing`,
        );
  }),
  number.map(
    (at): Step =>
      (known) =>
        inTenant(
          (id) =>
            sql`delete from team_member where tenant_id = ${id} and member_id = ${pick(members, at)} and team_id = ${pick(known.teams, at) ?? newId()}`,
        ),
  ),
  fc.tuple(number, number, number).map(([at, from, to]): Step => (known) => {
    const place = pick(known.places, at);
    const team = pick(known.teams, to + from);
    if (place === undefined || team === undefined || known.places.some((one) => one.member === place.member && one.team === team))
      return undefined;
    return inTenant(
      (id) =>
        sql`update team_member set team_id = ${team} where tenant_id = ${id} and member_id = ${place.member} and team_id = ${place.team}`,
    );
  }),
);

it("writes down every scope that comes or goes, whatever changes rights, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 14 }), async (transactions) => {
      for (const steps of transactions) {
        const before = await facts();
        const place = await newest();
        const queries = steps.map((one) => one(before)).filter((query) => query !== undefined);
        await world.core
          .work(system("test"), async (unit) => {
            for (const query of queries)
              await unit.rows(query).catch((error: unknown) => Promise.reject(new Error(`${query.text}: ${String(error)}`)));
          })
          .catch((error: unknown) => {
            // Two steps of one transaction may contradict each other: then neither happened.
            if (!/violates (?:unique|foreign key)/.test(String(error))) throw error;
          });
        const after = await facts();
        for (const member of members) {
          expect(await sqlScopes(member)).toEqual(scopesOf(after, member));
          expect(await told(place, member, scopesOf(before, member))).toEqual(scopesOf(after, member));
        }
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

it("knows the same scopes of a role as the shared rules, for every role", async () => {
  const memberId = members[1] ?? "";
  const [teamId, other] = [newId(), newId()];
  await rows(
    sql`insert into team (tenant_id, id, name, created_at) values (${tenant.id}, ${teamId}, 'a', now()), (${tenant.id}, ${other}, 'b', now())`,
  );
  await rows(sql`insert into team_member (tenant_id, id, team_id, member_id) values (${tenant.id}, ${newId()}, ${teamId}, ${memberId})`);
  await rows(sql`update member set status = 'active' where tenant_id = ${tenant.id} and id = ${memberId}`);
  const compare = async (role: string) => {
    await rows(sql`update member set role = ${role} where tenant_id = ${tenant.id} and id = ${memberId}`);
    expect([role, await sqlScopes(memberId)]).toEqual([role, scopesOf(await facts(), memberId)]);
  };
  for (const role of ["admin", "operator"]) await compare(role);
  const roleId = newId();
  await rows(sql`insert into role (tenant_id, id, name, permissions, created_at) values (${tenant.id}, ${roleId}, 'r', '[]', now())`);
  await compare(roleId);
  await fc.assert(
    fc.asyncProperty(permissions, async (held) => {
      await rows(sql`update role set permissions = ${JSON.stringify(held)} where tenant_id = ${tenant.id} and id = ${roleId}`);
      expect(await sqlScopes(memberId)).toEqual(scopesOf(await facts(), memberId));
    }),
    { numRuns: 60 },
  );
});
