import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useImperativeHandle, useRef, type ReactNode, type Ref } from "react";
import { cx } from "./cx.ts";
import styles from "./virtual-list.module.css";

export interface VirtualListHandle {
  scrollToKey(key: string, align?: "auto" | "start" | "center" | "end"): void;
  scrollBy(delta: number): void;
  element(): HTMLElement | null;
}

export interface VirtualListProps<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** The true height: rows of one kind are equally high, so that nothing is measured and nothing jumps. */
  readonly heightOf: (item: Item) => number;
  readonly children: (item: Item, index: number) => ReactNode;
  /** The end is near: load the next page. */
  readonly onEnd?: (() => void) | undefined;
  readonly before?: ReactNode;
  readonly className?: string | undefined;
  readonly handle?: Ref<VirtualListHandle> | undefined;
}

/** Renders what is seen and a few rows more; scroll position survives changed rows because keys and heights are known. */
export function VirtualList<Item>({ items, keyOf, heightOf, children, onEnd, before, className, handle }: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const lead = useRef<HTMLDivElement>(null);
  // The rule is about the React Compiler, which this build does not use.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const item = items[index];
      return item === undefined ? 0 : heightOf(item);
    },
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 8,
    scrollMargin: lead.current?.offsetHeight ?? 0,
  });

  // Heights are known, never measured: a change of density or of the rows themselves must reach the virtualiser by hand.
  const heights = items.map(heightOf).join(" ");
  useEffect(() => {
    virtual.measure();
  }, [heights, virtual]);

  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd !== undefined && items.length > 0 && last >= items.length - 10) onEnd();
  }, [last, items.length, onEnd]);

  useImperativeHandle(handle, () => ({
    scrollToKey(key, align = "auto") {
      const index = items.findIndex((item) => keyOf(item) === key);
      if (index >= 0) virtual.scrollToIndex(index, { align });
    },
    scrollBy(delta) {
      if (scroller.current !== null) scroller.current.scrollTop += delta;
    },
    element: () => scroller.current,
  }));

  return (
    // A scroller that holds no focusable thing must itself be reachable by keyboard; rows here are focusable, so it is not.
    <div ref={scroller} className={cx(styles.scroller, className)}>
      <div ref={lead}>{before}</div>
      <div className={styles.space} style={{ height: virtual.getTotalSize() }} role="presentation">
        {rows.map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          return (
            <div
              key={row.key}
              className={styles.row}
              style={{ height: row.size, transform: `translateY(${row.start - virtual.options.scrollMargin}px)` }}
              role="presentation"
            >
              {children(item, row.index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
