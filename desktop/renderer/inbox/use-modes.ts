import { useEffect, useState } from "react";
import { useMemory, useRemembered } from "../memory/memory-context.tsx";
import type { Anchor } from "./scroll-anchor.ts";
import type { ComposerMode } from "./use-draft.ts";

/** Reply or note, by conversation; the last hundred that were not "reply". */
export function useModes() {
  const [modes, setModes] = useRemembered<Readonly<Record<string, ComposerMode>>>("modes", (value) =>
    typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).flatMap(([key, mode]) => (mode === "note" ? [[key, "note" as const]] : [])))
      : {},
  );
  return {
    modeOf: (conversationId: string): ComposerMode => modes[conversationId] ?? "reply",
    setMode(conversationId: string, mode: ComposerMode) {
      const { [conversationId]: _before, ...others } = modes;
      setModes(mode === "reply" ? others : Object.fromEntries([...Object.entries(others).slice(-99), [conversationId, mode]]));
    },
  };
}

/** As many as somebody comes back to; ids and pixels only. */
const mostAnchors = 50;

/** Where each conversation was scrolled to, also after a restart. One that stood at its end is not in it. */
export function useAnchors(): Map<string, Anchor | undefined> {
  const memory = useMemory();
  const [anchors] = useState(() => new Map(readAnchors(memory.read("anchors"))));
  useEffect(() => {
    const write = () =>
      memory.write("anchors", Object.fromEntries([...anchors].filter(([, anchor]) => anchor !== undefined).slice(-mostAnchors)));
    globalThis.addEventListener("pagehide", write);
    return () => {
      globalThis.removeEventListener("pagehide", write);
      write();
    };
  }, [anchors, memory]);
  return anchors;
}

function readAnchors(value: unknown): [string, Anchor][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([id, anchor]: [string, unknown]) =>
    typeof anchor === "object" &&
    anchor !== null &&
    "key" in anchor &&
    typeof anchor.key === "string" &&
    "offset" in anchor &&
    typeof anchor.offset === "number"
      ? [[id, { key: anchor.key, offset: anchor.offset }]]
      : [],
  );
}
