/**
 * A proxy between a client and a server, or a server and its database: delays, cuts in the middle of anything, accepts and answers
 * nothing, loses answers whose requests arrived, refuses.
 */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface Proxy {
  url: string;
  port: number;
  /** Milliseconds that each piece waits, at most. */
  delay(ms: number): void;
  /** Cuts a connection after so many bytes, by chance; 0 never. */
  cutAfter(bytes: number): void;
  /** Takes connections and forwards nothing. */
  blackhole(on: boolean): void;
  /** Requests arrive; what comes back is thrown away. */
  deafen(on: boolean): void;
  /**
   * Of each request that fits, the answer is lost: it arrives, and the connection is cut when the other side has answered, which proves
   * that it was done. Null: no more.
   */
  loseAnswersTo(fits: ((request: Buffer) => boolean) | null): void;
  /** How many answers were lost that way. */
  lost(): number;
  /** Refuses connections and cuts those that are there. */
  down(on: boolean): void;
  /** The client's ends stop reading: what is sent to them stays with the sender. */
  stopReading(on: boolean): void;
  cutAll(): void;
  connections(): number;
  close(): Promise<void>;
}

export async function startProxy(target: string, random: () => number = Math.random): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  let delayMs = 0;
  let cut = 0;
  let hole = false;
  let deaf = false;
  let refuses = false;
  let full = false;
  let losing: ((request: Buffer) => boolean) | null = null;
  let lost = 0;

  const server = createServer((inside) => {
    if (refuses) return void inside.destroy();
    const outside = connect(Number(port), hostname);
    const pair = [inside, outside] as const;
    pairs.add(pair);
    const state = { doomed: false };
    const end = () => {
      pairs.delete(pair);
      inside.destroy();
      outside.destroy();
    };
    pipe(inside, outside, end, (piece) => {
      state.doomed ||= losing?.(piece) === true;
      return true;
    });
    pipe(outside, inside, end, () => {
      if (!state.doomed) return !deaf;
      lost += 1;
      end();
      return false;
    });
    if (full) outside.pause();
  });

  function pipe(from: Socket, to: Socket, end: () => void, passes: (piece: Buffer) => boolean): void {
    let line: Promise<void> = Promise.resolve();
    from.on("error", end);
    from.on("close", () => void line.then(end));
    from.on("data", (piece: Buffer) => {
      line = line.then(async () => {
        if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, random() * delayMs));
        if (hole || !passes(piece)) return;
        if (cut > 0 && random() * cut < piece.length) {
          to.write(piece.subarray(0, Math.floor(random() * piece.length)));
          return end();
        }
        if (!to.destroyed) to.write(piece);
      });
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = (server.address() as AddressInfo).port; // a TCP server's address is never a string
  const cutAll = () => {
    for (const [inside, outside] of pairs) {
      inside.destroy();
      outside.destroy();
    }
  };
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    delay(ms) {
      delayMs = ms;
    },
    cutAfter(bytes) {
      cut = bytes;
    },
    blackhole(on) {
      hole = on;
      if (!on) cutAll();
    },
    deafen(on) {
      deaf = on;
      if (!on) cutAll();
    },
    loseAnswersTo(fits) {
      losing = fits;
    },
    lost: () => lost,
    down(on) {
      refuses = on;
      if (on) cutAll();
    },
    stopReading(on) {
      full = on;
      for (const [, outside] of pairs)
        if (on) outside.pause();
        else outside.resume();
    },
    cutAll,
    connections: () => pairs.size,
    async close() {
      cutAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
