import { Fragment, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { equalShares, moveSplitter, repairShares } from "./split-sizes.ts";
import styles from "./resizable-panes.module.css";

export interface ResizablePanesProps {
  readonly shares: readonly number[] | undefined;
  readonly onShares: (shares: readonly number[]) => void;
  readonly minPx: number;
  readonly panes: readonly { readonly key: string; readonly content: ReactNode }[];
}

/** Parts side by side with splitters: pointer, arrow keys, double-click for equal. */
export function ResizablePanes({ shares: given, onShares, minPx, panes }: ResizablePanesProps) {
  const box = useRef<HTMLDivElement>(null);
  const { t } = useTranslation();
  const shares = repairShares(given, panes.length);
  const drag = useRef<{ index: number; x: number; shares: readonly number[] } | undefined>(undefined);
  const total = () => box.current?.clientWidth ?? 0;
  const sign = () => (box.current !== null && getComputedStyle(box.current).direction === "rtl" ? -1 : 1);

  const start = (index: number) => (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { index, x: event.clientX, shares };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const held = drag.current;
    if (held !== undefined) onShares(moveSplitter(held.shares, held.index, (event.clientX - held.x) * sign(), total(), minPx));
  };
  const end = () => {
    drag.current = undefined;
  };
  const keys = (index: number) => (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowLeft" ? -24 : event.key === "ArrowRight" ? 24 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    onShares(moveSplitter(shares, index, step * sign(), total(), minPx));
  };

  return (
    <div ref={box} className={styles.panes}>
      {panes.map((pane, index) => (
        <Fragment key={pane.key}>
          {index > 0 && (
            <div
              className={styles.splitter}
              role="separator"
              tabIndex={0}
              aria-orientation="vertical"
              aria-label={t("ui.splitter", { first: index, second: index + 1 })}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round((shares[index - 1] ?? 0) * 100)}
              onPointerDown={start(index - 1)}
              onPointerMove={move}
              onPointerUp={end}
              onPointerCancel={end}
              onKeyDown={keys(index - 1)}
              onDoubleClick={() => onShares(equalShares(panes.length))}
            />
          )}
          <div className={styles.pane} style={{ flexGrow: shares[index] ?? 1 }}>
            {pane.content}
          </div>
        </Fragment>
      ))}
    </div>
  );
}
