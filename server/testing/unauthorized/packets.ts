/** Packets by chance, repeatable by a seed: Engine.IO and Socket.IO as they are written on the wire, bent in every place. */
export type Frame = string | Uint8Array<ArrayBuffer>;

export interface Fuzz {
  pick<T>(list: readonly T[]): T;
  /** One frame for this namespace. */
  frame(namespace: string): Frame;
  text(): string;
  /** The query of a request to the polling transport. */
  address(sid: string): string;
}

/** Packets that ended processes or filled their memory: CVE-2020-36049, CVE-2022-2421, CVE-2022-41940, CVE-2023-32695 and their kin. */
export const historic = (namespace: string): Frame[] => [
  `42${namespace},["toString"]`,
  `42${namespace},["__proto__",{}]`,
  `42${namespace},["constructor","x"]`,
  `42${namespace},[]`,
  `42${namespace},{}`,
  `42${namespace},[null]`,
  `42${namespace},[{"toString":1}]`,
  `42${namespace},["send",{"toString":"x","valueOf":"y"}]`,
  `42${namespace},["disconnect"]`,
  `42${namespace},["connect_error"]`,
  `42${namespace},["newListener",1]`,
  `43${namespace},99999999999999999999["x"]`,
  `43${namespace},1[]`,
  `451-${namespace},["send",{"_placeholder":true,"num":0}]`,
  `451-${namespace},["send",{"_placeholder":true,"num":"splice"}]`,
  `451-${namespace},["send",{"_placeholder":true,"num":-1}]`,
  `459999999999-${namespace},["send"]`,
  `45-${namespace},["x"]`,
  `46${namespace},1["x"]`,
  `44${namespace},{"message":"x"}`,
  `41${namespace},`,
  `40${namespace},{"token":{"toString":1}}`,
  `40${namespace},${"[".repeat(5_000)}`,
  "40/nothing,{}",
  "47",
  "4",
  "",
  "5",
  "6",
  "b",
  "bAAAA",
  "1",
  new Uint8Array([0]),
  new Uint8Array(70_000),
  `4${"2".repeat(60_000)}`,
];

const values = [
  "null",
  "true",
  "0",
  "-1",
  "1e308",
  "1e999",
  '""',
  '"x"',
  "[]",
  "{}",
  "[[]]",
  '{"a":{"b":{"c":{}}}}',
  '{"$gt":""}',
  '{"__proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"_placeholder":true,"num":0}',
  '"\\u0000"',
  '"\\ud800"',
  '"0190b3d6-7c00-7000-8000-000000000001"',
  '{"length":1e9}',
  '{"then":1}',
  '{"toJSON":1}',
  '{"hasOwnProperty":1}',
  `"${"x".repeat(9_000)}"`,
  `${"[".repeat(500)}${"]".repeat(500)}`,
] as const;

const fields = [
  "id",
  "conversation",
  "conversations",
  "text",
  "number",
  "on",
  "kind",
  "token",
  "cursor",
  "marks",
  "read",
  "delivered",
  "url",
  "title",
  "room",
  "tenantId",
];
const strangers = [
  "join",
  "subscribe",
  "room",
  "error",
  "connect",
  "disconnect",
  "ping",
  "toString",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "",
];

export function createFuzz(seed: number, says: readonly string[]): Fuzz {
  let state = seed >>> 0;
  /** Mulberry32. */
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(random() * most);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T; // below the length
  const often = (chance: number) => random() < chance;

  const value = (): string => (often(0.3) ? object() : pick(values));
  const object = (): string =>
    `{${Array.from({ length: below(4) }, () => `"${pick(fields)}":${often(0.1) ? object() : pick(values)}`).join()}}`;

  function packet(namespace: string): string {
    const known = says.filter((say) => say.startsWith(namespace)).map((say) => say.slice(namespace.length + 1));
    const event = often(0.7) && known.length > 0 ? pick(known) : pick(strangers);
    const type = often(0.75) ? "2" : pick(["0", "1", "2", "3", "4", "5", "6", "7", "9", ""]);
    const attachments = type === "5" || type === "6" ? `${pick(["0", "1", "2", "11", "-1", "x", "99999"])}-` : "";
    const place = often(0.9) ? `${namespace},` : pick(["", "/", "/nothing,", ",,", `${namespace}?x=1,`, "/visit/desk,"]);
    const ack = often(0.6) ? pick(["0", "1", "7", "4294967296", "-1", "01", "1e9", "x"]) : "";
    return `4${type}${attachments}${place}${ack}[${[`"${event}"`, ...Array.from({ length: below(3) }, value)].join()}]`;
  }

  /** Cut, doubled, mixed up: what a broken line makes of it. */
  function bent(text: string): string {
    const at = below(text.length + 1);
    switch (below(6)) {
      case 0:
        return text.slice(0, at);
      case 1:
        return text.slice(at);
      case 2:
        return text.slice(0, at) + pick(['"', "[", "}", "\u0000", "\u001e", "\ud83d", ",", "9"]) + text.slice(at);
      case 3:
        return text + text;
      case 4:
        return text.toUpperCase();
      default:
        return Array.from(text).toReversed().join("");
    }
  }

  const fuzz: Fuzz = {
    pick,
    text() {
      const made = packet(pick(["/visit", "/desk"]));
      return often(0.4) ? bent(made) : made;
    },
    frame(namespace) {
      if (often(0.02)) return pick(historic(namespace));
      if (often(0.05)) return Uint8Array.from({ length: below(300) }, () => below(256));
      const made = packet(namespace);
      return often(0.25) ? bent(made) : made;
    },
    address: (sid) =>
      new URLSearchParams({
        EIO: pick(["4", "3", "", "x", "99999999999"]),
        transport: pick(["polling", "websocket", "webtransport", "__proto__", "constructor", ""]),
        ...(often(0.7) ? { sid: pick([sid, "", "x", "__proto__", `${sid}x`, "../../etc/passwd"]) } : {}),
        ...(often(0.3) ? { j: pick(["0", "x", "1);alert(1)//"]) } : {}),
        ...(often(0.3) ? { b64: "1" } : {}),
      }).toString(),
  };
  return fuzz;
}
