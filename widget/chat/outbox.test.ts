import { describe, expect, it } from "vitest";
import { Refusal } from "./api.ts";
import { createKeep } from "./keep.ts";
import { createOutbox, type Pending } from "./outbox.ts";

/** The page's storage, which outlives pages and is shared by tabs. */
class Shelf {
  entries = new Map<string, string>();
  blocked = false;
  storage(): Storage {
    if (this.blocked) throw new DOMException("blocked", "SecurityError");
    const target = {
      getItem: (key: string) => this.entries.get(key) ?? null,
      setItem: (key: string, value: string) => void this.entries.set(key, value),
      removeItem: (key: string) => void this.entries.delete(key),
    };
    return new Proxy(target, {
      ownKeys: () => [...this.entries.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    }) as unknown as Storage;
  }
}

/** What a server does with messages: one id counts once, and its answer may be lost on the way back. */
class Post {
  log: { id: string; text: string }[] = [];
  attempts: string[] = [];
  next: ("take" | "lose request" | "lose answer" | Refusal)[] = [];
  async send(entry: Pending): Promise<void> {
    this.attempts.push(entry.id);
    const fate = this.next.shift() ?? "take";
    await Promise.resolve();
    if (fate instanceof Refusal) throw fate;
    if (fate === "lose request") throw new TypeError("network");
    if (!this.log.some((known) => known.id === entry.id)) this.log.push({ id: entry.id, text: entry.text });
    if (fate === "lose answer") throw new TypeError("network");
  }
}

let ids = 0;
function tab(shelf: Shelf, post: Post) {
  const timers: { run: () => void; ms: number }[] = [];
  const seen: { held: (number | null)[]; stopped: Refusal[]; changes: number } = { held: [], stopped: [], changes: 0 };
  const outbox = createOutbox({
    keep: createKeep("t:", () => shelf.storage()),
    now: () => 1_000,
    newId: () => `id-${++ids}`,
    send: (entry) => post.send(entry),
    changed: () => seen.changes++,
    held: (until) => seen.held.push(until),
    stopped: (problem) => seen.stopped.push(problem),
    later: (run, ms) => timers.push({ run, ms }),
  });
  return { outbox, timers, seen };
}
const settled = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};
const refusal = (code: ConstructorParameters<typeof Refusal>[0]["code"] & string, seconds = 0) => new Refusal({ code }, seconds);

describe("the visitor's outbox", () => {
  it("sends in the order of writing and drops what is acknowledged", async () => {
    const [shelf, post] = [new Shelf(), new Post()];
    const { outbox } = tab(shelf, post);
    for (const text of ["one", "two", "three"]) outbox.add(text, null);
    await settled();
    expect(post.log.map((entry) => entry.text)).toEqual(["one", "two", "three"]);
    expect(outbox.entries()).toEqual([]);
    expect(shelf.entries.size).toBe(0);
  });

  it("repeats with the same id until it is acknowledged, and never lets a later message pass", async () => {
    const [shelf, post] = [new Shelf(), new Post()];
    const { outbox, timers } = tab(shelf, post);
    post.next = ["lose answer", "lose request"];
    outbox.add("one", null);
    outbox.add("two", null);
    await settled();
    expect(outbox.entries().map((entry) => entry.text)).toEqual(["one", "two"]);
    timers.shift()?.run();
    await settled();
    timers.shift()?.run();
    await settled();
    expect(post.log.map((entry) => entry.text)).toEqual(["one", "two"]);
    expect(new Set(post.attempts).size).toBe(2);
    expect(post.attempts.length).toBe(4);
    expect(outbox.entries()).toEqual([]);
  });

  it("survives the page: the next one sends what this one could not", async () => {
    const [shelf, post] = [new Shelf(), new Post()];
    post.next = ["lose answer"];
    const before = tab(shelf, post);
    before.outbox.add("written just before leaving", "c1");
    await settled();
    const after = tab(shelf, post);
    expect(after.outbox.entries()).toMatchObject([{ text: "written just before leaving", conversation: "c1" }]);
    await after.outbox.flush();
    expect(post.log.map((entry) => entry.text)).toEqual(["written just before leaving"]);
    expect(shelf.entries.size).toBe(0);
  });

  it("is one outbox in two tabs: both send, the server counts once, both end empty", async () => {
    const [shelf, post] = [new Shelf(), new Post()];
    const [one, two] = [tab(shelf, post), tab(shelf, post)];
    one.outbox.add("from one", null);
    two.outbox.add("from two", null);
    await settled();
    expect(post.log.map((entry) => entry.text).toSorted()).toEqual(["from one", "from two"]);
    expect(one.outbox.entries()).toEqual([]);
    expect(two.outbox.entries()).toEqual([]);
  });

  it("works in memory where storage is blocked", async () => {
    const [shelf, post] = [new Shelf(), new Post()];
    shelf.blocked = true;
    const { outbox, timers } = tab(shelf, post);
    post.next = ["lose request"];
    outbox.add("kept in memory", null);
    await settled();
    expect(outbox.entries()).toHaveLength(1);
    timers.shift()?.run();
    await settled();
    expect(post.log).toHaveLength(1);
    expect(outbox.entries()).toEqual([]);
  });

  it("waits as long as the server asks, says so, and goes on by itself", async () => {
    const post = new Post();
    const { outbox, timers, seen } = tab(new Shelf(), post);
    post.next = [refusal("rate_limited", 7)];
    outbox.add("one too many", null);
    await settled();
    await outbox.flush();
    expect(post.attempts).toHaveLength(1);
    expect(timers.map((timer) => timer.ms)).toEqual([7_000]);
    timers.shift()?.run();
    await settled();
    expect(seen.held).toEqual([8_000, null]);
    expect(post.log).toHaveLength(1);
  });

  it("keeps a refused text for the visitor to decide, and lets the next one go", async () => {
    const post = new Post();
    const { outbox } = tab(new Shelf(), post);
    post.next = [refusal("too_large")];
    const refused = outbox.add("far too long", null);
    outbox.add("fine", null);
    await settled();
    expect(post.log.map((entry) => entry.text)).toEqual(["fine"]);
    expect(outbox.entries()).toMatchObject([{ text: "far too long", refused: "too_large" }]);
    outbox.retry(refused.id);
    await settled();
    expect(post.log.map((entry) => entry.text)).toEqual(["fine", "far too long"]);
  });

  it("stops, and keeps everything, when the visitor as a whole is refused", async () => {
    const post = new Post();
    const { outbox, seen, timers } = tab(new Shelf(), post);
    post.next = [refusal("visitor_blocked")];
    outbox.add("one", null);
    await settled();
    expect(seen.stopped[0]?.code).toBe("visitor_blocked");
    expect(timers).toEqual([]);
    expect(outbox.entries()).toHaveLength(1);
    await outbox.flush();
    expect(post.log).toHaveLength(1);
  });

  it("does not sit out its own patience when the connection is back", async () => {
    const post = new Post();
    const { outbox, timers } = tab(new Shelf(), post);
    post.next = ["lose request", "lose request"];
    outbox.add("waiting", null);
    await settled();
    timers.pop()?.run();
    await settled();
    await outbox.flush();
    expect(post.log).toHaveLength(1);
  });

  it("tries less and less often while the server is away", async () => {
    const post = new Post();
    const { outbox, timers } = tab(new Shelf(), post);
    post.next = Array.from({ length: 8 }, () => "lose request" as const);
    outbox.add("patient", null);
    await settled();
    const waits: number[] = [];
    for (let turn = 0; turn < 7; turn++) {
      const timer = timers.shift();
      waits.push(timer?.ms ?? 0);
      timer?.run();
      await settled();
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it("forgets nothing and invents nothing when storage holds rubbish", () => {
    const shelf = new Shelf();
    shelf.entries.set("t:out:x", "{not json");
    shelf.entries.set("t:out:y", '{"id":3}');
    shelf.entries.set("other:out:z", '{"id":"z","text":"foreign","at":1,"conversation":null}');
    expect(tab(shelf, new Post()).outbox.entries()).toEqual([]);
  });

  it("drops an entry that stands in the history", () => {
    const post = new Post();
    post.next = ["lose answer"];
    const { outbox } = tab(new Shelf(), post);
    const entry = outbox.add("arrived", null);
    outbox.confirm(entry.id);
    outbox.confirm("unknown");
    expect(outbox.entries()).toEqual([]);
  });
});
