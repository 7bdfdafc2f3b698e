/**
 * Socket.IO's packets for JSON alone: the same bytes on the wire as the library's own parser, which spends two kilobytes on binary
 * attachments that the chat never has. The library takes another parser by design; the build puts this one in (`build/lean.ts`), and
 * a test compares both.
 */
export const protocol = 5;

export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4, BINARY_EVENT: 5, BINARY_ACK: 6 } as const;

export interface Packet {
  type: number;
  nsp: string;
  id?: number;
  data?: unknown;
}

export class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    return [`${type}${nsp === "/" ? "" : `${nsp},`}${id ?? ""}${data == null ? "" : JSON.stringify(data)}`];
  }
}

/** Throws at what is no packet; the library then closes the connection and comes back. */
export class Decoder {
  heard: ((packet: Packet) => void) | undefined;

  on(_event: "decoded", heard: (packet: Packet) => void): void {
    this.heard = heard;
  }
  off(): void {
    this.heard = undefined;
  }
  destroy(): void {
    this.off();
  }
  add(text: string): void {
    const [, type, nsp = "/", id, data] = /^([0-4])(?:(\/[^,]*),?)?(\d+)?(.*)$/su.exec(text) ?? [];
    if (type === undefined) throw new Error("unknown packet");
    const packet: Packet = { type: Number(type), nsp };
    if (id !== undefined) packet.id = Number(id);
    if (data !== undefined && data !== "") packet.data = JSON.parse(data);
    const isList = packet.type === PacketType.EVENT || packet.type === PacketType.ACK;
    if (isList !== Array.isArray(packet.data)) throw new Error("invalid payload");
    this.heard?.(packet);
  }
}
