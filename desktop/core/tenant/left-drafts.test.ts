/** No word that somebody wrote is lost when the conversation it was for is deleted, or leaves this computer. */
import { expect, it } from "vitest";
import { put, remove } from "@switchboard/shared/sync/view.ts";
import { contactOf, conversationOf } from "../testing/rows.ts";
import { createSimulated } from "../testing/simulated.ts";
import { openSimulated } from "../testing/simulated-console.ts";

async function withConversation() {
  const sim = createSimulated(7);
  const made = await openSimulated({ sim });
  const [teamId = ""] = sim.teams;
  const [conversationId, contactId] = [sim.newId(), sim.newId()];
  sim.commit([
    put("contact", contactOf(contactId, { name: "Napat" })),
    put("conversation", conversationOf(conversationId, { contactId, teamId, visitorId: sim.newId() })),
  ]);
  await made.pass(500);
  const draft = (mode: "reply" | "note", text: string) =>
    made.page.do("draft.save", { tenantId: made.tenantId, conversationId, mode, text });
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
  const kept = await made.page.ask("conversation.draft", { tenantId: made.tenantId, conversationId, mode: "reply" });
  expect(kept.text).toBe("On Monday");
  await made.remove();
});
