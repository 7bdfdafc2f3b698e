/**
 * `npm run demo:visitors -- 20 [--url http://localhost:4000] [--minutes 10]`: so many people on the demo shop, who look around, write,
 * wait for answers and come back, so that the console lives. Ends by itself after the minutes, or with Ctrl-C.
 */
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { visitApi } from "../../shared/api/visit.ts";
import { createClient } from "../../shared/client/client.ts";
import { listenAsVisitor, valueOf, word, type VisitEar } from "../conversations/make.ts";
import { shoppers, type Shopper } from "./shoppers.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: "string", default: "http://localhost:4000" }, minutes: { type: "string", default: "10" } },
});
const people = Math.min(200, Math.max(1, Math.trunc(Number(positionals[0] ?? "20")) || 20));
const minutes = Math.min(120, Math.max(0.05, Number(values.minutes) || 10));
const ending = new AbortController();
setTimeout(() => ending.abort(), minutes * 60_000).unref();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());

const between = (fewest: number, most: number) => fewest + Math.random() * (most - fewest);
/** Ends early when all is over. */
const pause = (seconds: number) => wait(seconds * 1_000, undefined, { signal: ending.signal, ref: true });
const site = values.url.replace(/\/$/, "");
let written = 0;
let answered = 0;

async function visit(who: Shopper): Promise<void> {
  const page = (title: string) => ({ url: `${site}/demo/#${encodeURIComponent(title)}`, title });
  const [first = "Shop", ...later] = who.pages;
  const open = createClient({ baseUrl: site, fetch });
  const { token } = await open.call(visitApi.start, {
    body: { tenant: "demo", page: page(first), device: { language: who.language, zone: who.zone, screen: "desktop" } },
  });
  if (token === null) throw new Error("A new visitor gets a token.");
  const me = createClient({ baseUrl: site, fetch, token: () => token });
  if (who.name !== null) await me.call(visitApi.attributes, { body: { attributes: { name: who.name } } });
  const ear = await listenAsVisitor(site, { token }, { origin: site });
  try {
    for (const title of later) {
      await pause(between(3, 12));
      ear.say("page", page(title));
    }
    await talk(who, ear);
    // Still looking around.
    await pause(between(20, 60));
  } finally {
    answered += answersIn(ear);
    ear.close();
  }
}

const answersIn = (ear: VisitEar) => ear.all("message").filter(({ message }) => message.from !== "visitor").length;

async function talk(who: Shopper, ear: VisitEar): Promise<void> {
  let conversation: string | null = null;
  let heard = 0;
  for (const line of who.lines) {
    if (line === null) {
      const until = performance.now() + 180_000;
      while (answersIn(ear) <= heard && performance.now() < until) await pause(1);
      heard = answersIn(ear);
      continue;
    }
    await pause(between(2, 8));
    if (conversation !== null) {
      ear.say("typing", { conversation, on: true, preview: line.slice(0, Math.ceil(line.length / 2)) });
      await pause(between(1, 4));
    }
    conversation = valueOf(await ear.ask<{ conversation: { id: string } }>("send", word(line, conversation))).conversation.id;
    written += 1;
  }
}

/** One after the other on the same chair: somebody leaves, somebody else comes. */
async function chair(number: number): Promise<void> {
  for (let turn = number; !ending.signal.aborted; turn += 1) {
    const who = shoppers[turn % shoppers.length];
    if (!who) return;
    try {
      await pause(between(0, 10));
      await visit(who);
    } catch (error) {
      if (ending.signal.aborted) return;
      console.error(`  a visitor left: ${error instanceof Error ? error.message : String(error)}`);
      await pause(5).catch(() => undefined);
    }
  }
}

console.log(`  ${people} people are on ${site}/demo/ for ${minutes} minutes. Ctrl-C sends them home.`);
await Promise.all(Array.from({ length: people }, (_, number) => chair(number)));
console.log(`  They wrote ${written} messages and heard ${answered} answers.`);
