import { useLayoutEffect, useState, type RefObject } from "react";

/** The size of an element, as it is now and whenever it changes. */
export function useSize(ref: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** True while a media query holds. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => globalThis.matchMedia(query).matches);
  useLayoutEffect(() => {
    const list = globalThis.matchMedia(query);
    const look = () => setMatches(list.matches);
    list.addEventListener("change", look);
    look();
    return () => list.removeEventListener("change", look);
  }, [query]);
  return matches;
}
