import { createContext, use, useEffect, useRef, useState } from "react";
import type { Memory, MemoryKey } from "./memory.ts";

export const MemoryContext = createContext<Memory | undefined>(undefined);

export function useMemory(): Memory {
  const memory = use(MemoryContext);
  if (memory === undefined) throw new Error("no memory: wrap the page in MemoryContext");
  return memory;
}

/** State that is there again after a restart. Written a moment after the last change, so that dragging writes once. */
export function useRemembered<T>(key: MemoryKey, repair: (value: unknown) => T): readonly [T, (next: T | ((before: T) => T)) => void] {
  const memory = useMemory();
  const [value, setValue] = useState(() => repair(memory.read(key)));
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    const write = () => memory.write(key, value);
    const timer = setTimeout(write, 200);
    globalThis.addEventListener("pagehide", write);
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener("pagehide", write);
      write();
    };
  }, [memory, key, value]);
  return [value, setValue];
}
