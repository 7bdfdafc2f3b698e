/** What somebody is being told at the moment in which they lose the right to know it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import type { Client } from "../../shared/client/client.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { service } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { makeWorkplace, type Worker, type Workplace } from "../followups/make.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { planTaskReminders } from "./plan-reminders.ts";
import { notificationReactions } from "./reactions.ts";
import { withdraw } from "./withdraw.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const withWork: Permission[] = ["conversations.read", "tasks.manage", "followups.manage"];
const without: Permission[] = ["conversations.read"];
const hour = 3_600_000;

async function scene() {
  const place = await makeWorkplace(world);
  const api = await place.admin.api();
  const { id: roleId } = await api.call(teamApi.createRole, { body: { id: newId(), name: "Helper", permissions: withWork } });
  const mali = await place.worker(roleId);
  const due = { at: new Date(world.clock.now().getTime() + 48 * hour).toISOString(), zone: "Asia/Bangkok" };
  const { id: taskId } = await api.call(tasksApi.create, { body: { id: newId(), title: "Size chart", due } });
  await world.settle();
  return { place, api, roleId, mali, taskId };
}

/** The task was given to them a moment ago. */
function tellThem(place: Workplace, mali: Worker, taskId: string): Promise<void> {
  const assigned = notificationReactions.find(({ name }) => name === "notifications.taskAssigned");
  const payload = { taskId, conversationId: null, title: "Size chart", from: null, to: mali.memberId };
  if (!assigned) throw new Error("nobody is told of a task that is theirs");
  return assigned.run(world.core, { tenantId: place.id, seq: 1, type: "task.assigned", actor: {}, payload, at: world.clock.now() });
}

async function wordsTo({ memberId }: Worker): Promise<number> {
  const { rows } = await world.core.pools.system.query<{ n: number }>(
    "select (select count(*) from notice where member_id = $1)::int + (select count(*) from reminder where member_id = $1)::int as n",
    [memberId],
  );
  return rows[0]?.n ?? -1;
}

const losses: [string, (api: Client, mali: Worker, roleId: string) => Promise<unknown>][] = [
  ["is removed", (api, { memberId }) => api.call(teamApi.removeMember, { params: { memberId } })],
  ["becomes an operator", (api, { memberId }) => api.call(teamApi.updateMember, { params: { memberId }, body: { role: "operator" } })],
  ["has a role that loses it", (api, _, roleId) => api.call(teamApi.updateRole, { params: { roleId }, body: { permissions: without } })],
];

it.each(losses)("somebody who %s keeps no notice", async (_, lose) => {
  const { place, api, roleId, mali, taskId } = await scene();
  // Whoever is to be told may know it, and the notice is not yet written.
  const other = await midway(world.core, "select id from task where id = $1 for update", [taskId]);
  const telling = tellThem(place, mali, taskId);
  await other.waitedFor();
  const lost = lose(api, mali, roleId).then(() => world.settle());
  await Promise.race([lost, other.waitedFor(2)]);
  await other.commit();
  await Promise.all([telling, lost]);
  await world.settle();
  expect(await wordsTo(mali)).toBe(0);
});

it("somebody whose role loses it keeps no reminder", async () => {
  const { place, api, roleId, mali, taskId } = await scene();
  await world.core.pools.system.query("update task set assignee_id = $2 where id = $1", [taskId, mali.memberId]);
  // The plan is made, and waits for the person to write it for.
  const other = await midway(world.core, "select id from member where id = $1 for update", [mali.memberId]);
  const planning = world.core.work(service(place.id, "test"), (unit) => planTaskReminders(world.core, unit, taskId));
  await other.waitedFor();
  const lost = api.call(teamApi.updateRole, { params: { roleId }, body: { permissions: without } }).then(() => world.settle());
  await Promise.race([lost, other.waitedFor(2)]);
  await other.commit();
  await Promise.all([planning, lost]);
  await world.settle();
  expect(await wordsTo(mali)).toBe(0);
});

it("what somebody is told who is given the right again stays", async () => {
  const { place, api, roleId, mali, taskId } = await scene();
  await world.core.pools.system.query("update task set assignee_id = $2 where id = $1", [taskId, mali.memberId]);
  await world.core.work(service(place.id, "test"), (unit) => planTaskReminders(world.core, unit, taskId));
  await world.core.pools.system.query("update role set permissions = $2 where id = $1", [roleId, JSON.stringify(without)]);
  // It has seen who lost the right, takes their reminders, and will take their notices.
  const other = await midway(world.core, "select id from reminder where member_id = $1 for update", [mali.memberId]);
  const withdrawing = world.core.work(service(place.id, "test"), withdraw);
  await other.waitedFor();
  const again = api
    .call(teamApi.updateRole, { params: { roleId }, body: { permissions: withWork } })
    .then(() => tellThem(place, mali, taskId));
  await Promise.race([again, other.waitedFor(2)]);
  await other.commit();
  await Promise.all([withdrawing, again]);
  const { rows } = await world.core.pools.system.query("select kind from notice where member_id = $1", [mali.memberId]);
  expect(rows).toEqual([{ kind: "task.assigned" }]);
});
