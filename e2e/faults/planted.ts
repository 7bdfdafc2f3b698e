/**
 * A chat of forty lines with its clients, a bad network and a list of bugs, each of which somebody has shipped once: what it leaves
 * behind is a history. The judge is believed because it finds every bug, and none where there is none (`history.test.ts`).
 */
import { createChance, type Chance } from "./random.ts";
import { bodyOf, newReader, type Attempt, type Held, type History, type Reader } from "./history.ts";

export const plantedBugs = {
  "acknowledges before the commit": "a crash in between loses what was answered",
  "forgets ids after a while": "a late repeat is a new message",
  "retries under a new id": "the client makes an id an attempt",
  "lets the same id change its text": "the second body overwrites the first",
  "takes the number before the commit": "a rolled back transaction leaves a hole",
  "keeps the time as its cursor": "two rows of one moment, one is never fetched",
  "keeps the newest number as its cursor": "what becomes visible late is never fetched",
  "tells only by emit": "who was away never asks",
  "shows a frame as often as it comes": "no look at the id",
  "shows in the order of arrival": "no look at the number",
  "believes the last mark": "a late frame takes a tick back",
  "drops the entry when an answer is missing": "the outbox trusts the wire",
  "moves the cursor without the page": "two transactions, a crash between them",
  "has no reset": "the log was cut before the cursor",
  "emits to the wrong room": "a stranger hears it",
  "keeps what it refused": "the check comes after the insert",
  "cuts the text": "a column that is too short",
  "mixes up the answers of a batch": "results in another order than the items",
  "lets two take one": "look, then write",
  "hides what is on its way": "the author's screen waits for the server",
  "lets the next one pass": "a repeat is sent after what was written later",
  "reads from a late copy": "a replica answers after a write",
  "renumbers on a repeat": "the second attempt is given a number too",
} as const;
export type Bug = keyof typeof plantedBugs;

interface Row extends Held {
  seq: number;
  /** The step after which others see it. */
  seenFrom: number;
}

interface Client {
  name: string;
  conversations: string[];
  reader: Reader;
  queue: Attempt[];
  written: Map<string, number>;
  cursor: number;
  away: boolean;
  inbox: Row[];
}

export function play(seed: number, bug?: Bug): History {
  const chance = createChance(seed);
  const is = (one: Bug) => bug === one;
  const rows: Row[] = [];
  const history: History = { attempts: [], readers: [], taken: [] };
  const makeClient = (name: string, conversations: string[]): Client => {
    const reader = newReader(name, conversations);
    history.readers.push(reader);
    return { name, conversations, reader, queue: [], written: new Map(), cursor: 0, away: false, inbox: [] };
  };
  const clients = [makeClient("ann", ["c1"]), makeClient("bob", ["c2"]), makeClient("opal", ["c1", "c2"])];
  const holes = new Map<string, number>();
  let step = 0;
  let floor = 0;
  let ids = 0;

  function write(client: Client): void {
    const conversation = chance.one(client.conversations);
    const counter = (client.written.get(conversation) ?? 0) + 1;
    client.written.set(conversation, counter);
    ids += 1;
    const attempt: Attempt = {
      id: `m${ids}`,
      author: client.name,
      counter,
      conversation,
      body: bodyOf(client.name, conversation, counter),
      outcome: "unknown",
      untilKnown: true,
      numbers: [],
      okAt: null,
      shown: !is("hides what is on its way"),
    };
    history.attempts.push(attempt);
    client.queue.push(attempt);
  }

  /** The server's side: the number, new or known. */
  function store(attempt: Attempt): number {
    const id = is("retries under a new id") ? `${attempt.id}.${step}` : attempt.id;
    const before = rows.findIndex((row) => row.id === id);
    const known = rows[before];
    const forgotten = is("forgets ids after a while") && known !== undefined && step - known.seenFrom > 2;
    if (known && !forgotten) {
      if (is("lets the same id change its text")) known.body = `${known.body}!`;
      return is("renumbers on a repeat") ? known.number + 1 : known.number;
    }
    const { conversation } = attempt;
    if (is("takes the number before the commit") && chance.is(0.1)) holes.set(conversation, (holes.get(conversation) ?? 0) + 1);
    const number = rows.filter((row) => row.conversation === conversation).length + 1 + (holes.get(conversation) ?? 0);
    const late = is("keeps the newest number as its cursor") && chance.is(0.2) ? 40 : 0;
    const body = is("cuts the text") ? attempt.body.slice(0, 12) : attempt.body;
    const row = { conversation, id, number, body, seq: rows.length + 1, seenFrom: step + late };
    rows.push(row);
    for (const other of clients) {
      const mine = other.conversations.includes(conversation) || (is("emits to the wrong room") && chance.is(0.2));
      // A frame may be lost, doubled and overtaken.
      if (mine && !other.away && late === 0) for (let copies = chance.below(3); copies > 0; copies -= 1) other.inbox.push(row);
    }
    return number;
  }

  function send(client: Client): void {
    const at = is("lets the next one pass") ? chance.below(client.queue.length) : 0;
    const attempt = client.queue[at];
    if (!attempt) return;
    const remove = () => void client.queue.splice(client.queue.indexOf(attempt), 1);
    const fate = chance.below(10);
    if (fate === 0) return is("drops the entry when an answer is missing") ? remove() : undefined; // the request was lost
    if (fate === 1 && attempt.numbers.length === 0 && !rows.some(({ id }) => id === attempt.id)) {
      if (is("keeps what it refused")) store(attempt);
      attempt.outcome = "refused";
      return remove();
    }
    if (fate === 2 && is("acknowledges before the commit")) attempt.numbers.push(1);
    else {
      const number = store(attempt);
      if (fate < 4) return; // the answer was lost
      attempt.numbers.push(is("mixes up the answers of a batch") && chance.is(0.2) ? number + 1 : number);
    }
    attempt.outcome = "ok";
    attempt.okAt = step;
    remove();
  }

  function take(client: Client, row: Row): void {
    const { conversation, id, number, body } = row;
    client.reader.heard.push({ conversation, id, number, body });
    if (!is("shows a frame as often as it comes") && client.reader.holds.some((held) => held.id === id)) return;
    client.reader.holds.push({ conversation, id, number, body });
  }

  function hear(client: Client): void {
    if (client.inbox.length === 0) return;
    const [row] = client.inbox.splice(chance.below(client.inbox.length), 1);
    if (row) take(client, row);
    const mark = row?.number ?? 0;
    const { marks } = client.reader;
    const newest = Math.max(0, ...marks.map(({ at }) => at));
    if (is("believes the last mark") || mark > newest) marks.push({ name: "delivered", at: mark });
  }

  function pull(client: Client): void {
    if (client.away || is("tells only by emit")) return;
    const visible = rows.filter(({ seenFrom, conversation }) => seenFrom <= step && client.conversations.includes(conversation));
    const from = client.cursor < floor && !is("has no reset") ? 0 : client.cursor;
    const cut = from === 0 ? 0 : floor;
    const page = visible.filter(({ seq }) => seq > Math.max(from, cut));
    const last = page.at(-1);
    if (!last) return;
    // Two rows of one moment: the time of the first is taken for the second's too.
    client.cursor = is("keeps the time as its cursor") && chance.is(0.5) ? last.seq + 1 : last.seq;
    if (is("moves the cursor without the page") && chance.is(0.1)) return;
    for (const row of page) take(client, row);
  }

  for (step = 1; step <= 200; step += 1) {
    const client = chance.one(clients);
    const what = chance.below(12);
    if (what < 2) write(client);
    else if (what < 6) send(client);
    else if (what < 8) hear(client);
    else if (what === 8) pull(client);
    else if (what === 9) client.away = !client.away;
    else if (what === 10 && chance.is(0.2)) floor = Math.max(floor, rows.length - 10);
    else if (what === 11) grab(history, step, is("lets two take one"), chance);
    if (what === 8) read(client);
  }
  function read({ reader, conversations }: Client): void {
    const conversation = chance.one(conversations);
    const there = rows.filter((row) => row.conversation === conversation).map(({ id }) => id);
    reader.reads.push({ conversation, begunAt: step, ids: new Set(is("reads from a late copy") ? there.slice(0, -1) : there) });
  }

  // The faults are over: everything is sent, heard and asked for.
  for (; clients.some(({ queue }) => queue.length > 0); step += 1) for (const client of clients) send(client);
  step += 50;
  for (const client of clients) {
    client.away = false;
    while (client.inbox.length > 0) hear(client);
    pull(client);
    if (!is("shows in the order of arrival")) client.reader.holds.sort((a, b) => a.number - b.number);
  }
  const truth = newReader("the server", ["c1", "c2"]);
  truth.holds = rows.toSorted((a, b) => a.number - b.number);
  history.readers.push(truth);
  return history;
}

function grab(history: History, step: number, both: boolean, chance: Chance): void {
  const what = `conversation ${Math.floor(step / 20)}`;
  const taken = history.taken.some((one) => one.what === what);
  if (!taken || both) history.taken.push({ what, by: chance.one(["opal", "jonas"]) });
}
