/**
 * What clients did, heard and hold at the end, judged from the outside: this knows nothing of the server and reads no database, only what
 * was promised (docs/proof/faults.md says it in words). Each body carries its author, a counter and a hash of both, so that a message
 * proves by itself who wrote it when. An attempt whose answer never came is unknown: its message may be there once or not at all.
 */
import { createHash } from "node:crypto";

export interface Attempt {
  id: string;
  author: string;
  /** 1, 2, 3 … of this author in this conversation, in the order of writing. */
  counter: number;
  conversation: string;
  body: string;
  outcome: "ok" | "refused" | "unknown";
  /** Its author tries until the outcome is known: nothing may stay unknown. */
  untilKnown: boolean;
  /** The numbers that answers gave it, also of repeats. */
  numbers: number[];
  /** The step of the history at which it was known to be kept. */
  okAt: number | null;
  /** Whether its author saw it on the own screen at once; null where nobody looked. */
  shown: boolean | null;
}

/** A message as somebody has it. */
export interface Held {
  conversation: string;
  id: string;
  number: number;
  body: string;
}

/** Somebody who reads: a visitor's page, a console, the server's own history. */
export interface Reader {
  name: string;
  conversations: readonly string[];
  /** Everything that came, in the order in which it came, repeats included. */
  heard: Held[];
  /** What it holds when everything is calm, in the order in which it shows it. */
  holds: Held[];
  /** How far marks and its cursor were, in the order in which it learnt of them; a reset begins anew. */
  marks: { name: string; at: number; reset?: boolean }[];
  /** Whole reads of a conversation: what was there, and at which step the read was begun. */
  reads: { conversation: string; begunAt: number; ids: ReadonlySet<string> }[];
}

export interface History {
  attempts: Attempt[];
  readers: Reader[];
  /** Who was told to have got what only one can have. */
  taken: { what: string; by: string }[];
}

export const newReader = (name: string, conversations: readonly string[]): Reader => ({
  name,
  conversations,
  heard: [],
  holds: [],
  marks: [],
  reads: [],
});

const proof = (words: string) => createHash("sha256").update(words).digest("base64url").slice(0, 12);

export function bodyOf(author: string, conversation: string, counter: number): string {
  const words = `${author} says ${counter} in ${conversation}`;
  return `${words} · ${proof(words)}`;
}

/** Null for what no writer of a fault run wrote, for example a greeting. */
export function readBody(body: string): { author: string; counter: number; conversation: string; whole: boolean } | null {
  const [, words = "", author = "", counter = "", conversation = "", hash = ""] =
    /^((.+) says (\d+) in (\S+)) ?·? ?(.*)$/u.exec(body) ?? [];
  return words === "" ? null : { author, counter: Number(counter), conversation, whole: hash === proof(words) };
}

/** Every broken promise in a sentence. */
export function judge({ attempts, readers, taken }: History): string[] {
  const known = new Map(attempts.map((attempt) => [attempt.id, attempt]));
  return [
    ...attempts.flatMap(judgeAttempt),
    ...readers.flatMap((reader) => judgeReader(reader, attempts, known)),
    ...judgeTogether(readers),
    ...judgeTaken(taken),
  ];
}

function judgeAttempt({ id, numbers, shown, untilKnown, outcome }: Attempt): string[] {
  return [
    ...(untilKnown && outcome === "unknown" ? [`${id} is neither kept nor refused`] : []),
    ...(new Set(numbers).size > 1 ? [`${id} was answered with the numbers ${numbers.join(" and ")}`] : []),
    ...(shown === false ? [`${id} was not on its author's screen`] : []),
  ];
}

function judgeReader(reader: Reader, attempts: readonly Attempt[], known: ReadonlyMap<string, Attempt>): string[] {
  const { name, holds, heard } = reader;
  const wrong: string[] = [];
  const found = new Map<string, Held>();
  const authored = new Map<string, string>();
  const newest = new Map<string, number>();
  for (const message of [...heard, ...holds]) {
    if (!reader.conversations.includes(message.conversation)) wrong.push(`${name} has ${message.id} of somebody else's conversation`);
    wrong.push(...judgeBody(name, message, known));
  }
  for (const conversation of reader.conversations) {
    const numbers = holds.filter((one) => one.conversation === conversation).map(({ number }) => number);
    wrong.push(...judgeNumbers(numbers).map((sentence) => `${name}: ${sentence}`));
  }
  for (const message of holds) {
    if (found.has(message.id)) wrong.push(`${name} has ${message.id} twice`);
    found.set(message.id, message);
    const said = readBody(message.body);
    if (!said) continue;
    const key = `${said.author} ${said.conversation}`;
    const other = authored.get(`${key} ${said.counter}`);
    if (other !== undefined && other !== message.id) wrong.push(`${name} has “${message.body}” under two ids`);
    authored.set(`${key} ${said.counter}`, message.id);
    if (said.counter < (newest.get(key) ?? 0)) wrong.push(`${name} has ${message.id} after what its author wrote later`);
    newest.set(key, Math.max(said.counter, newest.get(key) ?? 0));
  }
  for (const { id, number } of heard) {
    const held = found.get(id);
    if (!held) wrong.push(`${name} had ${id} and lost it`);
    else if (held.number !== number) wrong.push(`${name} had ${id} as number ${number} and has it as ${held.number}`);
  }
  for (const { id, outcome, conversation, numbers } of attempts) {
    if (!reader.conversations.includes(conversation)) continue;
    const held = found.get(id);
    if (outcome === "ok" && !held) wrong.push(`${id} was acknowledged and is lost for ${name}`);
    if (outcome === "refused" && held) wrong.push(`${id} was refused and is there for ${name}`);
    if (held && numbers.some((number) => number !== held.number)) wrong.push(`${id} was answered with another number than ${name} has`);
  }
  return [...wrong, ...judgeMarks(reader), ...judgeReads(reader, attempts)];
}

function judgeBody(name: string, { id, body, conversation }: Held, known: ReadonlyMap<string, Attempt>): string[] {
  const attempt = known.get(id);
  const said = readBody(body);
  if (!attempt) return said ? [`${name} has ${id}, which was never sent`] : [];
  if (body !== attempt.body || said?.whole !== true) return [`${name} has ${id} altered`];
  return conversation === attempt.conversation ? [] : [`${name} has ${id} in a conversation that it was not written in`];
}

/** The numbers of a conversation are 1, 2, 3 … as they stand there: nothing missing, nothing twice, none after the last. */
export function judgeNumbers(numbers: readonly number[]): string[] {
  return numbers.flatMap((number, index) => (number === index + 1 ? [] : [`number ${number} stands in place ${index + 1}`])).slice(0, 1);
}

function judgeMarks({ name, marks }: Reader): string[] {
  const newest = new Map<string, number>();
  return marks.flatMap(({ name: mark, at, reset }) => {
    const before = reset ? 0 : (newest.get(mark) ?? 0);
    newest.set(mark, reset ? at : Math.max(at, before));
    return at < before ? [`${name}: ${mark} went back from ${before} to ${at}`] : [];
  });
}

/** What was acknowledged before a read was begun is in it. */
function judgeReads({ name, reads }: Reader, attempts: readonly Attempt[]): string[] {
  return reads.flatMap(({ conversation, begunAt, ids }) =>
    attempts
      .filter((one) => one.conversation === conversation && one.okAt !== null && one.okAt < begunAt && !ids.has(one.id))
      .map(({ id }) => `${name} read without ${id}, which was acknowledged before`),
  );
}

/** All who may see a conversation hold the same in the same order. */
function judgeTogether(readers: readonly Reader[]): string[] {
  const wrong: string[] = [];
  const first = new Map<string, { name: string; ids: string }>();
  for (const { name, conversations, holds } of readers) {
    for (const conversation of conversations) {
      const ids = holds.flatMap((one) => (one.conversation === conversation ? [one.id] : [])).join();
      const other = first.get(conversation);
      if (!other) first.set(conversation, { name, ids });
      else if (other.ids !== ids) wrong.push(`${name} and ${other.name} hold different things of ${conversation}`);
    }
  }
  return wrong;
}

function judgeTaken(taken: History["taken"]): string[] {
  const owner = new Map<string, string>();
  return taken.flatMap(({ what, by }) => {
    const other = owner.get(what);
    owner.set(what, other ?? by);
    return other === undefined || other === by ? [] : [`${what} was given to ${other} and to ${by}`];
  });
}
