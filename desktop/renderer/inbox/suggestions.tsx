import type { ReactNode } from "react";
import { cx } from "../ui/cx.ts";
import styles from "./suggestions.module.css";

export interface Suggestion {
  readonly id: string;
  readonly content: ReactNode;
}

export interface SuggestionsProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly Suggestion[];
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onChoose: (index: number) => void;
  readonly nothing: string;
  readonly preview?: ReactNode;
}

/** What is offered while typing: the field keeps the focus, arrows move the mark, Enter takes it. */
export function Suggestions({ id, label, items, active, onActive, onChoose, nothing, preview }: SuggestionsProps) {
  return (
    <div className={styles.popup}>
      <div id={id} role="listbox" aria-label={label} className={styles.list}>
        {items.map((item, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={item.id}
            id={`${id} ${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={cx(styles.item, index === active && styles.on)}
            // Pressing must not take the focus out of the text.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => onActive(index)}
            onClick={() => onChoose(index)}
          >
            {item.content}
          </div>
        ))}
      </div>
      {items.length === 0 && <p className={styles.nothing}>{nothing}</p>}
      {preview !== undefined && items.length > 0 && <div className={styles.preview}>{preview}</div>}
    </div>
  );
}
