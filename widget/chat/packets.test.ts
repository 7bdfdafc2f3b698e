import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decoder, Encoder, PacketType, protocol, type Packet } from "./packets.ts";

interface Parser {
  protocol: number;
  PacketType: Record<string, number | string>;
  Encoder: new () => { encode(packet: Packet): unknown[] };
  Decoder: new () => { on(event: "decoded", heard: (packet: Packet) => void): void; add(text: string): void };
}
// The one that the library brings along, found from its own place.
const theirs = createRequire(createRequire(import.meta.url).resolve("socket.io-client"))("socket.io-parser") as Parser;

function decode(
  decoder: { on(event: "decoded", heard: (packet: Packet) => void): void; add(text: string): void },
  text: string,
): Packet | "refused" {
  const packets: Packet[] = [];
  decoder.on("decoded", (packet) => packets.push(packet));
  try {
    decoder.add(text);
  } catch {
    return "refused";
  }
  return packets[0] ?? "refused";
}

const args = fc.array(fc.jsonValue(), { maxLength: 3 });
const name = fc
  .string({ minLength: 1 })
  .filter((text) => !["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].includes(text));
const packet: fc.Arbitrary<Packet> = fc.record({ nsp: fc.constantFrom("/visit", "/") }).chain(({ nsp }) =>
  fc.oneof(
    fc.record({ type: fc.constant(0), nsp: fc.constant(nsp), data: fc.record({ token: fc.string(), after: fc.nat() }) }),
    fc.record({ type: fc.constant(1), nsp: fc.constant(nsp) }),
    fc.record({ type: fc.constant(2), nsp: fc.constant(nsp), data: fc.tuple(name, args).map(([first, rest]) => [first, ...rest]) }),
    fc.record({
      type: fc.constant(2),
      nsp: fc.constant(nsp),
      id: fc.nat(),
      data: fc.tuple(name, args).map(([first, rest]) => [first, ...rest]),
    }),
    fc.record({ type: fc.constant(3), nsp: fc.constant(nsp), id: fc.nat(), data: args }),
    fc.record({
      type: fc.constant(4),
      nsp: fc.constant(nsp),
      data: fc.record({ message: fc.string(), data: fc.dictionary(fc.string(), fc.string()) }),
    }),
  ),
);

describe("packets of the chat's socket", () => {
  it("are written as the library writes them, and read back the same", () => {
    fc.assert(
      fc.property(packet, (sent) => {
        const [text = ""] = new Encoder().encode(sent);
        expect(text).toBe(new theirs.Encoder().encode(sent)[0]);
        expect(decode(new Decoder(), text)).toEqual(decode(new theirs.Decoder(), text));
      }),
    );
    expect(theirs).toMatchObject({ protocol, PacketType });
  });

  it("of the server's own writing are read as the library reads them", () => {
    for (const text of [
      '0/visit,{"sid":"x"}',
      "1/visit,",
      '2/visit,["ready",{"a":"1,2"}]',
      '3/visit,12[{"value":[]}]',
      '4/visit,{"message":"refused"}',
      '0{"sid":"x"}',
    ]) {
      expect(decode(new Decoder(), text)).toEqual(decode(new theirs.Decoder(), text));
      expect(decode(new Decoder(), text)).not.toBe("refused");
    }
  });

  it.each([
    "",
    "9",
    "x",
    "2/visit,",
    '2/visit,{"no":"list"}',
    "2/visit,[",
    '3/visit,1"x"',
    '0/visit,["list"]',
    '51-/visit,["file",{"_placeholder":true,"num":0}]',
  ])("refuse %s", (text) => {
    expect(decode(new Decoder(), text)).toBe("refused");
  });
});
