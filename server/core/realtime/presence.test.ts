import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { SharedBus } from "../redis.ts";
import { createCoalescer } from "./coalesce.ts";
import { createPresence, type Frame } from "./presence.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Told {
  tenantId: string;
  frame: Frame<{ page: string }>;
}

function presence(told: Told[], more: { node?: string; bus?: SharedBus } = {}) {
  return createPresence<{ page: string }>({
    name: "visitors",
    node: more.node ?? "one",
    bus: more.bus,
    everyMs: 1_000,
    lingerMs: 5_000,
    frameSize: 500,
    tell: (tenantId, frame) => void told.push({ tenantId, frame }),
  });
}

/** Two processes on one wire. */
function wire() {
  const listeners: ((message: string) => void)[] = [];
  const bus = () =>
    ({
      publish: (_channel: string, message: string) => listeners.forEach((listener) => listener(message)),
      subscribe: (_channel: string, listener: (message: string) => void) => {
        listeners.push(listener);
        return Promise.resolve();
      },
    }) as unknown as SharedBus; // presence uses these two
  return { bus };
}

it("tells thousands of flapping visitors in one frame a second, and only what differs at its end", () => {
  const told: Told[] = [];
  const here = presence(told);
  let changes = 0;
  for (let second = 0; second < 10; second += 1) {
    for (let n = 0; n < 400; n += 1) {
      // Everybody loads the next page several times a second: goes and comes, and ends where they were.
      for (let flap = 0; flap < 3; flap += 1) {
        here.here("t", `v${n}`, { page: "/a" });
        here.left("t", `v${n}`);
        changes += 2;
      }
    }
    vi.advanceTimersByTime(1_000);
  }
  expect(told.length).toBeLessThanOrEqual(2);
  const entries = told.reduce((sum, { frame }) => sum + frame.here.size + frame.gone.length, 0);
  expect(changes / entries).toBeGreaterThanOrEqual(10);
  vi.advanceTimersByTime(10_000);
  expect(told.at(-1)?.frame.gone).toHaveLength(400);
  expect(here.all("t").size).toBe(0);
});

it("keeps frames small and loses nothing by it", () => {
  const told: Told[] = [];
  const here = presence(told);
  for (let n = 0; n < 1_200; n += 1) here.here("t", `v${n}`, { page: "/a" });
  vi.advanceTimersByTime(5_000);
  expect(told.map(({ frame }) => frame.here.size)).toEqual([500, 500, 200]);
});

it("counts somebody as here while one of several sockets is", () => {
  const told: Told[] = [];
  const here = presence(told);
  here.here("t", "ann", { page: "/a" });
  here.here("t", "ann", { page: "/b" });
  here.left("t", "ann");
  vi.advanceTimersByTime(20_000);
  expect(here.facts("t", "ann")).toEqual({ page: "/b" });
  here.left("t", "ann");
  vi.advanceTimersByTime(20_000);
  expect(here.facts("t", "ann")).toBeUndefined();
});

it("somebody whose socket is still to come is here for a moment, and stays with it", () => {
  const here = presence([]);
  here.here("t", "ann", { page: "/a" }, 0);
  here.here("t", "bob", { page: "/a" }, 0);
  here.here("t", "ann", { page: "/a" });
  vi.advanceTimersByTime(20_000);
  expect([...here.all("t").keys()]).toEqual(["ann"]);
  here.left("t", "ann");
  here.here("t", "ann", { page: "/b" }, 0);
  vi.advanceTimersByTime(20_000);
  expect(here.facts("t", "ann")).toBeUndefined();
});

it("joins what processes know, and forgets one that says nothing more", async () => {
  const { bus } = wire();
  const told: Told[] = [];
  const one = presence(told, { node: "one", bus: bus() });
  const two = presence([], { node: "two", bus: bus() });
  await vi.advanceTimersByTimeAsync(1);
  two.here("t", "ann", { page: "/a" });
  await vi.advanceTimersByTimeAsync(1_500);
  expect(told.at(-1)?.frame.here.get("ann")).toEqual({ page: "/a" });
  // Here too: the other's going changes nothing.
  one.here("t", "ann", { page: "/a" });
  two.left("t", "ann");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(one.facts("t", "ann")).toEqual({ page: "/a" });
  two.here("t", "bob", { page: "/b" });
  await vi.advanceTimersByTimeAsync(1_500);
  expect(one.facts("t", "bob")).toEqual({ page: "/b" });
  two.stop();
  await vi.advanceTimersByTimeAsync(1_500);
  expect(one.facts("t", "bob")).toBeUndefined();
  one.stop();
});

it("lets the newest value through, the first at once, then one a pause", () => {
  const out: string[] = [];
  const coalescer = createCoalescer<string>(1_000, (key, value) => void out.push(`${key}${value}`));
  for (let n = 1; n <= 9; n += 1) coalescer.push("a", String(n));
  coalescer.push("b", "1");
  expect(out).toEqual(["a1", "b1"]);
  vi.advanceTimersByTime(1_000);
  expect(out).toEqual(["a1", "b1", "a9"]);
  vi.advanceTimersByTime(5_000);
  expect(coalescer.size()).toBe(0);
});

it("tells of a return in the moment after somebody counted as gone, because others may have looked meanwhile", () => {
  const told: Told[] = [];
  const here = presence(told);
  here.here("t", "mali", { page: "/a" });
  vi.advanceTimersByTime(1_000);
  here.left("t", "mali");
  vi.advanceTimersByTime(5_500);
  expect(here.all("t").size).toBe(0);
  here.here("t", "mali", { page: "/a" });
  vi.advanceTimersByTime(1_000);
  expect(told.map(({ frame }) => [...frame.here.keys()])).toEqual([["mali"], ["mali"]]);
});
