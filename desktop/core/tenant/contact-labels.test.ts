/** A contact's labels on a computer: put on without a network, seen when a colleague changes them, taken back by "Undo". */
import { expect, it, onTestFinished } from "vitest";
import { put } from "@switchboard/shared/sync/view.ts";
import { createSimulated } from "../testing/simulated.ts";
import { openSimulated } from "../testing/simulated-console.ts";
import { contactOf, conversationOf } from "../testing/rows.ts";

async function withContact() {
  const sim = createSimulated(3);
  const [conversationId, contactId, vip, late] = [sim.newId(), sim.newId(), sim.newId(), sim.newId()];
  const made = await openSimulated({ sim, member: 1 });
  onTestFinished(() => made.remove());
  const { tenantId, memberId, page, pass } = made;
  sim.commit([
    put("label", { id: vip, name: "VIP", colour: "#112233" }),
    put("label", { id: late, name: "จ่ายช้า", colour: "#112233" }),
    put("contact", contactOf(contactId)),
    put("conversation", conversationOf(conversationId, { contactId, assigneeId: memberId })),
  ]);
  await pass(500);
  const atServer = () => sim.database.get("contact", contactId);
  return {
    sim,
    pass,
    vip,
    late,
    shown: async () => (await page.ask("conversation.open", { tenantId, conversationId }))?.contact.labels.map(({ name }) => name),
    async label(add: string[], remove: string[] = []) {
      const { mid } = await page.do("mutate", { tenantId, name: "setContactLabels", args: { contactId, add, remove } });
      return { tenantId, mid };
    },
    undo: (item: { tenantId: string; mid: number }) => page.do("undo", item),
    stands: async (item: { tenantId: string; mid: number }) => (await page.ask("undo.standing", { items: [item] })).standing,
    atServer,
    async colleague(labelIds: string[]) {
      const row = atServer();
      if (row) sim.commit([put("contact", { ...row, labelIds })]);
      await pass(500);
    },
    waiting: async () => (await page.ask("outbox.list", {})).items.map(({ name, about }) => [name, about.id]),
    contactId,
  };
}

it("a row from before contacts had labels wears none", async () => {
  const { shown, atServer } = await withContact();
  expect(await shown()).toEqual([]);
  expect(atServer()).not.toHaveProperty("labelIds");
});

it("shows at once what is put on without a network, and a colleague's beside it when the network is back", async () => {
  const { sim, pass, vip, late, shown, label, atServer, waiting, contactId, colleague } = await withContact();
  sim.network("down");
  await label([vip]);
  expect(await shown()).toEqual(["VIP"]);
  expect(await waiting()).toEqual([["setContactLabels", contactId]]);
  await colleague([late]);
  sim.network("up");
  await pass(120_000);
  expect(await waiting()).toEqual([]);
  expect(atServer()?.labelIds).toEqual([late, vip]);
  expect(await shown()).toEqual(["จ่ายช้า", "VIP"]);
});

it("is taken back by undo, without what a colleague put on meanwhile; with the last one the row is what it was", async () => {
  const { pass, vip, late, shown, label, undo, stands, atServer, colleague } = await withContact();
  const before = atServer();
  const done = await label([vip]);
  await pass(2_000);
  await colleague([vip, late]);
  expect(await stands(done)).toBe(true);
  await undo(done);
  await pass(2_000);
  expect(await shown()).toEqual(["จ่ายช้า"]);
  await label([], [late]);
  await pass(2_000);
  expect(atServer()).toEqual(before);
  expect(await shown()).toEqual([]);
});

it("is no longer what I did when a colleague took it off", async () => {
  const { pass, vip, late, label, stands, colleague } = await withContact();
  const done = await label([vip]);
  await pass(2_000);
  await colleague([late]);
  expect(await stands(done)).toBe(false);
});
