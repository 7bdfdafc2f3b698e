/** The history of a run while it is being made: who wrote what and what became of it, who heard what. */
import { bodyOf, newReader, type Attempt, type History, type Reader } from "./history.ts";

export interface RunRecord {
  history: History;
  /** Conversations are called by a word of ours; what the server calls them is known once the first message is there. */
  name(conversationId: string, word: string): void;
  wordOf(conversationId: string): string;
  begin(author: string, word: string, id: string): Attempt;
  kept(attempt: Attempt, number: number, repeated: boolean): void;
  /** How often the server said that it had a message already. */
  repeats(): number;
  /** Something was interrupted: a call without an answer, a connection that broke. */
  felt(): void;
  interruptions(): number;
  /** A visitor has waited so long to know of a message that it was kept. */
  waited(ms: number): void;
  /** What 99 of 100 messages did not wait longer for. */
  waitP99Ms(): number;
  reader(name: string, words: readonly string[]): Reader;
  now(): number;
}

export function startRecord(): RunRecord {
  const history: History = { attempts: [], readers: [], taken: [] };
  const words = new Map<string, string>();
  const counters = new Map<string, number>();
  let steps = 0;
  let interruptions = 0;
  let repeats = 0;
  const waits: number[] = [];
  return {
    history,
    name: (conversationId, word) => void words.set(conversationId, word),
    wordOf: (conversationId) => words.get(conversationId) ?? conversationId,
    begin(author, word, id) {
      const key = `${author} ${word}`;
      const counter = (counters.get(key) ?? 0) + 1;
      counters.set(key, counter);
      const body = bodyOf(author, word, counter);
      const attempt: Attempt = {
        id,
        author,
        counter,
        conversation: word,
        body,
        outcome: "unknown",
        untilKnown: true,
        numbers: [],
        okAt: null,
        shown: null,
      };
      history.attempts.push(attempt);
      steps += 1;
      return attempt;
    },
    kept(attempt, number, repeated) {
      steps += 1;
      if (repeated) repeats += 1;
      attempt.outcome = "ok";
      attempt.okAt ??= steps;
      attempt.numbers.push(number);
    },
    repeats: () => repeats,
    felt: () => void (interruptions += 1),
    interruptions: () => interruptions,
    waited: (ms) => void waits.push(ms),
    waitP99Ms: () => waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * 0.99) - 1] ?? 0,
    reader(name, conversations) {
      const made = newReader(name, conversations);
      history.readers.push(made);
      return made;
    },
    now: () => (steps += 1),
  };
}
