import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { contactsApi } from "../../shared/api/contacts.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { allPermissions } from "../../shared/model/permissions.ts";
import { assignConversation, handOver } from "../../shared/sync/mutators/conversations.ts";
import { enterAs, makeMember, makeTenant, type MadeMember, type MadeTenant } from "../accounts/make.ts";
import type { MemberActor } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { mutate } from "../core/sync/mutation.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { closeIdle, wakeSnoozed } from "./jobs.ts";
import { makeVisitor, word, type MadeVisitor } from "./make.ts";
import { mutationOf } from "./mutations.ts";
import { takeAllWords } from "./words.ts";

const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let other: MadeTenant;
let opal: MadeMember;
let tokens: { admin: string; opal: string; stranger: string };

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  other = await makeTenant(world.core, { site: "other.example" });
  opal = await makeMember(world.core, tenant.id, { name: "Opal" });
  await enterAll();
});
afterAll(() => world.stop());

async function enterAll(): Promise<void> {
  const token = async (member: MadeMember) => (await enterAs(world.core, member)).token;
  tokens = { admin: await token(tenant.admin), opal: await token(opal), stranger: await token(other.admin) };
}

/** Time passes, and everybody signs in again. */
async function later(ms: number): Promise<void> {
  world.clock.advance(ms);
  await enterAll();
}

const admin = () => world.api(tokens.admin);
const operator = () => world.api(tokens.opal);

async function begun(text = "hello"): Promise<{ params: { conversationId: string }; visitor: MadeVisitor }> {
  const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
  const { conversation } = await visitor.api.call(visitApi.send, { body: word(text) });
  return { params: { conversationId: conversation.id }, visitor };
}

describe("a conversation", () => {
  it("is taken by one of two who take it at the same moment, and the other sees who", async () => {
    const { params } = await begun();
    const take = (who: ReturnType<typeof admin>, assigneeId: string) =>
      who.call(conversationsApi.assign, { params, body: { assigneeId, ifAssigneeId: null } });
    const results = await Promise.allSettled([take(admin(), tenant.admin.memberId), take(operator(), opal.memberId)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const { assigneeId } = await admin().call(conversationsApi.get, { params });
    const lost = results.find((result) => result.status === "rejected")?.reason as { document: { data: { assigneeId: string } } };
    expect(lost.document.data.assigneeId).toBe(assigneeId);
    // The winner's repeat is no conflict.
    await take(assigneeId === opal.memberId ? operator() : admin(), assigneeId ?? "");
    expect((await admin().call(conversationsApi.returnToQueue, { params })).assigneeId).toBeNull();
  });

  it("is handed over with a comment that only the team reads", async () => {
    const { params, visitor } = await begun();
    const team = await admin().call(teamApi.createTeam, { body: { id: newId(), name: `Team ${newId()}`, memberIds: [opal.memberId] } });
    const comment = { id: newId(), body: "speaks Thai" };
    const { conversation: handed } = await admin().call(conversationsApi.handOver, {
      params,
      body: { teamId: team.id, assigneeId: opal.memberId, comment },
    });
    expect(handed).toMatchObject({ teamId: team.id, assigneeId: opal.memberId, lastKind: "note", lastNumber: 2 });
    const { items } = await operator().call(conversationsApi.messages, { params });
    expect(items.map(({ kind, body }) => [kind, body])).toEqual([
      ["visitor", "hello"],
      ["note", "speaks Thai"],
    ]);
    expect((await visitor.api.call(visitApi.state)).messages).toHaveLength(1);
    // Whoever hands it out of sight is told so, and sees it no more.
    const far = await admin().call(teamApi.createTeam, { body: { id: newId(), name: `Far ${newId()}`, memberIds: [] } });
    expect(await operator().call(conversationsApi.handOver, { params, body: { teamId: far.id, assigneeId: null } })).toEqual({
      conversation: null,
    });
    expect(await problemOf(operator().call(conversationsApi.get, { params }))).toBe("not_found");
  });

  it("goes back into the queue when its member is removed", async () => {
    const { params } = await begun();
    const gone = await makeMember(world.core, tenant.id, { name: "Gone" });
    await admin().call(conversationsApi.assign, { params, body: { assigneeId: gone.memberId } });
    await admin().call(teamApi.removeMember, { params: { memberId: gone.memberId } });
    await world.settle();
    expect((await admin().call(conversationsApi.get, { params })).assigneeId).toBeNull();
  });

  it.each([assignConversation, handOver])("is not left with a member who is removed as they get it: $name", async (mutator) => {
    const { params } = await begun();
    const [leaving, { memberId, accountId }] = [await makeMember(world.core, tenant.id, { name: "Leaving" }), tenant.admin];
    const who = { kind: "member" as const, tenantId: tenant.id, memberId, accountId, sessionId: newId() };
    const actor: MemberActor = { ...who, role: "admin", permissions: new Set(allPermissions), teamIds: [] };
    const args = { ...params, assigneeId: leaving.memberId, ...(mutator === handOver ? { teamId: null, comment: null } : {}) };
    const [given, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    onTestFinished(() => gate.resolve());
    const giving = world.core.work(actor, async (unit) => {
      await mutate(world.core, unit, mutationOf(mutator), args);
      given.resolve();
      await gate.promise;
    });
    await given.promise;
    const onlooker = await midway(world.core, "select");
    const removed = admin()
      .call(teamApi.removeMember, { params: { memberId: leaving.memberId } })
      .then(() => world.settle());
    await Promise.race([removed, onlooker.waitedFor()]);
    gate.resolve();
    await Promise.all([giving, removed]);
    expect((await admin().call(conversationsApi.get, { params })).assigneeId).toBeNull();
  });

  it("moves through its statuses only as it can", async () => {
    const { params, visitor } = await begun();
    const until = { at: new Date(world.clock.now().getTime() + 3_600_000).toISOString(), zone: "Asia/Bangkok" };
    expect(await operator().call(conversationsApi.snooze, { params, body: { until } })).toMatchObject({
      status: "pending",
      snoozedUntil: until.at,
    });
    await wakeSnoozed.run(world.core, {});
    expect((await operator().call(conversationsApi.get, { params })).status).toBe("pending");
    await later(3_600_000);
    await wakeSnoozed.run(world.core, {});
    expect((await operator().call(conversationsApi.get, { params })).status).toBe("open");
    await operator().call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    expect(await problemOf(operator().call(conversationsApi.snooze, { params, body: { until } }))).toBe("stale_state");
    await visitor.api.call(visitApi.send, { body: word("wait", params.conversationId) });
    expect((await operator().call(conversationsApi.get, { params })).status).toBe("open");
  });

  it("is closed by the clock when nobody says anything, unless somebody waits", async () => {
    const { params } = await begun("answered");
    const { params: waiting } = await begun("waits");
    await operator().call(conversationsApi.send, { params, body: { id: newId(), body: "there you are" } });
    await closeIdle.run(world.core, {});
    expect((await operator().call(conversationsApi.get, { params })).status).toBe("open");
    await later(31 * 24 * 3_600_000);
    await closeIdle.run(world.core, {});
    expect((await operator().call(conversationsApi.get, { params: waiting })).status).toBe("open");
  });

  it("keeps the labels of two who label at once, and loses one that is removed", async () => {
    const { params } = await begun();
    const labels = await Promise.all(
      ["VIP", "Angry"].map((name) => admin().call(labelsApi.create, { body: { id: newId(), name, colour: "#aa0000" } })),
    );
    await Promise.all(labels.map(({ id }) => operator().call(conversationsApi.setLabels, { params, body: { add: [id] } })));
    const both = await operator().call(conversationsApi.get, { params });
    expect(both.labelIds.toSorted()).toEqual(labels.map(({ id }) => id).toSorted());
    const [gone, kept] = labels;
    await admin().call(labelsApi.remove, { params: { labelId: gone?.id ?? "" } });
    expect((await operator().call(conversationsApi.get, { params })).labelIds).toEqual([kept?.id]);
    expect(await problemOf(operator().call(labelsApi.create, { body: { id: newId(), name: "X", colour: "#aa0000" } }))).toBe("forbidden");
    const found = await operator().call(conversationsApi.list, { query: { labelId: kept?.id } });
    expect(found.items.map(({ id }) => id)).toEqual([params.conversationId]);
  });

  it("become one: what carried the first carries the other, once, and only whoever manages labels may", async () => {
    const make = (name: string) => admin().call(labelsApi.create, { body: { id: newId(), name, colour: "#aa0000" } });
    const [refund, money] = [await make("Refund"), await make("Money back")];
    const both = (await begun()).params.conversationId;
    const one = (await begun()).params.conversationId;
    for (const [id, labelIds] of [
      [both, [refund.id, money.id]],
      [one, [refund.id]],
    ] as const)
      await admin().call(conversationsApi.setLabels, { params: { conversationId: id }, body: { add: [...labelIds], remove: [] } });
    const merge = { params: { labelId: refund.id }, body: { into: money.id } };
    expect(await problemOf(operator().call(labelsApi.merge, merge))).toBe("forbidden");
    expect(await problemOf(admin().call(labelsApi.merge, { ...merge, body: { into: refund.id } }))).toBe("invalid_input");
    const task = await admin().call(tasksApi.create, { body: { id: newId(), title: "Send it back", labelIds: [refund.id] } });
    const onTask = async () => (await admin().call(tasksApi.get, { params: { taskId: task.id } })).labelIds;
    expect(await admin().call(labelsApi.merge, merge)).toMatchObject({ id: money.id });
    expect(await onTask()).toEqual([money.id]);
    for (const conversationId of [both, one])
      expect((await admin().call(conversationsApi.get, { params: { conversationId } })).labelIds).toEqual([money.id]);
    expect((await admin().call(labelsApi.list)).items.map(({ id }) => id)).not.toContain(refund.id);
    expect(await problemOf(admin().call(labelsApi.merge, merge))).toBe("not_found");
    await admin().call(labelsApi.remove, { params: { labelId: money.id } });
    expect(await onTask()).toEqual([]);
  });

  it("is as good as missing for another tenant, in every call", async () => {
    const { params } = await begun();
    const stranger = world.api(tokens.stranger);
    const calls: Record<string, () => Promise<unknown>> = {
      get: () => stranger.call(conversationsApi.get, { params }),
      messages: () => stranger.call(conversationsApi.messages, { params }),
      send: () => stranger.call(conversationsApi.send, { params, body: { id: newId(), body: "x" } }),
      note: () => stranger.call(conversationsApi.note, { params, body: { id: newId(), body: "x" } }),
      assign: () => stranger.call(conversationsApi.assign, { params, body: { assigneeId: null } }),
      handOver: () => stranger.call(conversationsApi.handOver, { params, body: { teamId: null, assigneeId: null } }),
      returnToQueue: () => stranger.call(conversationsApi.returnToQueue, { params }),
      setStatus: () => stranger.call(conversationsApi.setStatus, { params, body: { to: "closed" } }),
      setLabels: () => stranger.call(conversationsApi.setLabels, { params, body: {} }),
      setSubject: () => stranger.call(conversationsApi.setSubject, { params, body: { subject: "x" } }),
      read: () => stranger.call(conversationsApi.read, { params, body: { number: 1 } }),
    };
    for (const [name, call] of Object.entries(calls)) expect([name, await problemOf(call())]).toEqual([name, "not_found"]);
    expect((await operator().call(conversationsApi.get, { params })).lastNumber).toBe(1);
  });
});

describe("read marks", () => {
  it("only move forward, and tell each side how far the other is", async () => {
    const { params, visitor } = await begun("one");
    const conversation = params.conversationId;
    await operator().call(conversationsApi.note, { params, body: { id: newId(), body: "note" } });
    const answer = await operator().call(conversationsApi.send, { params, body: { id: newId(), body: "two" } });
    expect(answer).toMatchObject({ number: 3, delivery: "sent" });
    expect((await visitor.api.call(visitApi.state)).conversation).toMatchObject({ unread: 1, visitorRead: 0, teamRead: 2 });
    const read = (body: { delivered?: number; read?: number }) => visitor.api.call(visitApi.read, { params: { conversation }, body });
    await read({ delivered: 2 });
    const seen = async () => (await operator().call(conversationsApi.messages, { params })).items.at(-1)?.delivery;
    expect(await seen()).toBe("delivered");
    expect(await read({ read: 2 })).toMatchObject({ visitorRead: 2, unread: 0 });
    expect(await read({ read: 1, delivered: 0 })).toMatchObject({ visitorRead: 2 });
    expect(await seen()).toBe("read");
    await operator().call(conversationsApi.send, { params, body: { id: newId(), body: "three" } });
    // An old report in the company of a new one.
    expect(await read({ read: 1, delivered: 3 })).toMatchObject({ visitorRead: 2, unread: 1 });
    expect(await read({ read: 99 })).toMatchObject({ visitorRead: 3 });
    const mark = (number: number) => operator().call(conversationsApi.read, { params, body: { number } });
    expect(await mark(2)).toEqual({ number: 2 });
    expect(await mark(1)).toEqual({ number: 2 });
    expect(await mark(50)).toEqual({ number: 4 });
    expect((await operator().call(conversationsApi.get, { params })).myReadNumber).toBe(4);
    expect((await admin().call(conversationsApi.get, { params })).myReadNumber).toBe(0);
  });
});

describe("lists and search", () => {
  it("puts the longest waiting first and pages without repeating", async () => {
    const first = await begun("long ago");
    world.clock.advance(60_000);
    const second = await begun("just now");
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await operator().call(conversationsApi.list, {
        query: { queue: "unassigned", limit: 2, ...(cursor ? { cursor } : {}) },
      });
      all.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(all).size).toBe(all.length);
    expect(all.indexOf(first.params.conversationId)).toBeLessThan(all.indexOf(second.params.conversationId));
    const counts = await operator().call(conversationsApi.counts);
    expect(counts.unassigned).toBe(all.length);
  });

  it("finds words of messages, notes and subjects, in Thai too, and only what the reader may read", async () => {
    const thai = await begun("อยากเปลี่ยนที่อยู่จัดส่งค่ะ");
    const { params } = await begun("The café au lait machine leaks");
    await operator().call(conversationsApi.note, { params, body: { id: newId(), body: "ask Warranty about gasket" } });
    await operator().call(conversationsApi.setSubject, { params, body: { subject: "Leaking machine" } });
    await takeAllWords.run(world.core, {});
    const search = async (who: ReturnType<typeof admin>, q: string) =>
      (await who.call(conversationsApi.search, { query: { q } })).items.map(({ message, conversation }) => [
        conversation.id,
        message?.body ?? "subject",
      ]);
    expect(await search(operator(), "cafe machi")).toEqual([[params.conversationId, "The café au lait machine leaks"]]);
    expect(await search(operator(), "gasket")).toEqual([[params.conversationId, "ask Warranty about gasket"]]);
    expect(await search(operator(), "leaking")).toEqual([[params.conversationId, "subject"]]);
    expect(await search(operator(), "ที่อยู่")).toEqual([[thai.params.conversationId, "อยากเปลี่ยนที่อยู่จัดส่งค่ะ"]]);
    expect(await search(world.api(tokens.stranger), "gasket")).toEqual([]);
    const far = await admin().call(teamApi.createTeam, { body: { id: newId(), name: `Hidden ${newId()}`, memberIds: [] } });
    await admin().call(conversationsApi.handOver, { params, body: { teamId: far.id, assigneeId: null } });
    expect(await search(operator(), "gasket")).toEqual([]);
    expect(await search(admin(), "gasket")).toHaveLength(1);
    for (const q of ["'", "a & | !", "c++", "\\", ":*", "%"]) await search(operator(), q);
  });

  it("keeps what was left while nobody was there, and makes the contact a lead", async () => {
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const leave = (more: object) => visitor.api.call(visitApi.leaveMessage, { body: { id: newId(), text: "please call", ...more } });
    expect(await problemOf(leave({}))).toBe("invalid_input");
    await leave({ name: "Kit", phone: "+66 81 234 5678" });
    const { items } = await operator().call(contactsApi.list, { query: { q: "0812345678" } });
    expect(items).toMatchObject([{ name: "Kit", lead: "new", verified: false }]);
    const listed = await operator().call(conversationsApi.list, { query: { contactId: items[0]?.id } });
    expect(listed.items).toMatchObject([{ preview: "please call", contact: { name: "Kit" } }]);
  });
});
