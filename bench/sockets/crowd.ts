/**
 * Many sockets that only listen and answer the heartbeat, in a process of their own. The bare protocol over Node's WebSocket, because
 * ten thousand full clients would cost more than the server that is measured.
 */
import { answerParent } from "../harness/children.ts";
import { idOf, visitorToken } from "../seed/names.ts";

export interface Crowd {
  kind: "product" | "bare";
  tenants: number;
  /** Visitors `first` to `first + count - 1`. */
  first: number;
  count: number;
  /** The newest number that everybody has. */
  already: number;
}

const crowd = JSON.parse(process.argv[2] ?? "{}") as Crowd;
const space = crowd.kind === "product" ? "/visit," : "";
/** Connections that are being made at once. */
const atOnce = 200;

interface Ready {
  conversation: { id: string } | null;
  messages: { number: number }[];
}

/** Resolves when the socket is let in and, with the server, has what it missed. */
function sit(url: string, conversation: number, after: number, lost: () => void): Promise<Seat> {
  const auth =
    crowd.kind === "product"
      ? { token: visitorToken(conversation, crowd.tenants), conversation: idOf("conversation", conversation), after }
      : {};
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
    let seated = false;
    const fail = () => (seated ? lost() : reject(new Error("A socket was not let in.")));
    socket.addEventListener("close", fail, { once: true });
    socket.addEventListener("error", () => undefined);
    const seat = (missed: number) => {
      seated = true;
      resolve({
        missed,
        say: (event, payload) => socket.send(`42${space}${JSON.stringify([event, payload])}`),
        close() {
          socket.removeEventListener("close", fail);
          socket.close();
        },
      });
    };
    socket.addEventListener("message", ({ data }: { data: string }) => {
      if (data === "2") return socket.send("3");
      if (data.startsWith("0")) return socket.send(`40${space}${JSON.stringify(auth)}`);
      if (data.startsWith(`44${space}`)) {
        reject(new Error(`A socket was refused: ${data}`));
        return socket.close();
      }
      if (crowd.kind === "bare" && data.startsWith("40")) return seat(0);
      if (!data.startsWith(`42${space}["ready"`)) return;
      const [, ready] = JSON.parse(data.slice(`42${space}`.length)) as [string, Ready];
      const { messages } = ready;
      if (ready.conversation?.id !== idOf("conversation", conversation) || messages.some(({ number }, n) => number !== after + n + 1))
        return reject(new Error(`A visitor was told of ${JSON.stringify(ready).slice(0, 300)}.`));
      seat(messages.length);
    });
  });
}

interface Seat {
  missed: number;
  say(event: string, payload: object): void;
  close(): void;
}

let seats: Seat[] = [];
let lost = 0;
let flapping: NodeJS.Timeout | undefined;
let flaps = 0;

async function come(url: string, count: number): Promise<void> {
  const left = Array.from({ length: count }, (_, n) => crowd.first + seats.length + n);
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let conversation = left[next++]; conversation !== undefined; conversation = left[next++])
        seats.push(await sit(url, conversation, crowd.already, () => (lost += 1)));
    }),
  );
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everybody has lost the server and comes back within the window, again and again until let in, as the widget does. */
async function comeBack({ url, windowMs, after }: Back): Promise<Sitting> {
  while (lost < crowd.count) await wait(5);
  seats = [];
  lost = 0;
  await Promise.all(
    Array.from({ length: crowd.count }, async (_, n) => {
      await wait(Math.random() * windowMs);
      for (;;) {
        const seat = await sit(url, crowd.first + n, after, () => (lost += 1)).catch(() => undefined);
        if (seat) return void seats.push(seat);
        await wait(100 + Math.random() * 200);
      }
    }),
  );
  return sitting();
}

/** Each visitor hides and shows its tab in turn, evenly spread over the time. */
function flap(everyMs: number): void {
  const tickMs = 10;
  let next = 0;
  flapping = setInterval(() => {
    for (let due = (seats.length * tickMs) / everyMs; due > 0; due -= 1) {
      seats[next % seats.length]?.say("active", { on: Math.floor(next / seats.length) % 2 === 1 });
      next += 1;
      flaps += 1;
    }
  }, tickMs);
}

export interface Back {
  url: string;
  windowMs: number;
  /** What they say that they have. */
  after: number;
}
export interface Sitting {
  sitting: number;
  lost: number;
  /** Messages that were told to those who came back. */
  missed: number;
  flaps: number;
}

const sitting = (): Sitting => ({ sitting: seats.length, lost, missed: seats.reduce((sum, { missed }) => sum + missed, 0), flaps });

type Question = { come: string; count?: number } | { back: Back } | { flap: number } | "still" | "count";

answerParent(
  {},
  async (question: Question): Promise<Sitting> => {
    if (question === "still") clearInterval(flapping);
    else if (question !== "count") {
      if ("back" in question) return comeBack(question.back);
      if ("flap" in question) flap(question.flap);
      else await come(question.come, question.count ?? crowd.count);
    }
    return sitting();
  },
  () => undefined,
);
