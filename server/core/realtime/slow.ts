/**
 * A peer that does not read costs memory. Above the cap the connection is cut; the client returns and catches up by number, which is
 * cheaper than any queue (RELIABILITY F14). Moments never wait: they are volatile and dropped while a socket is busy.
 */
import type { Seat } from "./seats.ts";

export const mostWaitingEvents = 1_000;
export const mostWaitingBytes = 1_000_000;

/** What Engine.IO keeps for a socket that the network has not taken yet. Its types hide the buffers. */
interface Engine {
  writeBuffer: { data?: string | Buffer; options?: { wsPreEncodedFrame?: Buffer[] } }[];
  transport?: { socket?: { bufferedAmount?: number; terminate?: () => void } };
  close(discard: boolean): void;
}

const engineOf = (seat: Seat) => seat.socket.conn as unknown as Engine;

export function isTooSlow(seat: Seat): boolean {
  const { writeBuffer, transport } = engineOf(seat);
  if (writeBuffer.length > mostWaitingEvents) return true;
  let bytes = transport?.socket?.bufferedAmount ?? 0;
  if (bytes > mostWaitingBytes) return true;
  if (writeBuffer.length < 16) return false;
  for (const { data } of writeBuffer) bytes += data?.length ?? 0;
  return bytes > mostWaitingBytes;
}

/** Without a goodbye: the peer does not read, and waiting for it would keep the memory. */
export function cut(seat: Seat): void {
  const engine = engineOf(seat);
  engine.transport?.socket?.terminate?.();
  engine.close(true);
}
