import { useEffect, useMemo, useRef, useState } from "react";
import { calmOrder } from "./calm-order.ts";

/** How long after a list key the order stays as it is. */
const keyCalmMs = 2000;

export interface Calm<Item> {
  readonly items: readonly Item[];
  /** How many would stand elsewhere by now. */
  readonly moved: number;
  readonly settle: () => void;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
  /** A key of the list was pressed. */
  readonly touch: () => void;
}

interface Held<Item> {
  readonly scope: string;
  readonly items: readonly Item[];
}

/**
 * Holds the order of a list while the pointer is over it, and for two seconds after a list key. Rows change in place; one that
 * is gone keeps its place and its last look until the list is left alone. `scope` names the list: another tab or filter starts
 * fresh.
 */
export function useCalm<Item extends { readonly key: string }>(fresh: readonly Item[], scope: string): Calm<Item> {
  const [held, setHeld] = useState<Held<Item>>({ scope, items: fresh });
  const [hovered, setHovered] = useState(false);
  const [keyed, setKeyed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const frozen = held.scope === scope && (hovered || keyed);
  const { items, moved } = useMemo(() => {
    const now = new Map(fresh.map((item) => [item.key, item]));
    const before = new Map(held.items.map((item) => [item.key, item]));
    const calm = calmOrder([...before.keys()], [...now.keys()], frozen);
    return { items: calm.order.flatMap((key) => now.get(key) ?? before.get(key) ?? []), moved: calm.moved };
  }, [fresh, held.items, frozen]);
  if (held.scope !== scope || !sameItems(held.items, items)) setHeld({ scope, items });

  return {
    items,
    moved,
    settle: () => {
      clearTimeout(timer.current);
      setKeyed(false);
      setHeld({ scope, items: fresh });
    },
    onEnter: () => setHovered(true),
    onLeave: () => setHovered(false),
    touch: () => {
      clearTimeout(timer.current);
      setKeyed(true);
      timer.current = setTimeout(() => setKeyed(false), keyCalmMs);
    },
  };
}

function sameItems<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
