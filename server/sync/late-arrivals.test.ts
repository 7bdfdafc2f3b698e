/** What was done on a device that was away, about people and labels that are not any more what they were. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { contactsApi } from "../../shared/api/contacts.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import { makeMember } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { midway } from "../testing/midway.ts";
import { due } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { makeOffice, type Office } from "./testing/office.ts";

let world: World;
let office: Office;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  office = await makeOffice(world, `${newId()}.example`);
});
afterAll(() => world.stop());

const newTask = (more: object = {}) => ({
  id: newId(),
  conversationId: null,
  messageId: null,
  title: "Send size chart",
  description: "",
  due,
  dueAllDay: false,
  priority: "normal",
  assigneeId: null,
  contactId: null,
  labelIds: [],
  remindBefore: null,
  ...more,
});
const newFollowup = (more: object = {}) => ({
  id: newId(),
  conversationId: null,
  previousId: null,
  type: "call",
  channel: "phone",
  due,
  minutes: 15,
  notes: "",
  assigneeId: null,
  contactId: null,
  recurrence: null,
  remindBefore: null,
  ...more,
});

const act = (name: string, args: object) => office.admin.device.client.mutate(name, args, { online: false });
/** Back again: everything is taken, and the device shows what the server made of it. */
async function arrive() {
  const { device } = office.admin;
  const { results } = await device.push();
  expect(results.map(({ status }) => status)).toEqual(results.map(() => "done"));
  await world.settle();
  await device.follow();
  expect(device.client.waiting()).toEqual([]);
}
const task = (id: string) => office.admin.device.cache.get("task", id);
const followup = (id: string) => office.admin.device.cache.get("followup", id);

const admin = () => makeMember(world.core, office.tenant.id, { role: "admin", name: "Mali" });
const api = () => office.admin.api;
const label = async () => (await api().call(labelsApi.create, { body: { id: newId(), name: `L ${newId()}`, colour: "#336699" } })).id;
const merge = (labelId: string, into: string) => api().call(labelsApi.merge, { params: { labelId }, body: { into } });

const departures: [string, (memberId: string) => Promise<unknown>][] = [
  ["was removed", (memberId) => api().call(teamApi.removeMember, { params: { memberId } })],
  ["is an operator now", (memberId) => api().call(teamApi.updateMember, { params: { memberId }, body: { role: "operator" } })],
  [
    "holds a role that may not any more",
    async (memberId) => {
      const permissions = ["conversations.read", "tasks.manage", "followups.manage"] as const;
      const { id: roleId } = await api().call(teamApi.createRole, { body: { id: newId(), name: "Helper", permissions: [...permissions] } });
      await api().call(teamApi.updateMember, { params: { memberId }, body: { role: roleId } });
      await api().call(teamApi.updateRole, { params: { roleId }, body: { permissions: ["conversations.read"] } });
    },
  ],
];

describe.each(departures)("somebody who %s", (_, leave) => {
  it("is given no task and no follow-up by a device that did not know", async () => {
    const { memberId } = await admin();
    await office.admin.device.follow();
    const [made, changed] = [newTask({ assigneeId: memberId }), newTask({ assigneeId: office.admin.member.memberId })];
    const [promised, moved] = [newFollowup({ assigneeId: memberId }), newFollowup({ assigneeId: office.admin.member.memberId })];
    act("createTask", made);
    act("createTask", changed);
    act("updateTask", { taskId: changed.id, changes: { assigneeId: memberId, priority: "high" } });
    act("createFollowup", promised);
    act("createFollowup", moved);
    act("updateFollowup", { followupId: moved.id, changes: { assigneeId: memberId, notes: "By noon" } });
    expect([task(made.id)?.assigneeId, followup(moved.id)?.assigneeId]).toEqual([memberId, memberId]);
    await leave(memberId);
    await world.settle();
    await arrive();
    expect([task(made.id), task(changed.id)]).toMatchObject([
      { assigneeId: null, title: "Send size chart" },
      { assigneeId: null, priority: "high" },
    ]);
    expect([followup(promised.id), followup(moved.id)]).toMatchObject([{ assigneeId: null }, { assigneeId: null, notes: "By noon" }]);
  });

  it("has none again when one that was over is reopened", async () => {
    const { memberId } = await admin();
    const { id: taskId } = await api().call(tasksApi.create, { body: { id: newId(), title: "Call", assigneeId: memberId } });
    const { id: followupId } = await api().call(followupsApi.create, {
      body: { id: newId(), due, type: "call", channel: "phone", assigneeId: memberId },
    });
    await api().call(tasksApi.move, { params: { taskId }, body: { to: "completed", reopen: false } });
    await api().call(followupsApi.cancel, { params: { followupId } });
    await world.settle();
    await office.admin.device.follow();
    act("moveTask", { taskId, to: "open", reopen: true });
    act("reopenFollowup", { followupId });
    await leave(memberId);
    await world.settle();
    await arrive();
    expect([task(taskId), followup(followupId)]).toMatchObject([
      { status: "open", assigneeId: null },
      { status: "scheduled", assigneeId: null },
    ]);
  });
});

it.each([
  ["task", "createTask", newTask],
  ["followup", "createFollowup", newFollowup],
] as const)("a %s is not left with somebody who is removed at the same moment", async (table, name, made) => {
  const { memberId } = await admin();
  await office.admin.device.follow();
  const { id } = made();
  act(name, { ...made({ assigneeId: memberId }), id });
  await world.settle();
  // Decided, and not yet written.
  const other = await midway(world.core, `lock table ${table} in share mode`);
  const arriving = arrive();
  await other.waitedFor();
  const removed = api()
    .call(teamApi.removeMember, { params: { memberId } })
    .then(() => world.settle());
  await Promise.race([removed, other.waitedFor(2)]);
  await other.commit();
  await Promise.all([arriving, removed]);
  await world.settle();
  await office.admin.device.follow();
  expect(office.admin.device.cache.get(table, id)?.assigneeId).toBeNull();
});

describe("a label", () => {
  it("that ended meanwhile is left out, and one that became another is followed, as often as it did", async () => {
    const [gone, first, second, kept] = [await label(), await label(), await label(), await label()];
    const { id: conversationId, contactId } = await office.make.conversation();
    await world.settle();
    await office.admin.device.follow();
    const [made, changed] = [newTask({ labelIds: [gone, first, kept] }), newTask()];
    act("createTask", made);
    act("createTask", changed);
    act("updateTask", { taskId: changed.id, changes: { labelIds: [second, gone] } });
    act("setLabels", { conversationId, add: [first, gone], remove: [] });
    act("setContactLabels", { contactId, add: [first, second], remove: [] });
    await api().call(labelsApi.remove, { params: { labelId: gone } });
    await merge(first, second);
    await merge(second, kept);
    await arrive();
    const { cache } = office.admin.device;
    expect([task(made.id)?.labelIds, task(changed.id)?.labelIds]).toEqual([[kept], [kept]]);
    expect(cache.get("conversation", conversationId)?.labelIds).toEqual([kept]);
    expect(cache.get("contact", contactId)?.labelIds).toEqual([kept]);
  });

  it("that was taken off goes under its new name, unless that was put on in its place", async () => {
    const [old, kept] = [await label(), await label()];
    const [one, other] = [await office.make.conversation(), await office.make.conversation()];
    for (const { id: conversationId } of [one, other])
      await api().call(conversationsApi.setLabels, { params: { conversationId }, body: { add: [old] } });
    await world.settle();
    await office.admin.device.follow();
    act("setLabels", { conversationId: one.id, add: [], remove: [old] });
    act("setLabels", { conversationId: other.id, add: [kept], remove: [old] });
    await merge(old, kept);
    await arrive();
    const { cache } = office.admin.device;
    expect([one, other].map(({ id }) => cache.get("conversation", id)?.labelIds)).toEqual([[], [kept]]);
  });

  it("is not put on a task by a call that names one which ended", async () => {
    const gone = await label();
    await api().call(labelsApi.remove, { params: { labelId: gone } });
    expect((await api().call(tasksApi.create, { body: { id: newId(), title: "Call", labelIds: [gone] } })).labelIds).toEqual([]);
    const { contactId } = await office.make.conversation();
    expect((await api().call(contactsApi.setLabels, { params: { contactId }, body: { add: [gone], remove: [] } })).labelIds).toEqual([]);
  });
});
