/** One connection to the `/desk` namespace. It comes and goes; everything that must not be lost is pulled. */
import { io } from "socket.io-client";

export interface SocketEvents {
  opened: () => void;
  heard: (event: string, payload: unknown) => void;
  /** The server would not let us in; the problem document, if it said why. */
  refused: (problem: unknown) => void;
  closed: () => void;
}

export interface RawSocket {
  /** Ephemera: dropped when the connection is not there. */
  say(event: string, payload: unknown): void;
  close(): void;
}

export type OpenSocket = (server: string, auth: Record<string, unknown>, events: SocketEvents) => RawSocket;

const timeoutMs = 10_000;

export const openDeskSocket: OpenSocket = (server, auth, { opened, heard, refused, closed }) => {
  const socket = io(`${server}/desk`, { transports: ["websocket"], forceNew: true, reconnection: false, timeout: timeoutMs, auth });
  let over = false;
  const once = (run: () => void) => {
    if (over) return;
    over = true;
    socket.removeAllListeners();
    socket.disconnect();
    run();
  };
  socket.on("connect", opened);
  socket.onAny((event: string, payload: unknown) => heard(event, payload));
  socket.on("connect_error", (error: Error & { data?: unknown }) => once(() => refused(error.data)));
  socket.on("disconnect", () => once(closed));
  return {
    say: (event, payload) => void socket.emit(event, payload),
    close: () => once(() => undefined),
  };
};
