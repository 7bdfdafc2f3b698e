/**
 * B8: what the widget costs a page before anybody clicks. Floor: the same page without it. The main thread's time is Chromium's own
 * account of its tasks; moves, long tasks and requests are read from the page.
 */
import { createRequire } from "node:module";
import type { Benchmark, Part } from "../harness/benchmark.ts";
import { startChild } from "../harness/children.ts";
import { startCluster } from "../harness/cluster.ts";
import { median } from "../harness/judge.ts";
import { seed } from "../seed/seed.ts";
import { buildWidget } from "./built.ts";
import { openShop } from "./shop.ts";

// Playwright belongs to the journeys' workspace.
const { chromium } = createRequire(new URL("../../e2e/package.json", import.meta.url))("@playwright/test") as {
  chromium: { launch(options: object): Promise<Browser> };
};
interface Cdp {
  send(method: string, params?: object): Promise<{ metrics: { name: string; value: number }[] }>;
}
interface Page {
  goto(address: string, options: object): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
}
interface Context {
  newPage(): Promise<Page>;
  newCDPSession(page: Page): Promise<Cdp>;
  close(): Promise<void>;
}
interface Browser {
  newContext(): Promise<Context>;
  close(): Promise<void>;
}

interface Loaded {
  taskMs: number;
  moved: number;
  longest: number;
  requests: number;
}

/** Loads of one run, each in a browser profile of its own: nothing comes from a cache. */
const loads = 5;
const launched = 'document.querySelector("body > div")?.shadowRoot?.querySelector("button") != null';
/** As long with the widget as without it, and nobody asks meanwhile: whoever polls a page works in its main thread. */
const settled = "new Promise((resolve) => setTimeout(resolve, 800))";
const seen = "({ ...window.seen, requests: performance.getEntriesByType('resource').length })";

async function load(browser: Browser, address: string, slower: number): Promise<Loaded> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable");
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(settled);
    const { metrics } = await cdp.send("Performance.getMetrics");
    const found = await page.evaluate<Omit<Loaded, "taskMs">>(seen);
    if (address.endsWith("/chatting") && !(await page.evaluate<boolean>(launched))) throw new Error("The launcher is not there.");
    const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
    return { ...found, taskMs: seconds * 1000 };
  } finally {
    await context.close();
  }
}

export const widgetCost: Benchmark = {
  name: "widget-cost",
  measures: "B8: main-thread time, moves, long tasks and requests that the widget adds to a page before anybody clicks",
  async prepare() {
    await buildWidget();
    const cluster = await startCluster();
    const urls = await cluster.database("widget");
    await seed({ systemUrl: urls.system, tenants: 1, conversations: 1 });
    const server = await startChild(new URL("../harness/server.ts", import.meta.url), [urls.app, urls.system], ["--expose-gc"]);
    const shop = await openShop(String(server.ready["url"]), "house-1");
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });

    function part(name: string, slower: number, allowance: number): Part {
      async function run(address: string, mostRequests: number): Promise<number> {
        const times: number[] = [];
        for (let turn = 0; turn < loads; turn += 1) {
          const { taskMs, moved, longest, requests } = await load(browser, address, slower);
          // A slowed browser makes the page's own tasks long; only the widget's part counts then, and it is in the sum.
          if (moved > 0 || requests > mostRequests || (slower === 1 && longest > 50))
            throw new Error(`${address} moved by ${moved}, made ${requests} requests and its longest task took ${longest} ms.`);
          times.push(taskMs);
        }
        return median(times);
      }
      const unit = "ms of main thread";
      return { name, unit, ratio: 1, better: "lower", allowance, floor: () => run(shop.plain, 0), product: () => run(shop.chatting, 2) };
    }
    return {
      parts: [part("widget-cost", 1, 10), part("widget-cost-slow", 4, 40)],
      async close() {
        await browser.close();
        shop.close();
        await server.stop();
        await cluster.stop();
      },
    };
  },
};
