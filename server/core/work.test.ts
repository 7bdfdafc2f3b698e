import { describe, expect, it } from "vitest";
import { service } from "./actor.ts";
import { newId } from "./ids.ts";
import { untilClosed, type Unit, type Work } from "./work.ts";

const actor = service(newId(), "test");
/** Without a database: only when a unit begins and ends is looked at. */
const bare: Work = (_actor, fn) => fn({} as Unit<never>);

describe("work that is to end", () => {
  it("waits for what was begun, also for what fails, and begins nothing new", async () => {
    const { work, close } = untilClosed(bare);
    const ends: (() => void)[] = [];
    const first = work(actor, () => new Promise<string>((resolve) => ends.push(() => resolve("done"))));
    const second = work(actor, () => new Promise((_resolve, reject) => ends.push(() => reject(new Error("broken")))));
    const failed = expect(second).rejects.toThrow("broken");
    let closed = false;
    const closing = close().then(() => (closed = true));
    await expect(work(actor, async () => "late")).rejects.toMatchObject({ code: "unavailable" });
    ends[1]?.();
    await failed;
    expect(closed).toBe(false);
    ends[0]?.();
    expect(await first).toBe("done");
    await closing;
  });

  it("ends at once when nothing is going on", async () => {
    const { work, close } = untilClosed(bare);
    expect(await work(actor, async () => 1)).toBe(1);
    await close();
  });
});
