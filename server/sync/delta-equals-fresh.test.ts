/**
 * A device that followed by pages holds byte for byte what a fresh one is given: after every mutation that a device may push, and after
 * every change that an admin, a visitor or a job makes. What is new and has no case here fails.
 * Covers SECURITY S-03.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contactsApi } from "../../shared/api/contacts.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { repliesApi } from "../../shared/api/replies.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { mutators } from "../../shared/sync/mutators/index.ts";
import { makeMember } from "../accounts/make.ts";
import { system } from "../core/actor.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { joinTenant } from "../team/index.ts";
import { Account } from "../accounts/entities.ts";
import { createWorld, type World } from "../testing/world.ts";
import { due } from "../testing/twins.ts";
import { readyDevice } from "./testing/device.ts";
import { makeOffice, type Office, type Reader } from "./testing/office.ts";

let world: World;
let office: Office;

beforeAll(async () => {
  world = await createWorld();
  office = await makeOffice(world, "office.example");
});
afterAll(() => world.stop());

let pageSize = 1;

/** All three follow by small pages, and hold what a fresh device is given. */
async function same(who: readonly Reader[] = office.readers): Promise<void> {
  await world.settle();
  for (const { name, api, member, device } of who) {
    pageSize = (pageSize % 5) + 1;
    await device.follow(pageSize);
    const fresh = await readyDevice(api, member.memberId, office.now);
    const [followed, given] = [new Set(device.rows()), new Set(fresh.rows())];
    // Only this step is to blame for what differs now.
    if (device.rows().join() !== fresh.rows().join()) {
      device.client.rebuild();
      await device.bootstrap();
    }
    expect({ name, more: [...followed].filter((row) => !given.has(row)), missing: [...given].filter((row) => !followed.has(row)) }).toEqual(
      {
        name,
        more: [],
        missing: [],
      },
    );
    expect([name, device.client.waiting(), device.outbox.rejected()]).toEqual([name, [], []]);
  }
}

const rows = <T extends object>(query: Sql) => world.core.work(system("test"), (unit) => unit.rows<T>(query));

const task = async (more: Record<string, unknown> = {}) =>
  (await office.admin.api.call(tasksApi.create, { body: { id: newId(), title: "Call", due, ...more } })).id;
const followup = async (more: Record<string, unknown> = {}) =>
  (await office.admin.api.call(followupsApi.create, { body: { id: newId(), due, type: "Call", channel: "phone", ...more } })).id;
const label = async () =>
  (await office.admin.api.call(labelsApi.create, { body: { id: newId(), name: `L ${newId()}`, colour: "#336699" } })).id;
const reply = async (more: { scope: "tenant" | "team" | "mine"; teamId?: string } = { scope: "tenant" }) =>
  (await office.admin.api.call(repliesApi.create, { body: { id: newId(), title: `R ${newId()}`, text: "Hi", ...more } })).id;
const role = async (permissions: Permission[]) =>
  (await office.admin.api.call(teamApi.createRole, { body: { id: newId(), name: `Role ${newId()}`, permissions } })).id;

/** What the admin's device holds after the newest changes: the row that the server made behind them. */
async function newest(entity: "reminder"): Promise<string> {
  await same();
  return [...office.admin.device.cache.list(entity)].at(-1)?.id ?? "none";
}

async function reminder(): Promise<string> {
  await task({ assigneeId: office.admin.member.memberId, remindBefore: [10] });
  return newest("reminder");
}

async function notice({ member } = office.admin, about?: string): Promise<string> {
  const id = newId();
  const conversationId = about ?? (await office.make.conversation()).id;
  await rows(sql`
    insert into notice (tenant_id, id, member_id, kind, about, about_id, by_id, data, at, dismissed_at, cause)
    values (${office.tenant.id}, ${id}, ${member.memberId}, 'mention', 'conversation', ${conversationId}, null, '{}', ${world.clock.now()}, null, ${id})`);
  return id;
}

async function savedFilter(): Promise<string> {
  const id = newId();
  office.admin.device.client.mutate("saveFilter", { id, view: "inbox", name: "F", query: { mine: true }, position: 1 }, { online: true });
  await office.admin.device.push();
  return id;
}

async function ownReply(): Promise<string> {
  const id = newId();
  const args = { id, title: "Own", text: "Hello", shortcut: null, folder: null, language: null };
  office.admin.device.client.mutate("saveReply", args, { online: true });
  await office.admin.device.push();
  return id;
}

const written = (conversationId: string) => ({ id: newId(), conversationId, body: "One moment, please." });
const inTeam = () => office.make.conversation(office.teamId);
const newTask = () => ({
  id: newId(),
  conversationId: null,
  messageId: null,
  title: "Call the supplier",
  description: "",
  due,
  dueAllDay: false,
  priority: "high",
  assigneeId: office.inside.member.memberId,
  contactId: null,
  labelIds: [],
  remindBefore: [10],
});
const newFollowup = () => ({
  id: newId(),
  conversationId: null,
  previousId: null,
  type: "call",
  channel: "phone",
  due,
  minutes: 15,
  notes: "",
  assigneeId: office.admin.member.memberId,
  contactId: null,
  recurrence: { every: "weekly", interval: 1, weekdays: [1], end: { kind: "never" } },
  remindBefore: null,
});

type Acts = Record<string, () => Promise<Record<string, unknown>>>;

/** Arguments for the admin's device, over rows that exist. */
const acts: Acts = {
  sendMessage: async () => ({ ...written((await inTeam()).id), expiresAt: null, seenNumber: 99, anyway: true }),
  addNote: async () => ({ ...written((await inTeam()).id), mentions: [office.inside.member.memberId, office.outside.member.memberId] }),
  assignConversation: async () => ({ conversationId: (await inTeam()).id, assigneeId: office.inside.member.memberId }),
  handOver: async () => ({
    conversationId: (await office.make.conversation()).id,
    teamId: office.teamId,
    assigneeId: null,
    comment: { id: newId(), body: "Wants a refund." },
  }),
  returnToQueue: async () => {
    const { id } = await inTeam();
    await office.admin.api.call(conversationsApi.assign, {
      params: { conversationId: id },
      body: { assigneeId: office.inside.member.memberId },
    });
    return { conversationId: id };
  },
  setStatus: async () => ({ conversationId: (await office.make.conversation()).id, to: "closed" }),
  snooze: async () => ({ conversationId: (await inTeam()).id, until: due }),
  setLabels: async () => ({ conversationId: (await inTeam()).id, add: [await label()], remove: [] }),
  setSubject: async () => ({ conversationId: (await inTeam()).id, subject: "Refund" }),
  markRead: async () => ({ conversationId: (await inTeam()).id, number: 1 }),
  updateContact: async () => ({ contactId: (await inTeam()).contactId, changes: { name: "Somchai", company: "Blue" } }),
  setContactLabels: async () => {
    const { contactId } = await inTeam();
    const worn = await label();
    await office.admin.api.call(contactsApi.setLabels, { params: { contactId }, body: { add: [worn] } });
    return { contactId, add: [await label()], remove: [worn] };
  },
  createTask: async () => newTask(),
  updateTask: async () => ({ taskId: await task(), changes: { priority: "urgent", assigneeId: office.admin.member.memberId } }),
  moveTask: async () => ({ taskId: await task({ assigneeId: office.admin.member.memberId }), to: "completed", reopen: false }),
  addTaskComment: async () => ({ id: newId(), taskId: await task(), body: "Done by noon.", mentions: [office.admin.member.memberId] }),
  deleteTask: async () => {
    const taskId = await task({ assigneeId: office.admin.member.memberId });
    await office.admin.api.call(tasksApi.comment, { params: { taskId }, body: { id: newId(), body: "Soon" } });
    return { taskId };
  },
  createFollowup: async () => newFollowup(),
  updateFollowup: async () => ({ followupId: await followup(), changes: { notes: "After lunch." } }),
  completeFollowup: async () => ({ followupId: await followup(), outcome: "reached", notes: "Wants two." }),
  cancelFollowup: async () => ({ followupId: await followup() }),
  moveFollowup: async () => ({ followupId: await followup(), due: { ...due, at: "2026-12-02T02:00:00.000Z" } }),
  reopenFollowup: async () => {
    const followupId = await followup();
    await office.admin.api.call(followupsApi.complete, { params: { followupId }, body: { outcome: "reached" } });
    return { followupId };
  },
  deleteFollowup: async () => ({ followupId: await followup({ assigneeId: office.admin.member.memberId }) }),
  doneReminder: async () => ({ reminderId: await reminder() }),
  snoozeReminder: async () => ({ reminderId: await reminder(), until: due.at }),
  reportReminder: async () => ({ reminderId: await reminder(), firedAt: due.at }),
  dismissNotice: async () => ({ noticeId: await notice() }),
  saveFilter: async () => ({ id: newId(), view: "inbox", name: "Mine", query: { mine: true }, position: 2 }),
  deleteFilter: async () => ({ id: await savedFilter() }),
  saveReply: async () => ({ id: newId(), title: "Hours", text: "From eight.", shortcut: null, folder: null, language: "en" }),
  deleteReply: async () => ({ id: await ownReply() }),
  setPreference: async () => ({ key: "theme", value: "dark" }),
  nothing: async () => ({}),
};

describe("after a mutation", () => {
  it.each(mutators.map(({ name }) => name))("%s", async (name) => {
    const arrange = acts[name];
    if (!arrange) throw new Error(`${name} has no case here.`);
    const args = await arrange();
    await same();
    const { client, push } = office.admin.device;
    expect(client.mutate(name, args, { online: true })).toMatchObject({ ok: true });
    expect((await push()).results.map(({ status }) => status)).toEqual(["done"]);
    await same();
  });
});

const outsideIs = (roleId: string) =>
  office.admin.api.call(teamApi.updateMember, { params: { memberId: office.outside.member.memberId }, body: { role: roleId } });
const place = () => ({ teamId: office.teamId, memberId: office.outside.member.memberId });

/** Each step is followed and compared. Named by the calls that it is about. */
const changes: Record<string, () => AsyncGenerator<unknown, void, undefined>> = {
  async *"members.update"() {
    for (const one of ["admin", "operator"]) yield await outsideIs(one);
    const narrow = await role(["conversations.read"]);
    const wide = await role(["conversations.read", "conversations.all", "contacts.read", "tasks.manage", "followups.manage"]);
    const none = await role([]);
    for (const one of [narrow, wide, none, narrow, "admin", none, "operator"]) yield await outsideIs(one);
    // There and back before anybody looked.
    await outsideIs("admin");
    yield await outsideIs("operator");
    await outsideIs(none);
    await office.make.conversation();
    yield await outsideIs("operator");
  },
  async *"members.remove"() {
    const { memberId, accountId } = office.outside.member;
    await office.admin.api.call(teamApi.addTeamMember, { params: place() });
    await same();
    await office.admin.api.call(teamApi.removeMember, { params: { memberId } });
    await same([office.admin, office.inside]);
    await inTeam();
    await world.core.work(system("test"), async (unit) => {
      const account = await unit.em.findOneOrFail(Account, { id: accountId });
      await joinTenant(unit, { tenantId: office.tenant.id, account, role: "operator" });
    });
    yield await office.outside.enter();
  },
  async *"roles.create"() {
    yield await role(["contacts.read"]);
  },
  async *"roles.update"() {
    const roleId = await role(["conversations.read"]);
    yield await outsideIs(roleId);
    const to = (permissions: Permission[]) => office.admin.api.call(teamApi.updateRole, { params: { roleId }, body: { permissions } });
    yield await to(["conversations.read", "conversations.all"]);
    yield await to(["contacts.read"]);
    yield await to(["conversations.read", "conversations.reply", "tasks.manage", "followups.manage"]);
    yield await to([]);
    yield await office.admin.api.call(teamApi.updateRole, { params: { roleId }, body: { name: `Renamed ${newId()}` } });
    yield await outsideIs("operator");
  },
  async *"roles.remove"() {
    const roleId = await role(["contacts.read"]);
    yield;
    yield await office.admin.api.call(teamApi.removeRole, { params: { roleId } });
  },
  async *"teams.create"() {
    const teamId = await office.make.team([office.outside.member.memberId, office.admin.member.memberId]);
    yield;
    yield await office.make.conversation(teamId);
  },
  async *"teams.update"() {
    yield await office.admin.api.call(teamApi.updateTeam, { params: { teamId: office.teamId }, body: { name: `Named ${newId()}` } });
  },
  async *"teams.remove"() {
    const teamId = await office.make.team([office.outside.member.memberId]);
    await reply({ scope: "team", teamId });
    const { id } = await office.make.conversation(teamId);
    yield;
    await office.admin.api.call(conversationsApi.handOver, { params: { conversationId: id }, body: { teamId: null, assigneeId: null } });
    await rows(sql`delete from reply where tenant_id = ${office.tenant.id} and team_id = ${teamId}`);
    yield await office.admin.api.call(teamApi.removeTeam, { params: { teamId } });
  },
  async *"teams.addMember"() {
    await inTeam();
    yield await office.admin.api.call(teamApi.addTeamMember, { params: place() });
    // Who sees all conversations gains nothing by joining, and loses nothing by leaving.
    const own = { teamId: office.teamId, memberId: office.admin.member.memberId };
    yield await office.admin.api.call(teamApi.addTeamMember, { params: own });
    yield await office.admin.api.call(teamApi.removeTeamMember, { params: own });
  },
  async *"teams.removeMember"() {
    const { id } = await inTeam();
    await office.admin.api.call(teamApi.addTeamMember, { params: place() });
    await office.outside.api.call(conversationsApi.read, { params: { conversationId: id }, body: { number: 1 } });
    const noticeId = await notice(office.outside, id);
    yield;
    yield await office.admin.api.call(teamApi.removeTeamMember, { params: place() });
    expect(office.outside.device.rows().join("\n")).not.toContain(id);
    // With everything that hangs on it, also what is the member's own.
    yield await office.admin.api.call(teamApi.addTeamMember, { params: place() });
    expect([...office.outside.device.cache.list("notice")].map((one) => one.id)).toContain(noticeId);
    yield await office.admin.api.call(teamApi.removeTeamMember, { params: place() });
  },
  async *"tenants.update"() {
    await inTeam();
    const to = (body: { name?: string; language?: "th" | "en" }) => office.admin.api.call(tenantsApi.update, { body });
    yield await to({ name: `Blue Bay ${newId()}` });
    yield await to({ language: "th" });
    yield await to({ language: "en" });
  },
  async *"labels.create"() {
    yield await label();
  },
  async *"labels.update"() {
    yield await office.admin.api.call(labelsApi.update, { params: { labelId: await label() }, body: { name: `M ${newId()}` } });
  },
  async *"labels.merge"() {
    const [labelId, into] = [await label(), await label()];
    for (const { id } of [await inTeam(), await office.make.conversation()])
      await office.admin.api.call(conversationsApi.setLabels, { params: { conversationId: id }, body: { add: [labelId], remove: [] } });
    await office.admin.api.call(contactsApi.setLabels, {
      params: { contactId: (await inTeam()).contactId },
      body: { add: [labelId, into] },
    });
    yield;
    yield await office.admin.api.call(labelsApi.merge, { params: { labelId }, body: { into } });
  },
  async *"labels.remove"() {
    const labelId = await label();
    for (const { id } of [await inTeam(), await office.make.conversation()])
      await office.admin.api.call(conversationsApi.setLabels, { params: { conversationId: id }, body: { add: [labelId], remove: [] } });
    await office.admin.api.call(contactsApi.setLabels, { params: { contactId: (await inTeam()).contactId }, body: { add: [labelId] } });
    yield;
    yield await office.admin.api.call(labelsApi.remove, { params: { labelId } });
  },
  async *"contacts.create"() {
    yield await office.admin.api.call(contactsApi.create, { body: { id: newId(), name: "Niran", email: "niran@shop.example" } });
  },
  async *"contacts.update"() {
    const { contactId } = await inTeam();
    yield await office.admin.api.call(contactsApi.update, { params: { contactId }, body: { name: "Lek", attributes: { plan: "gold" } } });
  },
  async *"contacts.setLabels"() {
    const params = { contactId: (await inTeam()).contactId };
    const labels = [await label(), await label()];
    yield await office.admin.api.call(contactsApi.setLabels, { params, body: { add: labels } });
    // With the last one the row is again what it was.
    yield await office.admin.api.call(contactsApi.setLabels, { params, body: { remove: labels } });
  },
  async *"contacts.block"() {
    yield await office.admin.api.call(contactsApi.block, { params: { contactId: (await inTeam()).contactId }, body: {} });
  },
  async *"contacts.unblock"() {
    const { contactId } = await inTeam();
    await office.admin.api.call(contactsApi.block, { params: { contactId }, body: {} });
    yield await office.admin.api.call(contactsApi.unblock, { params: { contactId } });
  },
  async *"replies.create"() {
    for (const scope of [{ scope: "tenant" }, { scope: "mine" }, { scope: "team", teamId: office.teamId }] as const)
      yield await reply(scope);
  },
  async *"replies.update"() {
    yield await office.admin.api.call(repliesApi.update, { params: { replyId: await reply() }, body: { text: "Changed" } });
  },
  async *"replies.remove"() {
    const replyId = await reply({ scope: "team", teamId: office.teamId });
    yield;
    yield await office.admin.api.call(repliesApi.remove, { params: { replyId } });
  },
};

/** Calls of admins that change no row which a device holds. */
const elsewhere = [
  "invitations.create",
  "invitations.resend",
  "invitations.revoke",
  "invitations.preview",
  "settings.save",
  "settings.restore",
  "logos.add",
  "replies.import",
];
const ofAdmins = [teamApi, tenantsApi, labelsApi, contactsApi, repliesApi]
  .flatMap((api) => Object.values(api))
  .filter(({ method }) => method !== "GET");

describe("after a change by an admin", () => {
  it.each(ofAdmins.map(({ name }) => name).filter((name) => !elsewhere.includes(name)))("%s", async (name) => {
    const steps = changes[name];
    if (!steps) throw new Error(`${name} has no case here.`);
    await same();
    for await (const _step of steps()) await same();
  });
});

describe("after what happens by itself", () => {
  it("a conversation moves between teams, with and without somebody in them", async () => {
    const other = await office.make.team([office.outside.member.memberId]);
    const conversation = await inTeam();
    await same();
    for (const teamId of [other, null, office.teamId, other, office.teamId]) {
      await office.admin.api.call(conversationsApi.handOver, {
        params: { conversationId: conversation.id },
        body: { teamId, assigneeId: null },
      });
      await conversation.write("Still there?");
      await same();
    }
  });

  it("many things happen before anybody looks", async () => {
    const other = await office.make.team([office.inside.member.memberId]);
    const [one, two] = [await inTeam(), await office.make.conversation()];
    await office.admin.api.call(teamApi.addTeamMember, { params: { teamId: other, memberId: office.outside.member.memberId } });
    await office.admin.api.call(conversationsApi.handOver, {
      params: { conversationId: one.id },
      body: { teamId: other, assigneeId: null },
    });
    await two.write("More");
    await office.admin.api.call(teamApi.removeTeamMember, { params: { teamId: other, memberId: office.inside.member.memberId } });
    await outsideIs("admin");
    await one.write("And more");
    await office.admin.api.call(conversationsApi.setStatus, { params: { conversationId: two.id }, body: { to: "closed" } });
    await outsideIs("operator");
    await same();
  });

  it("a visitor writes into what was closed", async () => {
    const conversation = await inTeam();
    await office.admin.api.call(conversationsApi.setStatus, { params: { conversationId: conversation.id }, body: { to: "closed" } });
    await same();
    await conversation.write("One more thing");
    await same();
  });

  it("somebody notes in a conversation that is too old to be on a fresh device", async () => {
    const { id } = await inTeam();
    await office.admin.api.call(conversationsApi.setStatus, { params: { conversationId: id }, body: { to: "closed" } });
    world.clock.advance(40 * 86_400_000);
    for (const reader of office.readers) await reader.enter();
    const late = await readyDevice(office.inside.api, office.inside.member.memberId, office.now);
    expect([...late.cache.list("conversation")].some((one) => one.id === id)).toBe(false);
    await office.admin.api.call(conversationsApi.note, { params: { conversationId: id }, body: { id: newId(), body: "For the books" } });
    await world.settle();
    await late.follow(2);
    expect([...late.cache.list("conversation")].some((one) => one.id === id)).toBe(true);
    expect(late.rows()).toEqual((await readyDevice(office.inside.api, office.inside.member.memberId, office.now)).rows());
  });

  it("somebody new comes in", async () => {
    const made = await makeMember(world.core, office.tenant.id, { role: "admin", teamIds: [office.teamId] });
    expect(made.memberId).not.toBe("");
    const late = await readyDevice(office.inside.api, office.inside.member.memberId, office.now);
    expect([...late.cache.list("member")].map(({ id }) => id)).toContain(made.memberId);
  });
});
