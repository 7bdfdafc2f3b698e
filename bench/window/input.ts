/**
 * B16: from a key to its letter on the screen, from Enter to one's own message, from a click to the other conversation, with a hundred
 * thousand messages on this computer. Floor: a plain list of React with as many nodes, in the same browser. Times are the page's: from
 * the event's own stamp to the end of the frame that shows its result.
 */
import type { Benchmark } from "../harness/benchmark.ts";
import type { Page } from "../harness/chromium.ts";
import { percentile } from "../harness/judge.ts";
import { openWindows } from "./window.ts";

const keys = 60;
const echoes = 10;
const switches = 18;
/** Between two keys of a fast writer. */
const keyMs = 40;
/** Between two acts, so that none is measured with the work of the one before. */
const calmMs = 120;
const share = 0.95;
const tenthRow = "[data-command-row] >> nth=9";

const watcher = `
  window.bench = (() => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    }));
    const bench = { keys: null, began: 0, seen: null };
    addEventListener("keydown", (event) => {
      bench.began = event.timeStamp;
      bench.keys?.push(painted().then((at) => at - event.timeStamp));
    }, true);
    addEventListener("click", (event) => { bench.began = event.timeStamp; }, true);
    const log = (name) => document.querySelector('[role="log"]' + (name ? '[aria-label="Messages with ' + name + '"]' : ''));
    const fits = {
      echo: (text) => [...(log()?.querySelectorAll("[data-row]") ?? [])].at(-1)?.textContent.includes(text) === true,
      conversation: (name) => (log(name)?.querySelectorAll("[data-message]").length ?? 0) >= 5,
    };
    bench.await = (what, value) => {
      bench.seen = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(what + " " + value + " was never shown")), 10_000);
        const look = () => {
          if (!fits[what](value)) return;
          observer.disconnect();
          painted().then((at) => resolve(at - bench.began));
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      });
    };
    return bench;
  })();`;

interface Sitting {
  page: Page;
  echoed: number;
  /** Of the conversation that is open. */
  at: number;
}

const calm = (ms = calmMs) => new Promise((resolve) => setTimeout(resolve, ms));

export const input: Benchmark = {
  name: "input",
  measures: "B16: key to letter, Enter to one's own message, click to the other conversation, with 100 000 local messages",
  async prepare(say) {
    const windows = await openWindows(say);
    const product = await windows.console(watcher);
    await product.page.waitForSelector(tenthRow);
    const inbox: Sitting = { page: product.page, echoed: 0, at: 0 };
    await goTo(inbox, 1);
    const nodes = await inbox.page.evaluate<number>("document.querySelectorAll('body *').length");
    say(`the console has ${nodes} nodes`);
    const floor = await windows.bare(`window.benchNodes = ${nodes};${watcher}`, "list");
    await floor.page.waitForSelector(tenthRow);
    const list: Sitting = { page: floor.page, echoed: 0, at: 1 };
    return {
      parts: [
        {
          of: [
            { name: "input-key", unit: "ms", ratio: 1, better: "lower", allowance: 16 },
            { name: "input-echo", unit: "ms", ratio: 1, better: "lower", allowance: 50, atMost: 50 },
            { name: "input-switch", unit: "ms", ratio: 1, better: "lower", allowance: 50, atMost: 50 },
            { name: "input-worst", unit: "ms", ratio: 1, better: "lower", allowance: 100, atMost: 100 },
          ],
          floor: () => worked(list),
          product: () => worked(inbox),
        },
      ],
      async verify() {
        const sent = async () =>
          (
            await windows.office.pool.query<{ sent: number }>(
              "select count(distinct body)::int as sent from message where kind = 'operator'",
            )
          ).rows[0]?.sent;
        for (let turn = 0; turn < 100 && (await sent()) !== inbox.echoed; turn += 1) await calm();
        if ((await sent()) !== inbox.echoed) throw new Error(`Of ${inbox.echoed} messages the server has ${await sent()}.`);
      },
      async close() {
        await product.close();
        await floor.close();
        await windows.close();
      },
    };
  },
};

async function worked(sitting: Sitting): Promise<readonly number[]> {
  const { page } = sitting;
  await page.click("textarea");
  await page.evaluate("void (bench.keys = [])");
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press(key % 6 === 5 ? "Space" : "abcdefg".charAt(key % 7));
    await calm(keyMs);
  }
  const pressed = await page.evaluate<number[]>("Promise.all(bench.keys)");
  await page.evaluate("void (bench.keys = null)");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Backspace");

  const echoed: number[] = [];
  for (let turn = 0; turn < echoes; turn += 1) {
    sitting.echoed += 1;
    await page.keyboard.type(`echo number ${sitting.echoed};`, { delay: 2 });
    await calm();
    echoed.push(await seen(page, "echo", `echo number ${sitting.echoed};`, () => page.keyboard.press("Enter")));
  }
  const switched: number[] = [];
  for (let turn = 0; turn < switches; turn += 1) switched.push(await goTo(sitting, 1 + (sitting.at % 9)));
  if (pressed.length !== keys) throw new Error(`Of ${keys} keys ${pressed.length} were seen.`);
  return [...[pressed, echoed, switched].map((times) => percentile(times, share)), Math.max(...pressed, ...echoed, ...switched)];
}

/** Opens another person's conversation by a click on its row. */
async function goTo(sitting: Sitting, person: number): Promise<number> {
  const { page } = sitting;
  sitting.at = person;
  return seen(page, "conversation", `Person ${person}`, () => page.click(`[data-command-row]:has(:text-is("Person ${person}"))`));
}

async function seen(page: Page, what: "echo" | "conversation", value: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(`bench.await(${JSON.stringify(what)}, ${JSON.stringify(value)})`);
  await act();
  const took = await page.evaluate<number>("bench.seen");
  await calm();
  return took;
}
