/** Back to unread by hand: seen on every computer of mine, by nobody else, and over when I answer. */
import { expect, it, onTestFinished } from "vitest";
import { openSimulated, type SimulatedConsole } from "../testing/simulated-console.ts";
import { createSimulated, visitorSays, type Simulated } from "../testing/simulated.ts";

async function computer(sim: Simulated, member: 0 | 1): Promise<SimulatedConsole> {
  const made = await openSimulated({ sim, member });
  onTestFinished(() => made.remove());
  return made;
}

it("shows the dot again on my computers, finds it by the filter, and ends with my answer", async () => {
  const sim = createSimulated(5);
  const [conversation] = sim.database.list("conversation").filter(({ status }) => status === "open");
  if (!conversation) throw new Error("no open conversation");
  visitorSays(sim, conversation.id, "Are you there?");
  const [mine, other, colleague] = [await computer(sim, 0), await computer(sim, 0), await computer(sim, 1)];
  const of = { tenantId: mine.tenantId, conversationId: conversation.id };
  const unreadAt = async ({ page }: SimulatedConsole) => (await page.ask("conversation.open", of))?.unread;
  const filtered = async ({ page }: SimulatedConsole) =>
    (await page.ask("inbox.list", { tenants: "all", queue: "team", filter: { unread: true } })).items.map(({ id }) => id);

  for (const { page } of [mine, colleague])
    await page.do("mutate", { tenantId: of.tenantId, name: "markRead", args: { conversationId: of.conversationId, number: 1_000 } });
  await mine.pass(2_000);
  expect([await unreadAt(mine), await unreadAt(other), await unreadAt(colleague)]).toEqual([false, false, false]);

  await mine.page.do("conversation.unread", { ...of, on: true });
  await mine.pass(2_000);
  expect([await unreadAt(mine), await unreadAt(other), await unreadAt(colleague)]).toEqual([true, true, false]);
  expect(await filtered(mine)).toContain(of.conversationId);
  expect(await filtered(colleague)).not.toContain(of.conversationId);

  const answer = { id: sim.newId(), conversationId: of.conversationId, body: "I am.", expiresAt: null, seenNumber: 1_000, anyway: true };
  await other.page.do("mutate", { tenantId: of.tenantId, name: "sendMessage", args: answer });
  await mine.pass(2_000);
  // As the pane does that shows it.
  const seen = { conversationId: of.conversationId, number: 1_000 };
  await other.page.do("mutate", { tenantId: of.tenantId, name: "markRead", args: seen });
  await mine.pass(2_000);
  expect([await unreadAt(mine), await unreadAt(other)]).toEqual([false, false]);
  expect(await filtered(mine)).not.toContain(of.conversationId);
});
