/**
 * Packets that nobody's client sends, over both transports and at both namespaces, before and after the handshake: the process goes on,
 * nothing reaches a handler that its schema refuses, and everybody else is served. Repeatable by its seed; a million with
 * `npm run attack -- S-06 --long`. Covers SECURITY S-06, S-02.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { listenAsMember, listenAsVisitor, valueOf, word } from "../../conversations/make.ts";
import { features } from "../../features.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { createFuzz, historic, type Frame, type Fuzz } from "./packets.ts";

const packets = process.env["ATTACK_LONG"] ? 1_000_000 : 6_000;
const perSocket = 60;
const lines = 8;

let world: World;
let twin: Twin;
let tokens: Record<string, string>;
const uncaught: unknown[] = [];
const catchIt = (error: unknown) => void uncaught.push(error);

beforeAll(async () => {
  process.on("uncaughtExceptionMonitor", catchIt);
  process.on("unhandledRejection", catchIt);
  world = await createWorld();
  ({ ours: twin } = await makeTwins(world));
  tokens = { "/desk": twin.admin.token, "/visit": (await twin.some.visitor()).token };
});
afterAll(async () => {
  process.off("uncaughtExceptionMonitor", catchIt);
  process.off("unhandledRejection", catchIt);
  await world.stop();
});

const says = features
  .flatMap((feature) => feature.sockets)
  .flatMap((socket) => (socket.part === "say" ? [`${socket.namespace} ${socket.name}`] : []));

/** Says all of it and waits until the server has read it or has had enough. */
function sendAll(namespace: string | null, frames: readonly Frame[]): Promise<void> {
  const socket = new WebSocket(`${world.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  return new Promise((resolve) => {
    const end = () => {
      for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      // Answered after all the rest, or the socket is closed by then.
      if (socket.readyState === WebSocket.OPEN) socket.send("2probe");
    };
    socket.addEventListener("close", () => resolve());
    socket.addEventListener("error", () => resolve());
    socket.addEventListener("message", ({ data }) => {
      const text = String(data);
      if (text.startsWith("0{")) {
        if (namespace === null) end();
        else socket.send(`40${namespace},${JSON.stringify({ token: tokens[namespace] })}`);
      } else if (namespace !== null && (text.startsWith(`42${namespace},["ready"`) || text.startsWith(`44${namespace}`))) end();
      else if (text === "3probe") socket.close();
    });
  });
}

async function poll(fuzz: Fuzz): Promise<void> {
  const opened = await fetch(`${world.url}/socket.io/?EIO=4&transport=polling`);
  const sid = /"sid":"([^"]+)"/.exec(await opened.text())?.[1] ?? "";
  const body = Array.from({ length: 20 }, () => fuzz.text()).join("\u001e");
  const answers = await Promise.all(
    [
      fetch(`${world.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
        method: "POST",
        body,
        headers: { "content-type": "text/plain" },
      }),
      fetch(`${world.url}/socket.io/?${fuzz.address(sid)}`),
      fetch(`${world.url}/socket.io/?${fuzz.address(sid)}`, { method: fuzz.pick(["POST", "PUT", "DELETE", "OPTIONS"]) }),
    ].map((asked) => asked.catch(() => undefined)),
  );
  for (const answer of answers) {
    expect(answer?.status ?? 0).toBeLessThan(500);
    await answer?.text().catch(() => "");
  }
}

it("bears what crashed servers before", async () => {
  for (const namespace of [null, "/visit", "/desk"]) await sendAll(namespace, historic(namespace ?? "/visit"));
});

it(`bears ${packets} packets made up by chance`, { timeout: 3_600_000 }, async () => {
  const rounds = Math.ceil(packets / perSocket / lines);
  await Promise.all(
    Array.from({ length: lines }, async (_, line) => {
      const fuzz = createFuzz(20_261_128 + line, says);
      for (let round = 0; round < rounds; round += 1) {
        const namespace = fuzz.pick([null, "/visit", "/desk", "/visit", "/desk"]);
        await sendAll(
          namespace,
          Array.from({ length: perSocket }, () => fuzz.frame(namespace ?? fuzz.pick(["/visit", "/desk"]))),
        );
        if (round % 8 === 0) await poll(fuzz);
      }
    }),
  );
});

it("is as it was: nothing uncaught, nothing left open, everybody served", async () => {
  expect(uncaught).toEqual([]);
  expect(world.logs.filter((line) => /a socket event failed|a request failed|a handshake failed/.test(line))).toEqual([]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(untouched);
  const [visit, desk] = [
    await listenAsVisitor(world.url, { token: tokens["/visit"] ?? "" }),
    await listenAsMember(world.url, { token: tokens["/desk"] ?? "" }),
  ];
  valueOf(await visit.ask("send", word("still here")));
  const text = await world.core.metrics.registry.getSingleMetricAsString("switchboard_sockets");
  expect(Number(/^switchboard_sockets (\d+)/m.exec(text)?.[1])).toBe(2);
  visit.close();
  desk.close();
});

const untouched = Object.getOwnPropertyNames(Object.prototype).toSorted();
