/**
 * B15: from nothing to the inbox, with a hundred thousand messages on this computer, and the memory that it takes. Floor: an empty page of
 * the same host in the same browser. The moment of the first rows is read from the page's own clock.
 */
import { readdirSync, readFileSync } from "node:fs";
import type { Benchmark } from "../harness/benchmark.ts";
import { openWindows, type Window } from "./window.ts";

/** So many rows stand in the list when it can be worked with. */
const rowsOf = { bare: 1, console: 10 };

const untilRows = (rows: number) => `
  window.benchShown = new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (document.querySelectorAll("[data-command-row]").length < ${rows}) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
    }).observe(document, { childList: true, subtree: true });
  });`;

/** Afterwards nothing is loaded or drawn for the first time. */
const calmMs = 1_500;

export const start: Benchmark = {
  name: "start",
  measures: "B15: the console's start to its inbox with 100 000 local messages, and the memory of all its processes",
  async prepare(say) {
    const windows = await openWindows(say);
    async function started(side: "bare" | "console"): Promise<readonly number[]> {
      const began = Date.now();
      const script = untilRows(rowsOf[side]);
      const window = await (side === "bare" ? windows.bare(script, "empty") : windows.console(script));
      try {
        const shown = await window.page.evaluate<number>("window.benchShown");
        await new Promise((resolve) => setTimeout(resolve, calmMs));
        return [shown - began, memoryOf(window)];
      } finally {
        await window.close();
      }
    }
    return {
      parts: [
        {
          of: [
            { name: "start", unit: "ms", ratio: 1, better: "lower", allowance: 400 },
            { name: "start-memory", unit: "MB", ratio: 1.6, better: "lower" },
          ],
          floor: () => started("bare"),
          product: () => started("console"),
        },
      ],
      close: () => windows.close(),
    };
  },
};

/** Resident memory of the host and of every process of the browser, in MB. */
function memoryOf({ host, profile }: Window): number {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/u.test(name));
  const seen = processes.flatMap((pid) => {
    try {
      const parent = Number(/^PPid:\s+(\d+)$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
      return [{ pid: Number(pid), parent, browser: readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`--user-data-dir=${profile}`) }];
    } catch {
      return []; // ended meanwhile
    }
  });
  const ours = new Set([host.pid, ...seen.filter(({ browser }) => browser).map(({ pid }) => pid)]);
  for (let before = 0; before !== ours.size;) {
    before = ours.size;
    for (const { pid, parent } of seen) if (ours.has(parent)) ours.add(pid);
  }
  return [...ours].reduce((sum, pid) => sum + residentOf(pid), 0) / 1_024;
}

function residentOf(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0; // ended meanwhile
  }
}
