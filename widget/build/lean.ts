/** What the chat never uses of its libraries is left out of the bundle. The versions are pinned exactly; the journeys in a real browser show that nothing is missing. */
import { fileURLToPath } from "node:url";
import { limits } from "@switchboard/shared/model/limits.ts";
import type { Plugin } from "vite";

const encodeText = `
  import { PACKET_TYPES } from "./commons.js";
  export const encodePacket = ({ type, data }, _, done) => done(PACKET_TYPES[type] + (data ?? ""));
  export const encodePacketToBinary = () => {};`;
const decodeText = `
  import { ERROR_PACKET, PACKET_TYPES_REVERSE } from "./commons.js";
  export const decodePacket = (packet) => {
    const type = PACKET_TYPES_REVERSE[packet[0]];
    return typeof packet !== "string" || !type ? ERROR_PACKET : packet.length > 1 ? { type, data: packet.slice(1) } : { type };
  };`;

const replaced: { in: string; module: string; code?: string; file?: URL }[] = [
  {
    // One transport. Long polling would need the same server process for every request; the chat asks by plain HTTP instead.
    in: "engine.io-client",
    module: "./transports/index.js",
    code: 'import { WS } from "./websocket.node.js"; export const transports = { websocket: WS };',
  },
  // A parser for JSON alone, compared with theirs by a test.
  { in: "socket.io-client", module: "socket.io-parser", file: new URL("../chat/packets.ts", import.meta.url) },
  { in: "engine.io-parser", module: "./encodePacket.js", code: encodeText },
  { in: "engine.io-parser", module: "./decodePacket.js", code: decodeText },
  {
    // The automatic runtime with preact's own function instead of a second one.
    in: "",
    module: "preact/jsx-runtime",
    code: 'import { createElement, Fragment } from "preact"; const jsx = (type, props, key) => createElement(type, key === undefined ? props : { ...props, key }); export { jsx, jsx as jsxs, Fragment };',
  },
];

export function withoutUnused(): Plugin {
  return {
    name: "without-unused",
    enforce: "pre",
    async resolveId(source, importer) {
      const index = replaced.findIndex(({ in: from, module }) => module === source && (importer ?? "").includes(from));
      const file = replaced[index]?.file;
      if (file !== undefined) return fileURLToPath(file);
      if (index < 0) return null;
      // Beside the file that it stands for, so that its own imports are found.
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found === null ? null : `${found.id}?lean=${index}`;
    },
    load(id) {
      const code = replaced[Number(/\?lean=(\d+)$/u.exec(id)?.[1] ?? Number.NaN)]?.code;
      return code === undefined ? null : { code, moduleSideEffects: false };
    },
  };
}

/** `limits.message` becomes its number: the table itself is for everybody, the chat needs eight of it. */
export function inlineLimits(): Plugin {
  return {
    name: "inline-limits",
    enforce: "pre",
    transform(code, id) {
      if (!/\/widget\/chat\/.*\.tsx?$/u.test(id) || !code.includes("limits.")) return null;
      return code.replace(/\blimits\.(\w+)\b/gu, (whole, name: string) =>
        Object.hasOwn(limits, name) ? String(limits[name as keyof typeof limits]) : whole,
      );
    },
  };
}
