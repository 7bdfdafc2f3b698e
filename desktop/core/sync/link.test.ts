/** The socket that comes and goes, over a clock that the test moves. */
import { describe, expect, it } from "vitest";
import { newId } from "../../../server/core/ids.ts";
import { createManualClock, settled } from "../testing/manual-clock.ts";
import { createLink, type Link } from "./link.ts";
import type { SocketEvents } from "./socket.ts";

function make() {
  /** What was told, and what the link said when it was asked at that moment. */
  const changes: [told: boolean, asked: boolean][] = [];
  const clock = createManualClock();
  const said: { socket: number; event: string; payload: unknown }[] = [];
  const sockets: SocketEvents[] = [];
  /** What the link asked for after a refusal. */
  const asked: ("look" | "unanswered")[] = [];
  const link: Link = createLink({
    clock,
    random: () => 0.5,
    openSocket(_server, _auth, events) {
      const socket = sockets.push(events);
      return { say: (event, payload) => void said.push({ socket, event, payload }), close: () => undefined };
    },
    server: () => "https://chat.example",
    token: () => Promise.resolve("a token"),
    forget: () => undefined,
    place: () => ({ device: newId(), cursor: 0 }),
    delta: () => undefined,
    poke: () => undefined,
    news: () => undefined,
    happened: () => undefined,
    changed: (connected) => void changes.push([connected, link.connected()]),
    look: () => void asked.push("look"),
    unanswered: () => void asked.push("unanswered"),
  });
  async function welcome(): Promise<void> {
    await settled();
    const serverTime = new Date(clock.now()).toISOString();
    const expiresAt = new Date(clock.now() + 900_000).toISOString();
    sockets.at(-1)?.heard("ready", { member: newId(), seq: 1, serverTime, expiresAt });
  }
  return { asked, changes, clock, link, said, sockets, welcome };
}

describe("the connection", () => {
  it("is what is told of it, already when it is told", async () => {
    const { changes, clock, link, sockets, welcome } = make();
    link.connect();
    await welcome();
    sockets[0]?.closed();
    await clock.advance(60_000);
    await welcome();
    link.disconnect();
    expect(changes).toEqual([true, false, true, false].map((told) => [told, told]));
  });
});

describe("a refusal", () => {
  it("without a word is nobody there: a call finds out at once, and does not wait for its turn", async () => {
    const { asked, clock, link, sockets, welcome } = make();
    link.connect();
    await welcome();
    sockets[0]?.closed();
    expect(asked).toEqual([]);
    await clock.advance(60_000);
    sockets[1]?.refused(undefined);
    expect(asked).toEqual(["unanswered"]);
  });

  it("with a reason is looked into, whatever the pause", async () => {
    const { asked, link, sockets } = make();
    link.connect();
    await settled();
    sockets[0]?.refused({ code: "unauthenticated" });
    expect(asked).toEqual(["look"]);
  });
});

describe("what a window looks at", () => {
  it("is said as soon as there is a socket, when the conversation was opened before", async () => {
    const { link, said, welcome } = make();
    const conversations = [newId()];
    link.connect();
    link.looksAt(conversations);
    expect(said).toEqual([]);
    await welcome();
    expect(said).toEqual([{ socket: 1, event: "viewing", payload: { conversations } }]);
  });

  it("is said again on the socket that comes after a pause", async () => {
    const { clock, link, said, sockets, welcome } = make();
    const conversations = [newId()];
    link.connect();
    await welcome();
    link.looksAt(conversations);
    sockets[0]?.closed();
    await clock.advance(60_000);
    await welcome();
    expect(said).toEqual([1, 2].map((socket) => ({ socket, event: "viewing", payload: { conversations } })));
  });

  it("is nothing any more when the last pane was closed in between", async () => {
    const { clock, link, said, sockets, welcome } = make();
    link.connect();
    await welcome();
    link.looksAt([newId()]);
    sockets[0]?.closed();
    link.looksAt([]);
    await clock.advance(60_000);
    await welcome();
    expect(said.filter(({ socket }) => socket === 2)).toEqual([]);
  });
});
