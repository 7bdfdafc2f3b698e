/**
 * A proxy that knows where a WebSocket frame begins and ends: it repeats and overtakes frames, which cannot happen inside one TCP stream
 * and does happen as soon as something between client and server keeps messages. Engine.IO's own pings pass as they are.
 */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import type { Chance } from "./random.ts";

export interface FrameProxy {
  url: string;
  /** How much is repeated, and within how many frames order is lost; 0 and 1 leave everything as it is. */
  disturb(repeated: number, window: number): void;
  counts(): { repeated: number; overtaken: number };
  close(): Promise<void>;
}

export async function startFrameProxy(target: string, chance: Chance): Promise<FrameProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  let repeats = 0;
  let window = 1;
  const counted = { repeated: 0, overtaken: 0 };

  const server = createServer((inside) => {
    const outside = connect(Number(port), hostname);
    const pair = [inside, outside] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      inside.destroy();
      outside.destroy();
    };
    for (const [from, to] of [pair, [outside, inside] as const]) {
      const disturbed = createDisturber((frame) => void (to.destroyed || to.write(frame)));
      const cutter = createCutter(disturbed.add, (bytes) => void (to.destroyed || to.write(bytes)));
      const flushing = setInterval(disturbed.flush, 20);
      from.on("data", cutter);
      from.on("error", end);
      from.on("close", () => {
        clearInterval(flushing);
        end();
      });
    }
  });

  /** Keeps up to `window` frames back and lets them go in any order. */
  function createDisturber(pass: (frame: Buffer) => void): { add(frame: Buffer, isEvent: boolean): void; flush(): void } {
    const kept: Buffer[] = [];
    const flush = () => {
      while (kept.length > 0) {
        const at = chance.below(kept.length);
        if (at > 0) counted.overtaken += 1;
        for (const frame of kept.splice(at, 1)) pass(frame);
      }
    };
    return {
      flush,
      add(frame, isEvent) {
        if (!isEvent) return pass(frame);
        kept.push(frame);
        if (chance.is(repeats)) {
          counted.repeated += 1;
          kept.push(frame);
        }
        if (kept.length >= window) flush();
      },
    };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server's address is never a string
    disturb(repeated, size) {
      repeats = repeated;
      window = size;
    },
    counts: () => counted,
    async close() {
      for (const [inside] of pairs) inside.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Everything up to the end of the upgrade passes as it is; then whole frames. A plain HTTP exchange never becomes frames. */
function createCutter(onFrame: (frame: Buffer, isEvent: boolean) => void, pass: (bytes: Buffer) => void): (piece: Buffer) => void {
  let state: "head" | "plain" | "frames" = "head";
  let rest = Buffer.alloc(0);
  return (piece) => {
    if (state === "plain") return pass(piece);
    rest = Buffer.concat([rest, piece]);
    if (state === "head") {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = rest.subarray(0, end + 4);
      state = /upgrade: websocket/i.test(head.toString("latin1")) ? "frames" : "plain";
      pass(state === "plain" ? rest : head);
      rest = rest.subarray(state === "plain" ? rest.length : end + 4);
    }
    for (let length = frameLength(rest); length > 0 && rest.length >= length; length = frameLength(rest)) {
      const frame = Buffer.from(rest.subarray(0, length));
      rest = rest.subarray(length);
      onFrame(frame, isEvent(frame));
    }
  };
}

function headLength(frame: Buffer): { size: number; length: number } | null {
  if (frame.length < 2) return null;
  const short = (frame[1] ?? 0) & 0x7f;
  const masked = ((frame[1] ?? 0) & 0x80) > 0 ? 4 : 0;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (frame.length < 2 + extra + masked) return null;
  const length = short === 126 ? frame.readUInt16BE(2) : short === 127 ? Number(frame.readBigUInt64BE(2)) : short;
  return { size: 2 + extra + masked, length };
}

function frameLength(bytes: Buffer): number {
  const head = headLength(bytes);
  return head ? head.size + head.length : 0;
}

/** A text frame with a Socket.IO event or acknowledgement: Engine.IO `4`, Socket.IO `2` or `3`. */
function isEvent(frame: Buffer): boolean {
  const head = headLength(frame);
  if (!head || (frame[0] ?? 0) !== 0x81 || head.length < 2) return false;
  const masked = ((frame[1] ?? 0) & 0x80) > 0;
  const at = (index: number) => (frame[head.size + index] ?? 0) ^ (masked ? (frame[head.size - 4 + index] ?? 0) : 0);
  return at(0) === 0x34 && (at(1) === 0x32 || at(1) === 0x33);
}
