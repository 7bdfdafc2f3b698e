/** The socket. Its code is fetched when the chat is opened, not before. Numbers decide what is missing; this only brings news sooner. */
import type { ProblemDocument } from "@switchboard/shared/api/problems.ts";
import type { Ack, VisitHears, VisitSays } from "@switchboard/shared/api/sockets.ts";
import { Refusal } from "./api.ts";

export interface LivePorts {
  origin: string;
  /** Read anew for every connection. */
  handshake(): { token: string; conversation: string | null; after: number | null };
  hears: { [E in keyof VisitHears]: (payload: VisitHears[E]) => void };
  /** False as soon as the connection is gone; true comes with `ready`. */
  up(connected: boolean): void;
  /** The server does not want this visitor, or not with this token. */
  refused(problem: Refusal): void;
}

export interface Live {
  isUp(): boolean;
  say<E extends keyof VisitSays>(event: E, payload: VisitSays[E]): void;
  /** Resolves with the acknowledgement's value; throws a Refusal, or anything else when no answer came. */
  ask<T>(event: keyof VisitSays, payload: VisitSays["send"]): Promise<T>;
  connect(): void;
  close(): void;
}

const answerMs = 8_000;

export async function createLive(ports: LivePorts): Promise<Live> {
  const { io } = await import("./socket.ts");
  const socket = io(`${ports.origin}/visit`, {
    transports: ["websocket"],
    auth: (give) => give(ports.handshake()),
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
  });
  let stopped = false;
  socket.on("bye", ({ reason }: VisitHears["bye"]) => {
    // After these the server takes us back at once; after the others only a new sign-in or nothing helps.
    stopped = reason !== "resync" && reason !== "busy" && reason !== "restart";
  });
  socket.on("ready", () => ports.up(true));
  socket.on("disconnect", (reason) => {
    ports.up(false);
    // Only a close by the server is not retried by the library itself.
    if (reason === "io server disconnect" && !stopped) socket.connect();
  });
  socket.on("connect_error", (error) => {
    ports.up(false);
    const problem: Partial<ProblemDocument> = Object((error as Error & { data?: unknown }).data); // the server puts the problem document there
    if (problem.code === undefined) return;
    stopped = true;
    ports.refused(new Refusal(problem));
  });
  for (const event of Object.keys(ports.hears) as (keyof VisitHears)[]) {
    socket.on(event, ports.hears[event] as (payload: unknown) => void); // both sides are typed by the same table
  }
  return {
    isUp: () => socket.connected,
    say: (event, payload) => void (socket.connected && socket.emit(event, payload)),
    async ask<T>(event: keyof VisitSays, payload: VisitSays["send"]) {
      const answer: Ack<T> = await socket.timeout(answerMs).emitWithAck(event, payload);
      if ("problem" in answer) throw new Refusal(answer.problem, Number(answer.problem.data?.["retryAfterSeconds"]) || 0);
      return answer.value;
    },
    connect() {
      stopped = false;
      if (socket.connected) socket.disconnect();
      socket.connect();
    },
    close: () => void socket.disconnect(),
  };
}
