/** Whether what was done is still so: the notice that offers to undo it goes when it is not. */
import { expect, it, onTestFinished } from "vitest";
import { put } from "@switchboard/shared/sync/view.ts";
import { createSimulated } from "../testing/simulated.ts";
import { openSimulated } from "../testing/simulated-console.ts";
import { conversationOf } from "../testing/rows.ts";

async function withConversation(fields: object = {}) {
  const sim = createSimulated(3);
  const conversationId = sim.newId();
  const made = await openSimulated({ sim, member: 1 });
  onTestFinished(() => made.remove());
  const { tenantId, memberId, page } = made;
  sim.commit([put("conversation", conversationOf(conversationId, { visitorId: sim.newId(), assigneeId: memberId, ...fields }))]);
  await made.pass(500);
  return {
    sim,
    memberId,
    async does(name: string, args: object) {
      const { mid } = await page.do("mutate", { tenantId, name, args: { conversationId, ...args } });
      return { tenantId, mid };
    },
    stands: async (...items: { tenantId: string; mid: number }[]) => (await page.ask("undo.standing", { items })).standing,
    undo: (item: { tenantId: string; mid: number }) => page.do("undo", item),
    async elsewhere(changes: object) {
      const row = sim.database.get("conversation", conversationId);
      if (row) sim.commit([put("conversation", { ...row, ...changes })]);
      await made.pass(500);
    },
    sent: () => made.pass(2_000),
  };
}

it("a conversation that I closed is so until it is opened again, by me or elsewhere", async () => {
  const { does, stands, elsewhere, sent } = await withConversation();
  const closed = await does("setStatus", { to: "closed" });
  expect(await stands(closed)).toBe(true);
  await sent();
  expect(await stands(closed)).toBe(true);
  await does("setStatus", { to: "open" });
  expect(await stands(closed)).toBe(false);
  const again = await does("setStatus", { to: "closed" });
  await sent();
  expect(await stands(again)).toBe(true);
  await elsewhere({ status: "open", closedAt: null });
  expect(await stands(again)).toBe(false);
});

it("what others change beside it does not end it", async () => {
  const { does, stands, elsewhere, sent, sim } = await withConversation();
  const mine = await does("assignConversation", { assigneeId: sim.members[0] });
  await sent();
  await elsewhere({ subject: "Delivery" });
  expect(await stands(mine)).toBe(true);
  await elsewhere({ assigneeId: sim.members[2] });
  expect(await stands(mine)).toBe(false);
});

it("snoozed until another time, it is no longer what I did", async () => {
  const { does, stands, elsewhere, sent } = await withConversation();
  const snoozed = await does("snooze", { until: { at: "2030-01-01T09:00:00.000Z", zone: "Asia/Bangkok" } });
  await sent();
  expect(await stands(snoozed)).toBe(true);
  await elsewhere({ snoozedUntil: "2030-01-02T09:00:00.000Z" });
  expect(await stands(snoozed)).toBe(false);
});

it("of several, one that is still so is enough", async () => {
  const { does, stands, undo } = await withConversation();
  const subject = await does("setSubject", { subject: "Delivery" });
  const closed = await does("setStatus", { to: "closed" });
  await undo(closed);
  expect(await stands(closed, subject)).toBe(true);
  await does("setSubject", { subject: "Return" });
  expect(await stands(subject)).toBe(false);
});
