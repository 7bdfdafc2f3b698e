import { afterAll, beforeAll, expect, it } from "vitest";
import { labelsApi } from "../../shared/api/conversations.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { ApiProblem } from "../../shared/client/client.ts";
import { permissionsOfRole } from "../../shared/model/permissions.ts";
import { system, type MemberActor } from "../core/actor.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { makeTwins, type Twin } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { pruneLog, tidyJob } from "./jobs.ts";
import { syncedOf } from "./endpoints.ts";
import { positionOf } from "./log.ts";
import { pull } from "./pull.ts";
import { createDevice, readyDevice, speaking, type Device } from "./testing/device.ts";

let world: World;
let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
});
afterAll(() => world.stop());

const now = () => world.clock.now().toISOString();
const device = () => readyDevice(ours.api, ours.admin.memberId, now);
const rows = <T extends object>(query: Sql) => world.core.work(system("test"), (unit) => unit.rows<T>(query));
const label = () => ours.api.call(labelsApi.create, { body: { id: newId(), name: `L ${newId()}`, colour: "#445566" } });
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "none",
    (error: unknown) => (error instanceof ApiProblem ? error.code : String(error)),
  );
const position = () => world.core.work(system("test"), (unit) => positionOf({ ...unit, tenantId: ours.tenant.id }));
const entries = async () =>
  Number((await rows<{ n: number }>(sql`select count(*)::int as n from change_log where tenant_id = ${ours.tenant.id}`))[0]?.n);
const tidy = () => tidyJob.run(world.core, {});
/** Everything that stands in the log up to here happened so long ago. */
async function age(upTo: number, days: number): Promise<void> {
  const at = new Date(world.clock.now().getTime() - days * 86_400_000);
  await rows(sql`update change_log set at = ${world.clock.now()} where tenant_id = ${ours.tenant.id} and seq > ${upTo}`);
  await rows(sql`update change_log set at = ${at} where tenant_id = ${ours.tenant.id} and seq <= ${upTo}`);
}

it("prunes what is older than 45 days, and lets whoever stands above it follow", async () => {
  const away = await device();
  await label();
  const here = await device();
  const cursor = here.client.cursor() ?? 0;
  await label();
  await age(cursor, 44);
  await tidy();
  expect((await position()).floor).toBe(0);
  await age(cursor, 46);
  await tidy();
  expect((await position()).floor).toBe(cursor);
  const [oldest] = await rows<{ seq: string }>(sql`select min(seq) as seq from change_log where tenant_id = ${ours.tenant.id}`);
  expect(Number(oldest?.seq)).toBeGreaterThan(cursor);

  await here.follow(1);
  expect(here.rows()).toEqual((await device()).rows());
  // Unsent work stays, and is done after the bootstrap.
  away.client.mutate("saveFilter", { id: newId(), view: "inbox", name: "kept", query: {}, position: 1 }, { online: true });
  expect(await away.hello()).toBe("reset");
  await away.bootstrap();
  await away.push();
  await away.follow();
  expect(away.client.waiting()).toEqual([]);
  expect(away.rows()).toEqual((await device()).rows());
});

it("answers reset to a pull from below the floor, and touches no other tenant", async () => {
  const one = await device();
  await label();
  const before = await rows<{ n: number }>(sql`select count(*)::int as n from change_log where tenant_id = ${theirs.tenant.id}`);
  await age((await position()).seq, 50);
  await tidy();
  const body = { ...speaking, device: one.id(), epoch: one.outbox.device().epoch ?? "", cursor: one.client.cursor() ?? 0, settled: 0 };
  expect((await ours.api.call(syncApi.pull, { body })).kind).toBe("reset");
  expect(await entries()).toBe(0);
  expect(await rows(sql`select count(*)::int as n from change_log where tenant_id = ${theirs.tenant.id}`)).toEqual(before);
  // With nothing left to follow, whoever stands at the end goes on.
  const late = await device();
  await late.follow();
  await label();
  await late.follow(1);
  expect(late.rows()).toEqual((await device()).rows());
});

it("notices a log that is pruned under a pull", async () => {
  const one = await device();
  await label();
  await age((await position()).seq, 50);
  const { tenantId, memberId, accountId } = ours.admin;
  const actor: MemberActor = {
    kind: "member",
    tenantId,
    memberId,
    accountId,
    sessionId: newId(),
    role: "admin",
    permissions: new Set(permissionsOfRole("admin")),
    teamIds: [],
  };
  const request = {
    ...speaking,
    device: one.id(),
    epoch: one.outbox.device().epoch ?? "",
    cursor: one.client.cursor() ?? 0,
    settled: 0,
    limit: 5,
  };
  const read = Promise.withResolvers<void>();
  const pruned = read.promise.then(() => pruneLog(world.core, tenantId));
  // One statement after the other, as the connection has them.
  let turn: Promise<unknown> = Promise.resolve();
  const answer = await world.core.work(
    actor,
    (unit) => {
      const inTurn = <T extends object>(query: Sql) => {
        const answered = turn.then(async () => {
          // Between the position and the log, in a transaction of its own.
          if (query.text.includes("change_log")) {
            read.resolve();
            await pruned;
          }
          return unit.rows<T>(query);
        });
        turn = answered;
        return answered;
      };
      const watched = { ...unit, rows: inTurn, one: async <T extends object>(query: Sql) => (await inTurn<T>(query))[0] };
      return pull(world.core, syncedOf(world.core), watched, request);
    },
    { readOnly: true },
  );
  expect(answer.kind).toBe("reset");
});

it("forgets old results, but never those that a device may not have heard of", async () => {
  const one = await device();
  await rows(sql`
    insert into mutation_result (tenant_id, device_id, mid, seq, name, print, at)
    select ${ours.tenant.id}, ${one.id()}, n, 1, 'nothing', 'x', ${new Date(world.clock.now().getTime() - 8 * 86_400_000)} from generate_series(1, 520) n`);
  await rows(sql`update device set last_mid = 520 where id = ${one.id()}`);
  const idle = await device();
  await rows(
    sql`update device set last_seen_at = ${new Date(world.clock.now().getTime() - 61 * 86_400_000)} where id in (${idle.id()}, ${one.id()})`,
  );
  await tidy();
  expect(await rows(sql`select min(mid)::int as first, count(*)::int as n from mutation_result where device_id = ${one.id()}`)).toEqual([
    { first: 21, n: 500 },
  ]);
  expect(await rows(sql`select id from device where id in (${idle.id()}, ${one.id()})`)).toEqual([{ id: one.id() }]);
  // It comes back as a new one.
  const before = idle.id();
  expect(await idle.hello()).toBe("reset");
  expect(idle.id()).not.toBe(before);
});

const listed = (api = ours.api) => api.call(syncApi.devices, { query: { limit: 100 } }).then(({ items }) => items);
const ofTeam = (api = ours.api, query: { limit: number; cursor?: string } = { limit: 100 }) => api.call(syncApi.teamDevices, { query });

it("shows members their own devices, and everybody's to whoever looks after security", async () => {
  const operator = await ours.fresh.member();
  const api = world.api(operator.token);
  const theirOwn = await readyDevice(api, operator.memberId, now);
  expect(await listed(api)).toEqual([
    {
      id: theirOwn.id(),
      memberId: operator.memberId,
      name: "Test",
      app: speaking.app,
      createdAt: now(),
      lastSeenAt: now(),
      revokedAt: null,
      can: { revoke: true },
    },
  ]);
  expect(await codeOf(ofTeam(api))).toBe("forbidden");
  const all = (await ofTeam()).items;
  expect(all.map(({ id }) => id)).toContain(theirOwn.id());
  expect(all.length).toBeGreaterThan((await listed()).length);
  const first = await ofTeam(ours.api, { limit: 2 });
  const second = await ofTeam(ours.api, { limit: 2, cursor: first.next ?? "" });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.slice(0, 4).map(({ id }) => id));
});

it("revokes one's own device, and a colleague's with the permission; it wipes itself with the next hello", async () => {
  const operator = await ours.fresh.member();
  const api = world.api(operator.token);
  const mine = await device();
  const theirOwn: Device = createDevice(api, operator.memberId, now);
  await theirOwn.hello(true);
  await theirOwn.bootstrap();
  const revoke = (by: typeof api, one: Device) => by.call(syncApi.revokeDevice, { params: { deviceId: one.id() } });
  expect(await codeOf(revoke(api, mine))).toBe("not_found");
  expect(await codeOf(revoke(theirs.api, mine))).toBe("not_found");
  await revoke(ours.api, theirOwn);
  await revoke(ours.api, theirOwn);
  expect(await theirOwn.hello()).toBe("wipe");
  expect(theirOwn.rows()).toEqual([]);
  expect(await listed(api)).toMatchObject([{ revokedAt: now(), can: { revoke: false } }]);
  const told = await rows(sql`select payload from event_log where tenant_id = ${ours.tenant.id} and type = 'device.revoked'`);
  expect(told).toEqual([{ payload: { deviceId: theirOwn.id(), memberId: operator.memberId } }]);
  await revoke(ours.api, mine);
  expect(await mine.hello()).toBe("wipe");
});
