/** A computer whose clock is wrong: what the page is told goes by the server's time, and it learns how far its own is from that. */
import { expect, it, onTestFinished } from "vitest";
import { createSimulated } from "./testing/simulated.ts";
import { openSimulated } from "./testing/simulated-console.ts";

const behindMs = 90_000;

it("tells all times as the server's, and how far this computer is behind", async () => {
  const sim = createSimulated(5);
  const clock = { ...sim.clock, now: () => sim.clock.now() - behindMs };
  const made = await openSimulated({ sim, changes: { clock } });
  onTestFinished(() => made.remove());
  const state = () => made.page.ask("sync.state", {});
  const near = (time: string | null, ms: number) => expect(Math.abs(Date.parse(time ?? "") - ms)).toBeLessThan(1_000);

  expect(await state()).toMatchObject({ clockOffsetMs: behindMs, trouble: null });
  await made.page.do("alarms.silence", { minutes: 1 });
  near((await made.page.ask("alarms.state", {})).silentUntil, sim.clock.now() + 60_000);

  sim.network("down");
  const cut = sim.clock.now();
  await made.page.do("sync.now", {});
  await made.pass(10_000);
  const { link, since } = await state();
  expect(link).toBe("offline");
  near(since, cut);
  sim.network("up");
  await made.pass(70_000);
  const { lastOffline } = await state();
  near(lastOffline?.from ?? null, cut);
});
