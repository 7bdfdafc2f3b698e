/** No word that somebody wrote is lost when the conversation it was for is deleted, or leaves this computer. */
import { expect, it } from "vitest";
import { put, remove } from "@switchboard/shared/sync/view.ts";
import { contactOf, conversationOf, followupOf, taskOf } from "../testing/rows.ts";
import { createSimulated } from "../testing/simulated.ts";
import { openSimulated } from "../testing/simulated-console.ts";

async function withConversation(member: 0 | 1 = 0) {
  const sim = createSimulated(7);
  const made = await openSimulated({ sim, member });
  const [teamId = ""] = sim.teams;
  const [conversationId, contactId] = [sim.newId(), sim.newId()];
  sim.commit([
    put("contact", contactOf(contactId, { name: "Napat" })),
    put("conversation", conversationOf(conversationId, { contactId, teamId, visitorId: sim.newId() })),
  ]);
  await made.pass(500);
  const draft = (mode: "reply" | "note", text: string) =>
    made.page.do("draft.save", { tenantId: made.tenantId, placeId: conversationId, mode, text });
  const items = async () =>
    (await made.page.ask("outbox.list", {})).items.map(({ name, state, text, rejection }) => [name, state, text, rejection?.code]);
  return { made, sim, conversationId, teamId, draft, items };
}

it("drafts of a deleted conversation come back as cards, which stay until they are let go", async () => {
  const { made, sim, conversationId, draft, items } = await withConversation();
  await draft("reply", "The bowls come on Monday");
  await draft("note", "Ask Mali first");
  await made.pass(60_000);
  expect(await items()).toEqual([]);
  sim.commit([remove("conversation", conversationId)]);
  await made.pass(60_000);
  expect(await made.page.ask("conversation.open", { tenantId: made.tenantId, conversationId })).toBeNull();
  const cards = [
    ["addNote", "rejected", "Ask Mali first", "not_visible"],
    ["sendMessage", "rejected", "The bowls come on Monday", "not_visible"],
  ];
  expect(await items()).toEqual(expect.arrayContaining(cards));
  expect(await items()).toHaveLength(2);
  // Typed in the moment in which it went.
  await draft("reply", "On Tuesday");
  const again = await made.restart();
  await made.pass(60_000);
  const all = (await again.page.ask("outbox.list", {})).items;
  expect(new Set(all.map(({ text }) => text))).toEqual(new Set(["Ask Mali first", "On Tuesday", "The bowls come on Monday"]));
  expect(new Set(all.map(({ mid }) => mid)).size).toBe(3);
  for (const { mid } of all) await again.page.do("outbox.discard", { tenantId: made.tenantId, mid });
  await made.pass(60_000);
  expect((await again.page.ask("outbox.list", {})).items).toEqual([]);
  await again.remove();
});

it("a comment is there after a restart, and comes back as a card when its task is deleted", async () => {
  const { made, sim } = await withConversation(1);
  const task = taskOf(sim.newId(), { title: "Fire the kiln" });
  sim.commit([put("task", task)]);
  await made.pass(500);
  const of = { tenantId: made.tenantId, placeId: task.id, mode: "comment" as const };
  await made.page.do("draft.save", { ...of, text: "Not before Monday" });
  await made.pass(60_000);
  const again = await made.restart();
  await made.pass(60_000);
  expect((await again.page.ask("draft.open", of)).text).toBe("Not before Monday");
  sim.commit([remove("task", task.id)]);
  for (let turn = 0; turn < 5; turn += 1) await made.pass(60_000);
  const { items } = await again.page.ask("outbox.list", {});
  expect(items.map(({ name, state, text }) => [name, state, text])).toEqual([["addTaskComment", "rejected", "Not before Monday"]]);
  await again.remove();
});

it("what was begun in a form comes back with its words when what it came out of is gone; what came out of nothing stays", async () => {
  const { made, sim, conversationId, items } = await withConversation(1);
  const [followupId, contactId] = [sim.newId(), sim.newId()];
  sim.commit([put("followup", followupOf(followupId))]);
  await made.pass(500);
  const save = (placeId: string, mode: "task" | "followup" | "followupEdit" | "contactEdit", form: object) =>
    made.page.do("draft.save", { tenantId: made.tenantId, placeId, mode, text: JSON.stringify(form) });
  await save(conversationId, "task", { title: "Fire the kiln", description: "Before Monday", priority: "high" });
  await save(conversationId, "followup", { minutes: 45 });
  await save(followupId, "followupEdit", { what: { value: "Ask twice", over: "Ask" }, minutes: { value: 45, over: 30 } });
  await save(made.tenantId, "task", { title: "Of no conversation" });
  await made.pass(60_000);
  expect(await items()).toEqual([]);
  sim.commit([remove("conversation", conversationId), remove("followup", followupId)]);
  // One that was deleted before anybody looked.
  await save(contactId, "contactEdit", { name: { value: "Napat W.", over: "" }, company: { value: "Kiln and Co", over: "" } });
  for (let turn = 0; turn < 5; turn += 1) await made.pass(60_000);
  const cards = [
    ["createTask", "rejected", "Fire the kiln\nBefore Monday", "not_visible"],
    ["updateFollowup", "rejected", "Ask twice", "not_visible"],
    ["updateContact", "rejected", "Napat W.\nKiln and Co", "not_visible"],
  ];
  expect(await items()).toHaveLength(3);
  expect(await items()).toEqual(expect.arrayContaining(cards));
  // Nothing is left that nobody can see and a sign-out would ask about; what has its place is.
  const [tenant] = made.core.desk.tenants();
  expect(tenant?.drafts().map(({ placeId }) => placeId)).toEqual([made.tenantId]);
  await made.remove();
});

it("what was typed over a thing that is deleted meanwhile comes back with its words", async () => {
  const { made, sim } = await withConversation(1);
  const task = taskOf(sim.newId(), { title: "Fire the kiln" });
  sim.commit([put("task", task)]);
  await made.pass(500);
  sim.network("down");
  await made.page.do("mutate", {
    tenantId: made.tenantId,
    name: "updateTask",
    args: { taskId: task.id, changes: { description: "Half a page of words" } },
  });
  sim.commit([remove("task", task.id)]);
  sim.network("up");
  for (let turn = 0; turn < 20; turn += 1) await made.pass(10_000);
  const { items } = await made.page.ask("outbox.list", {});
  expect(items.map(({ name, state, text }) => [name, state, text])).toEqual([["updateTask", "rejected", "Half a page of words"]]);
  await made.remove();
});

it("a reply that was not yet sent comes back in the same way", async () => {
  const { made, sim, conversationId, items } = await withConversation();
  sim.network("down");
  const args = { id: sim.newId(), conversationId, body: "On Monday", expiresAt: null, seenNumber: 0, anyway: false };
  await made.page.do("mutate", { tenantId: made.tenantId, name: "sendMessage", args });
  sim.commit([remove("conversation", conversationId)]);
  await made.pass(1_000);
  expect(await items()).toEqual([["sendMessage", "pending", "On Monday", undefined]]);
  sim.network("up");
  for (let turn = 0; turn < 20; turn += 1) await made.pass(10_000);
  expect(await items()).toEqual([["sendMessage", "rejected", "On Monday", "not_visible"]]);
  await made.remove();
});

it("a draft stays a draft while its conversation is only closed, or the server does not answer", async () => {
  const { made, sim, conversationId, draft, items } = await withConversation();
  await draft("reply", "On Monday");
  const row = sim.database.get("conversation", conversationId);
  if (row) sim.commit([put("conversation", { ...row, status: "closed" })]);
  sim.network("down");
  await made.pass(60_000);
  sim.network("up");
  for (let turn = 0; turn < 20; turn += 1) await made.pass(10_000);
  expect(await items()).toEqual([]);
  const kept = await made.page.ask("draft.open", { tenantId: made.tenantId, placeId: conversationId, mode: "reply" });
  expect(kept.text).toBe("On Monday");
  await made.remove();
});
