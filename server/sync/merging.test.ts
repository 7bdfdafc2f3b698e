/** What the log forgets about a row, and that nobody who was away misses it. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import type { PullAnswer } from "../../shared/sync/protocol.ts";
import { system } from "../core/actor.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { due } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { tidyJob } from "./jobs.ts";
import { readyDevice, speaking, type Device } from "./testing/device.ts";
import { makeOffice, type Office } from "./testing/office.ts";

let world: World;
let office: Office;
let neighbour: Office;
beforeAll(async () => {
  world = await createWorld();
  neighbour = await makeOffice(world, "neighbour.example");
});
beforeEach(async () => {
  office = await makeOffice(world, `${newId()}.example`);
});
afterAll(() => world.stop());

const rows = <T extends object>(query: Sql) => world.core.work(system("test"), (unit) => unit.rows<T>(query));
const daysAgo = (days: number) => new Date(world.clock.now().getTime() - days * 86_400_000);
const tidy = () => tidyJob.run(world.core, {});
/** Everything of the tenant happened so long ago. */
const age = (days: number, { tenant } = office) => rows(sql`update change_log set at = ${daysAgo(days)} where tenant_id = ${tenant.id}`);
/** How many entries each row has, messages and memberships apart. */
const entriesOf = async ({ tenant } = office) =>
  (
    await rows<{ n: number }>(sql`
      select count(*)::int as n from change_log where tenant_id = ${tenant.id} and entity not in ('access', 'message') group by entity, id order by entity, id`)
  ).map(({ n }) => n);
const move = (conversationId: string, teamId: string | null) =>
  office.admin.api.call(conversationsApi.handOver, { params: { conversationId }, body: { teamId, assigneeId: null } });
const setSubject = (conversationId: string, subject: string) =>
  office.admin.api.call(conversationsApi.setSubject, { params: { conversationId }, body: { subject } });

it("keeps of each row the newest entry, and brings whoever was away to where a fresh device stands", async () => {
  const inTeam = await office.make.conversation(office.teamId);
  const gone = (await office.admin.api.call(labelsApi.create, { body: { id: newId(), name: "Gone", colour: "#336699" } })).id;
  await world.settle();
  for (const { device } of office.readers) await device.follow();

  // Out of sight and back, out of sight for good, made and changed, made and deleted, known and deleted.
  const elsewhere = await office.make.team();
  await move(inTeam.id, elsewhere);
  await move(inTeam.id, null);
  await move(inTeam.id, elsewhere);
  const begun = await office.make.conversation();
  await begun.write("Are you there?");
  await setSubject(begun.id, "one");
  await setSubject(begun.id, "two");
  const { id: taskId } = await office.admin.api.call(tasksApi.create, { body: { id: newId(), title: "Call", due } });
  await office.admin.api.call(tasksApi.update, { params: { taskId }, body: { title: "Call back" } });
  await office.admin.api.call(labelsApi.update, { params: { labelId: gone }, body: { name: "Going" } });
  await office.admin.api.call(labelsApi.remove, { params: { labelId: gone } });
  await world.settle();

  const events = await rows(sql`select seq, hash from event_log where tenant_id = ${office.tenant.id} order by seq`);
  const next = await entriesOf(neighbour);
  await age(2);
  await tidy();
  expect(Math.max(...(await entriesOf()))).toBe(1);
  expect(await rows(sql`select seq, hash from event_log where tenant_id = ${office.tenant.id} order by seq`)).toEqual(events);
  expect(await office.admin.api.call(auditApi.verify, {})).toMatchObject({ intact: true });
  expect(await entriesOf(neighbour)).toEqual(next);

  for (const { name, api, member, device } of office.readers) {
    await device.follow(3);
    expect([name, device.rows()]).toEqual([name, (await readyDevice(api, member.memberId, office.now)).rows()]);
  }
  expect(office.inside.device.cache.get("conversation", inTeam.id)).toBeUndefined();
  expect([...office.outside.device.cache.list("message")].map(({ body }) => body).toSorted()).toEqual(["Are you there?", "Hello"]);
});

it("merges again what was merged before, with all that the row ever left", async () => {
  const { id } = await office.make.conversation(office.teamId);
  const { device } = office.inside;
  await device.follow();
  const [second, third] = [await office.make.team(), await office.make.team()];
  await move(id, second);
  await setSubject(id, "away");
  await age(2);
  await tidy();
  await move(id, third);
  await setSubject(id, "far away");
  await age(2);
  await tidy();
  await device.follow();
  expect(device.cache.get("conversation", id)).toBeUndefined();
});

it("leaves alone what is younger than a day", async () => {
  const { id } = await office.make.conversation();
  await setSubject(id, "one");
  await setSubject(id, "two");
  await age(0.9);
  const before = await entriesOf();
  await tidy();
  expect(await entriesOf()).toEqual(before);
  expect(Math.max(...before)).toBeGreaterThan(1);
});

it("acknowledges a mutation only where its effect may stand now", async () => {
  const { api, member, device } = office.admin;
  const id = newId();
  const save = (by: Device, name: string) => {
    by.client.mutate("saveFilter", { id, view: "inbox", name, query: {}, position: 1 }, { online: true });
    return by.push();
  };
  await device.follow();
  await save(device, "first");
  const other = await readyDevice(api, member.memberId, office.now);
  await office.make.conversation();
  await save(other, "second");
  await age(2);
  await tidy();
  // Its own entry is gone: only the page that brings the other's may take the effect out of the outbox.
  for (let pages = 1; device.client.waiting().length > 0; pages += 1) {
    expect([pages, device.cache.get("savedFilter", id)?.name]).toEqual([pages, "first"]);
    const cursor = device.client.cursor() ?? 0;
    const body = { ...speaking, device: device.id(), epoch: device.outbox.device().epoch ?? "", cursor, settled: 0, limit: 1 };
    expect(device.client.pulled((await api.call(syncApi.pull, { body })) as PullAnswer)).toBe("applied"); // the server answers for the rows
  }
  expect(device.cache.get("savedFilter", id)?.name).toBe("second");
});
