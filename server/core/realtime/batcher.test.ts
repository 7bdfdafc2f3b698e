import { expect, it, vi } from "vitest";
import { createBatcher } from "./batcher.ts";
import { createTenantQueue } from "./tenant-queue.ts";

class Deadlock extends Error {}

function batcher(run: (items: readonly string[]) => Promise<string[]>, more: { lanes?: number; most?: number; mostWaiting?: number } = {}) {
  return createBatcher<string, string>({
    lanes: more.lanes ?? 1,
    most: more.most ?? 100,
    mostWaiting: more.mostWaiting ?? 1_000,
    retries: 3,
    run,
    laneOf: (item) => item.slice(0, 1),
    isRetryable: (error) => error instanceof Deadlock,
    pause: () => Promise.resolve(),
    refused: () => new Error("busy"),
    held: {
      is: (result) => result === "held",
      of: (item) => item.slice(0, 1),
      pause: () => new Promise((resolve) => setTimeout(resolve, 2)),
      tries: 5,
    },
  });
}

it("takes together what comes while a batch runs, in order", async () => {
  const batches: string[][] = [];
  const { add } = batcher(async (items) => {
    batches.push([...items]);
    await new Promise((resolve) => setImmediate(resolve));
    return items.map((item) => item.toUpperCase());
  });
  const first = Promise.all(["a1", "a2"].map(add));
  await new Promise((resolve) => setImmediate(resolve));
  const rest = Promise.all(["a3", "a4", "a5"].map(add));
  expect([...(await first), ...(await rest)]).toEqual(["A1", "A2", "A3", "A4", "A5"]);
  expect(batches).toEqual([
    ["a1", "a2"],
    ["a3", "a4", "a5"],
  ]);
});

it("runs a batch again whole after a deadlock, and gives up honestly", async () => {
  let left = 2;
  const seen: number[] = [];
  const { add } = batcher((items) => {
    seen.push(items.length);
    return left-- > 0 ? Promise.reject(new Deadlock()) : Promise.resolve([...items]);
  });
  expect(await Promise.all(["a", "b", "c"].map(add))).toEqual(["a", "b", "c"]);
  expect(seen).toEqual([3, 3, 3]);
  left = 10;
  const results = await Promise.allSettled(["d", "e"].map(add));
  expect(results.every(({ status }) => status === "rejected")).toBe(true);
});

it("keeps what is held before what comes later for the same thing, and lets others pass", async () => {
  const stored: string[] = [];
  let free = false;
  const { add } = batcher(
    async (items) => {
      const results = items.map((item) => (item.startsWith("a") && !free ? "held" : item));
      stored.push(...results.filter((result) => result !== "held"));
      // The thing becomes free the moment after it was found held: what waits behind must not slip in.
      if (stored.length > 2) free = true;
      await new Promise((resolve) => setImmediate(resolve));
      return results;
    },
    { most: 2 },
  );
  const all = Promise.all(["a1", "b1", "a2", "b2", "b3", "a3"].map(add));
  expect(await all).toEqual(["a1", "b1", "a2", "b2", "b3", "a3"]);
  expect(stored).toEqual(["b1", "b2", "b3", "a1", "a2", "a3"]);
});

it("gives up on what stays held", async () => {
  let runs = 0;
  const { add } = batcher((items) => {
    runs += 1;
    return Promise.resolve(items.map(() => "held"));
  });
  expect(await add("a1")).toBe("held");
  expect(runs).toBe(5);
});

it("finds the one that fails by halves", async () => {
  const { add } = batcher((items) => (items.includes("bad") ? Promise.reject(new Error("no")) : Promise.resolve([...items])));
  const results = await Promise.allSettled(["a", "b", "bad", "c", "d"].map(add));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled", "fulfilled"]);
});

it("keeps the order of what is held also where halves are tried one after the other", async () => {
  const stored: string[] = [];
  let free = false;
  const { add } = batcher((items) => {
    if (items.includes("bad")) return Promise.reject(new Error("no"));
    const results = items.map((item) => (item.startsWith("a") && !free ? "held" : item));
    stored.push(...results.filter((result) => result !== "held"));
    // Let go between the halves.
    free = true;
    return Promise.resolve(results);
  });
  const results = await Promise.allSettled(["a1", "a2", "a3", "c1", "bad", "a4", "a5", "c2"].map(add));
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(stored).toEqual(["c1", "c2", "a1", "a2", "a3", "a4", "a5"]);
});

it("refuses what would wait too long, at once", async () => {
  const { add, waiting } = batcher(() => new Promise(() => undefined), { mostWaiting: 3, most: 1 });
  void add("a").catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  for (let n = 0; n < 3; n += 1) void add(`a${n}`);
  expect(waiting()).toBe(3);
  await expect(add("a9")).rejects.toThrow("busy");
});

it("runs a tenant's steps one after the other, at once where nobody waits, and goes on after a failure", async () => {
  const done: string[] = [];
  const failures: unknown[] = [];
  const queue = createTenantQueue((error) => void failures.push(error));
  queue.run("a", () => void done.push("now"));
  expect(done).toEqual(["now"]);
  queue.run("a", async () => {
    await new Promise((resolve) => setImmediate(resolve));
    done.push("slow");
  });
  queue.run("a", () => {
    throw new Error("no");
  });
  queue.run("a", () => void done.push("after"));
  queue.run("b", () => void done.push("other tenant"));
  expect(done).toEqual(["now", "other tenant"]);
  expect(queue.waiting("a")).toBe(3);
  await vi.waitFor(() => expect(queue.waiting("a")).toBe(0));
  expect(done).toEqual(["now", "other tenant", "slow", "after"]);
  expect(failures).toHaveLength(1);
});
