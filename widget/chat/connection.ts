/** Whether the server hears us. The socket first; where sockets do not get through, plain calls may: slower, but nothing is missing. */
import type { Refusal } from "./api.ts";
import { createLive, type Live, type LivePorts } from "./live.ts";
import type { Store } from "./store.ts";
import type { Talk } from "./talk.ts";

export interface Connection {
  live(): Live | null;
  /** Connects, or connects again with what is known now. */
  open(): Promise<void>;
  close(): void;
  /** Something could, or could not, be reached. A short break is not told. */
  reached(ok: boolean): void;
}

const lostAfterMs = 3_000;
const askMs = 10_000;

export function createConnection(ports: {
  origin: string;
  store: Store;
  talk(): Talk;
  handshake: LivePorts["handshake"];
  hears: LivePorts["hears"];
  refused(problem: Refusal): void;
  isSeen(): boolean;
}): Connection {
  const { store } = ports;
  let live: Live | null = null;
  let losing = 0;
  let wasUp = true;

  const ask = async () => {
    if (!store.state.started || store.state.refused !== null || live?.isUp() === true) return;
    const ok = await ports.talk().refresh();
    connection.reached(ok);
    if (ok) void ports.talk().outbox.flush();
  };
  setInterval(ask, askMs);

  const connection: Connection = {
    live: () => live,
    async open() {
      live ??= await createLive({
        origin: ports.origin,
        handshake: ports.handshake,
        hears: ports.hears,
        refused: ports.refused,
        up(connected) {
          // The library tries again and again; only the first failure counts, until plain calls have failed too.
          if (connected || wasUp) connection.reached(connected);
          wasUp = connected;
          if (connected) live?.say("active", { on: ports.isSeen() });
        },
      });
      live.connect();
      connection.reached(false);
    },
    close() {
      live?.close();
      connection.reached(true);
    },
    reached(ok) {
      if (ok) {
        clearTimeout(losing);
        losing = 0;
        if (store.state.lost) store.set({ lost: false });
      } else if (losing === 0) {
        losing = window.setTimeout(() => store.set({ lost: true }), lostAfterMs);
        void ask();
      }
    },
  };
  return connection;
}
