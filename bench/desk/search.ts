/** B6: a search over a million messages on this computer, against the bare statement. */
import { searchText, toFts5 } from "@switchboard/shared/model/search.ts";
import { messagesSql } from "@switchboard/desktop/core/store/search-index.ts";
import type { Benchmark, Part } from "../harness/benchmark.ts";
import { deskWith, tradeBody, type LocalDesk } from "./local.ts";

const conversations = 1_000;
const messagesEach = 1_000;
const turns = 60;

/** One message in a thousand has a rare word, so that a word, two words and a prefix are three different amounts of work. */
const bodyOf = (nth: number) => (nth % 1_000 === 0 ? `${tradeBody(nth)} rarely${nth % 7_000 === 0 ? " twofold" : ""}` : tradeBody(nth));

export const search: Benchmark = {
  name: "search",
  measures: "B6: a word, two words, three letters, in 1 000 000 local messages, newest 50",
  async prepare(say) {
    say(`search: ${conversations * messagesEach} messages`);
    const desk = await deskWith(
      Array.from({ length: conversations }, () => messagesEach),
      bodyOf,
    );
    const part = (name: string, text: string): Part => ({
      name: `search-${name}`,
      unit: "µs",
      ratio: 1.3,
      better: "lower",
      floor: () => Promise.resolve(bare(desk, text)),
      product: () => found(desk, text),
    });
    return { parts: [part("word", "rarely"), part("two", "rarely celadon"), part("prefix", "gla")], close: () => desk.close() };
  },
};

function bare({ made }: LocalDesk, text: string): number {
  const file = made.core.desk.tenants()[0]?.store.cacheFile;
  const match = toFts5(text);
  if (!file || match === null) throw new Error("There is nothing to search in.");
  const began = performance.now();
  for (let turn = 0; turn < turns; turn += 1) {
    const rows = file.all<{ data: string }>(messagesSql, match, 50);
    if (rows.length !== 50) throw new Error(`The bare statement found ${rows.length}.`);
  }
  return ((performance.now() - began) / turns) * 1_000;
}

async function found({ made }: LocalDesk, text: string): Promise<number> {
  const words = searchText(text).split(" ");
  const answers: { hits: readonly { snippet: string }[] }[] = [];
  const began = performance.now();
  for (let turn = 0; turn < turns; turn += 1) answers.push(await made.page.ask("search.find", { tenants: "all", text }));
  const took = performance.now() - began;
  // Beside the clock: that each of them has the word is the benchmark's question, not the product's.
  for (const { hits } of answers)
    if (hits.length !== 50 || !hits.every(({ snippet }) => words.some((word) => searchText(snippet).includes(word))))
      throw new Error(`The search for ${text} found ${hits.length}.`);
  return (took / turns) * 1_000;
}
