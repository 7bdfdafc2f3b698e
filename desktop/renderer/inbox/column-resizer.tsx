import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import styles from "./column-resizer.module.css";

export interface ColumnResizerProps {
  readonly label: string;
  readonly width: number;
  readonly min: number;
  readonly max: number;
  readonly usual: number;
  /** Which side of the line the column is on. */
  readonly side: "start" | "end";
  readonly onWidth: (width: number) => void;
}

/** The edge of the list or of the contact: pointer, arrow keys, double-click for the usual width. */
export function ColumnResizer({ label, width, min, max, usual, side, onWidth }: ColumnResizerProps) {
  const drag = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const { i18n } = useTranslation();
  const sign = (side === "start" ? 1 : -1) * (i18n.dir() === "rtl" || document.documentElement.dir === "rtl" ? -1 : 1);
  const set = (next: number) => onWidth(Math.round(Math.min(max, Math.max(min, next))));
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowLeft" ? -16 : event.key === "ArrowRight" ? 16 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    set(width + step * sign);
  };
  const move = (event: PointerEvent) => {
    if (drag.current !== undefined) set(drag.current.width + (event.clientX - drag.current.x) * sign);
  };
  const end = () => {
    drag.current = undefined;
  };
  return (
    <div
      className={styles.edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={width}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, width };
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onWidth(usual)}
      onKeyDown={keys}
    />
  );
}
