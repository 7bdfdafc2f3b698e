import { useEffect, useEffectEvent, useRef, useState } from "react";

/** A message is read after so long in the focused pane of the focused window, with its end on screen. */
const readMs = 1000;

export interface ReadMarkInput {
  /** The pane has the focus and its newest message is on screen. */
  readonly active: boolean;
  readonly lastNumber: number;
  readonly readNumber: number;
  /** Set back to unread by hand. It stays so while I stay here, and ends when I come back to it. */
  readonly kept: boolean;
  readonly mark: (upTo: number) => void;
  readonly forget: () => void;
}

export function useReadMark({ active, lastNumber, readNumber, kept, mark, forget }: ReadMarkInput): void {
  const [windowFocused, setWindowFocused] = useState(() => document.hasFocus());
  const read = useEffectEvent(mark);
  useEffect(() => {
    const look = () => setWindowFocused(document.hasFocus());
    globalThis.addEventListener("focus", look);
    globalThis.addEventListener("blur", look);
    return () => {
      globalThis.removeEventListener("focus", look);
      globalThis.removeEventListener("blur", look);
    };
  }, []);
  const here = active && windowFocused;
  const due = here && lastNumber > readNumber;
  useEffect(() => {
    if (!due) return undefined;
    const timer = setTimeout(() => read(lastNumber), readMs);
    return () => clearTimeout(timer);
  }, [due, lastNumber]);

  const keptNow = useRef(kept);
  useEffect(() => {
    keptNow.current = kept;
  });
  const came = useEffectEvent(forget);
  useEffect(() => {
    // Asked when I come, not when it is set: pressing the key must not undo itself a second later.
    if (!here || !keptNow.current) return undefined;
    const timer = setTimeout(came, readMs);
    return () => clearTimeout(timer);
  }, [here]);
}
