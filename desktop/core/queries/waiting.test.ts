import { expect, it, onTestFinished } from "vitest";
import { openSimulated } from "../testing/simulated-console.ts";
import { createSimulated, visitorSays } from "../testing/simulated.ts";

it("a visitor waits until the conversation is closed, also when the last word was theirs", async () => {
  const sim = createSimulated(5);
  const [conversation] = sim.database.list("conversation").filter(({ status }) => status === "open");
  if (!conversation) throw new Error("no open conversation");
  visitorSays(sim, conversation.id, "Wonderful, thank you");
  const { page, tenantId, pass, remove } = await openSimulated({ sim, member: 0 });
  onTestFinished(() => remove());
  const waiting = async () => (await page.ask("conversation.open", { tenantId, conversationId: conversation.id }))?.waitingSince;
  expect(await waiting()).toEqual(expect.any(String));
  await page.do("mutate", { tenantId, name: "setStatus", args: { conversationId: conversation.id, to: "closed" } });
  await pass(2_000);
  expect(await waiting()).toBeNull();
});
