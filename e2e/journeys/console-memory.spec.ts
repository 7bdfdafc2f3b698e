/// <reference lib="dom" />
import type { Page } from "@playwright/test";
import { mali } from "../console.ts";
import { expect, test } from "../journey.ts";
import { guestOf, memberOf } from "../tenant.ts";

interface Held {
  heapBytes: number;
  nodes: number;
  listeners: number;
}

/** As far as a snapshot of the heap is read here. */
interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[]] } };
  nodes: number[];
}

/**
 * Bytes of everything that lives, but for the code itself: the browser compiles what runs often, and compiles it again, which is neither
 * held by the console nor ever finished.
 */
function bytesIn({ snapshot: { meta }, nodes }: Snapshot): number {
  const [kinds] = meta.node_types;
  const [kindAt, sizeAt] = ["type", "self_size"].map((field) => meta.node_fields.indexOf(field)) as [number, number];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += meta.node_fields.length)
    if (kinds[nodes[at + kindAt] ?? 0] !== "code") bytes += nodes[at + sizeAt] ?? 0;
  return bytes;
}

/** What the page still holds after everything that could be collected was: a snapshot collects first. */
async function held(page: Page): Promise<Held> {
  const browser = await page.context().newCDPSession(page);
  const pieces: string[] = [];
  browser.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void pieces.push(chunk));
  await browser.send("HeapProfiler.takeHeapSnapshot", {});
  const heapBytes = bytesIn(JSON.parse(pieces.join("")) as Snapshot);
  const { nodes, jsEventListeners } = await browser.send("Memory.getDOMCounters");
  await browser.detach();
  return { heapBytes, nodes, listeners: jsEventListeners };
}

test("two hundred conversation switches leave nothing behind", async ({ desk: sitDown, installation }) => {
  // As long as a slow machine needs to draw so many: what is judged is what is left, not how long it took.
  test.setTimeout(300_000);
  const me = await memberOf(installation, mali);
  const names = ["Left Hand", "Right Hand", "Third Hand"] as const;
  const guests = await Promise.all(names.map((name) => guestOf(installation, name, `${name} speaking`, me)));
  for (const guest of guests)
    for (let line = 0; line < 20; line += 1) await guest.says(`Line ${line}, long enough to be wrapped in a narrow pane`);
  const { page } = await sitDown();
  await expect(page.locator("[data-command-row]", { hasText: "Third Hand" })).toBeVisible();

  /** In the page, so that not the driver but the console is what is measured; each switch is drawn before the next. */
  const switches = (times: number) =>
    page.evaluate(
      async ([people, count]) => {
        const rowOf = (name: string) =>
          [...document.querySelectorAll<HTMLElement>("[data-region=list] [data-command-row]")].find((row) =>
            row.textContent.includes(name),
          );
        const shows = (name: string) =>
          document.querySelector("[data-region=pane] h2")?.textContent === name &&
          document.querySelector("[data-region=pane] [role=log]")?.textContent.includes("Line 19") === true;
        for (let index = 0; index < count; index += 1) {
          const name = people[index % people.length] ?? "";
          rowOf(name)?.click();
          for (let frame = 0; !shows(name); frame += 1) {
            if (frame > 600) throw new Error(`${name} is not shown`);
            await new Promise(requestAnimationFrame);
          }
        }
      },
      [[...names], times] as const,
    );

  await switches(60);
  const before = await held(page);
  await switches(200);
  const after = await held(page);
  expect(after.nodes).toBeLessThan(before.nodes * 1.1);
  expect(after.listeners).toBeLessThan(before.listeners * 1.1);
  expect(after.heapBytes).toBeLessThan(before.heapBytes * 1.1);
});
