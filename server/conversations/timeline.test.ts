/** What of the event log reaches a device: only what a timeline tells, and only to whom the conversation is in sight. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import type { Rows } from "../../shared/sync/entities.ts";
import { eventId } from "../../shared/sync/ids.ts";
import { service, system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { pageKeyOf } from "../core/sync/synced.ts";
import { makeOffice, type Office, type Reader } from "../sync/testing/office.ts";
import { speaking } from "../sync/testing/device.ts";
import { due } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { syncedConversationEvent } from "./timeline.ts";

type Event = Rows["conversationEvent"];

let world: World;
let office: Office;
beforeAll(async () => {
  world = await createWorld();
  office = await makeOffice(world, "timeline.example");
});
afterAll(() => world.stop());

async function follow({ device }: Reader): Promise<void> {
  await world.settle();
  await device.follow();
}
const eventsOn = ({ device }: Reader, conversationId: string): Event[] =>
  [...device.cache.list("conversationEvent")].filter((one) => one.conversationId === conversationId).toSorted((a, b) => a.seq - b.seq);
const typesOn = (reader: Reader, conversationId: string) => eventsOn(reader, conversationId).map(({ type }) => type);

describe("the events of a conversation", () => {
  it("come to its readers with who did it, in the order of its messages, and without what others wrote", async () => {
    const { admin, inside, make } = office;
    const { id, contactId, write } = await make.conversation();
    const params = { conversationId: id };
    const labelId = (await admin.api.call(labelsApi.create, { body: { id: newId(), name: "Urgent", colour: "#aa0000" } })).id;
    const note = { id: newId(), body: "The code of the safe is 4711." };
    await admin.api.call(conversationsApi.assign, { params, body: { assigneeId: admin.member.memberId } });
    await admin.api.call(conversationsApi.setLabels, { params, body: { add: [labelId], remove: [] } });
    await admin.api.call(conversationsApi.handOver, {
      params,
      body: { teamId: null, assigneeId: inside.member.memberId, comment: note },
    });
    await inside.api.call(conversationsApi.snooze, { params, body: { until: due } });
    await inside.api.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    await write("Still there?");
    await follow(inside);

    const told = eventsOn(inside, id);
    expect(told.map(({ type, byId, data }) => [type, byId, data])).toEqual([
      ["conversation.started", null, {}],
      ["conversation.assigned", admin.member.memberId, { from: null, to: admin.member.memberId, reason: null }],
      ["conversation.labelled", admin.member.memberId, { added: [labelId], removed: [] }],
      [
        "conversation.handed_over",
        admin.member.memberId,
        { fromTeam: null, toTeam: null, from: admin.member.memberId, to: inside.member.memberId, noteId: note.id },
      ],
      ["conversation.snoozed", inside.member.memberId, { until: due.at }],
      ["conversation.closed", inside.member.memberId, {}],
      ["conversation.reopened", null, { by: "visitor" }],
      // Nobody sits at a desk in this test.
      ["conversation.returned", null, { from: inside.member.memberId, reason: "not_here" }],
    ]);
    expect(told.map(({ id: eventKey, seq }) => eventKey === eventId(seq))).not.toContain(false);
    const last = [...inside.device.cache.list("message")].filter((one) => one.conversationId === id).at(-1);
    expect(told.find(({ type }) => type === "conversation.closed")?.seq).toBeLessThan(last?.seq ?? 0);
    expect(JSON.stringify(told)).not.toContain("4711");
    expect(JSON.stringify(told)).not.toContain(contactId);
  });

  it("tell nobody of tasks and follow-ups, which only some may see", async () => {
    const { admin, make } = office;
    const { id } = await make.conversation();
    const taskId = newId();
    await admin.api.call(tasksApi.create, { body: { id: taskId, title: "Secret plan", due, conversationId: id } });
    await admin.api.call(followupsApi.create, { body: { id: newId(), due, type: "Call", channel: "phone", conversationId: id } });
    const logged = await world.core.work(system("test"), (unit) =>
      unit.rows<{ type: string }>(sql`select type from event_log where conversation_id = ${id} order by seq`),
    );
    expect(logged.map(({ type }) => type)).toEqual(expect.arrayContaining(["task.created", "followup.scheduled"]));
    for (const reader of office.readers) {
      await follow(reader);
      expect([reader.name, typesOn(reader, id)]).toEqual([reader.name, ["conversation.started"]]);
    }
  });

  it("are with the team that has the conversation: they come with it, and go with it", async () => {
    const { admin, inside, outside, make } = office;
    const { id } = await make.conversation(office.teamId);
    const params = { conversationId: id };
    for (const reader of [inside, outside]) await follow(reader);
    expect(typesOn(inside, id)).toEqual(["conversation.started", "conversation.handed_over"]);
    expect(typesOn(outside, id)).toEqual([]);

    const place = { teamId: office.teamId, memberId: outside.member.memberId };
    await admin.api.call(teamApi.addTeamMember, { params: place });
    await follow(outside);
    expect(typesOn(outside, id)).toEqual(typesOn(inside, id));
    await admin.api.call(teamApi.removeTeamMember, { params: place });
    await admin.api.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    await follow(outside);
    expect(typesOn(outside, id)).toEqual([]);
    expect(outside.device.rows().join()).not.toContain(id);
    const query = { ...speaking, device: outside.device.id(), conversation: id };
    await expect(outside.api.call(syncApi.history, { query })).rejects.toMatchObject({ code: "not_found" });
  });

  it("come with the older messages between which they happened, each once", async () => {
    const { admin, make } = office;
    const { id, write } = await make.conversation();
    const params = { conversationId: id };
    for (let round = 1; round <= 4; round += 1) {
      await admin.api.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
      await write(`Again ${round}`);
    }
    const pages: Event[][] = [];
    const pageOf = async (before?: number) => {
      const query = { ...speaking, device: admin.device.id(), conversation: id, limit: 2, ...(before === undefined ? {} : { before }) };
      const answer = await admin.api.call(syncApi.history, { query });
      pages.unshift(answer.rows.flatMap((one) => (one.entity === "conversationEvent" ? [one.row as Event] : []))); // told by its name
      return answer;
    };
    for (let answer = await pageOf(); !answer.complete; answer = await pageOf(answer.from));
    expect(pages).toHaveLength(3);
    const round = ["conversation.closed", "conversation.reopened"];
    const types = pages.map((page) => page.toSorted((a, b) => a.seq - b.seq).map(({ type }) => type));
    expect(types.flat()).toEqual(["conversation.started", ...round, ...round, ...round, ...round]);
    expect(types.map(({ length }) => length > 0)).toEqual([true, true, true]);
  });

  it("are read alike by page, by id and by conversation", async () => {
    await world.core.work(
      service(office.tenant.id, "a test"),
      async (unit) => {
        const paged = (await syncedConversationEvent.page(unit, null, 1_000)) as Event[];
        expect(paged.length).toBeGreaterThan(10);
        for (const [at, row] of paged.entries())
          expect(await syncedConversationEvent.page(unit, pageKeyOf(syncedConversationEvent, row), 1_000)).toEqual(paged.slice(at + 1));
        const bySeq = (rows: readonly object[]) => (rows as Event[]).toSorted((a, b) => a.seq - b.seq);
        const ids = paged.map(({ id }) => id);
        expect(bySeq(await syncedConversationEvent.load(unit, [...ids, newId()]))).toEqual(bySeq(paged));
        const heads = [...new Set(paged.map(({ conversationId }) => conversationId))];
        expect(bySeq((await syncedConversationEvent.ofParents?.(unit, heads)) ?? [])).toEqual(bySeq(paged));
      },
      { readOnly: true },
    );
  });
});
