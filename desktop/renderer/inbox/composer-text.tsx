import { useImperativeHandle, useLayoutEffect, useRef, type ComponentPropsWithoutRef, type KeyboardEvent, type Ref } from "react";
import { cx } from "../ui/cx.ts";
import { blankAt, blanksIn, nextBlank } from "./blanks.ts";
import styles from "./composer-text.module.css";

export interface ComposerTextHandle {
  readonly focus: () => void;
  readonly caret: () => number;
  readonly selection: () => readonly [number, number];
  /** Puts text in the place of a range, as one step of undo, and goes to the first blank in it. */
  readonly insert: (start: number, end: number, text: string) => void;
  readonly nextBlank: (by: 1 | -1) => boolean;
}

export interface ComposerTextProps extends Omit<ComponentPropsWithoutRef<"textarea">, "value" | "onChange" | "onKeyDown"> {
  readonly value: string;
  readonly onValue: (text: string, caret: number) => void;
  readonly onKeys: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly onCaret: (caret: number) => void;
  readonly handle: Ref<ComposerTextHandle>;
  readonly note: boolean;
}

/**
 * A plain text field, so that input methods, spell checking and undo work as everywhere. Blanks and mentions are drawn by a
 * second layer behind it that holds the same text.
 */
export function ComposerText({ value, onValue, onKeys, onCaret, handle, note, ...rest }: ComposerTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  /** Where the caret goes once the text is in the field. */
  const wanted = useRef<readonly [number, number] | undefined>(undefined);

  const select = (start: number, end: number) => {
    field.current?.setSelectionRange(start, end);
    onCaret(end);
  };
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    field.current?.setSelectionRange(...wanted.current);
    wanted.current = undefined;
  });

  useImperativeHandle(handle, () => ({
    focus: () => field.current?.focus(),
    caret: () => field.current?.selectionStart ?? value.length,
    selection: () => [field.current?.selectionStart ?? value.length, field.current?.selectionEnd ?? value.length],
    insert(start, end, text) {
      const element = field.current;
      if (element === null) return;
      element.focus();
      element.setSelectionRange(start, end);
      const next = value.slice(0, start) + text + value.slice(end);
      const blank = nextBlank(next, start, 1);
      const inside = blank !== undefined && blank.start >= start && blank.end <= start + text.length ? blank : undefined;
      wanted.current = inside === undefined ? [start + text.length, start + text.length] : [inside.start, inside.end];
      // There is no other way into a field's own undo; where the browser refuses it, the text is set as a whole.
      if (!document.execCommand("insertText", false, text)) onValue(next, wanted.current[1]);
      select(...(wanted.current ?? [start + text.length, start + text.length]));
    },
    nextBlank(by) {
      const element = field.current;
      if (element === null) return false;
      const blank = nextBlank(value, by === 1 ? element.selectionEnd : element.selectionStart, by);
      if (blank === undefined) return false;
      select(blank.start, blank.end);
      return true;
    },
  }));

  return (
    <div className={styles.field}>
      <div className={cx(styles.layer, styles.back)} aria-hidden="true" dir={rest.dir}>
        <Marks text={value} mentions={note} />
      </div>
      <textarea
        {...rest}
        ref={field}
        className={cx(styles.layer, styles.front)}
        value={value}
        rows={1}
        onChange={(event) => onValue(event.currentTarget.value, event.currentTarget.selectionEnd)}
        onKeyDown={onKeys}
        onSelect={(event) => onCaret(event.currentTarget.selectionEnd)}
        onClick={(event) => {
          // A click into a blank takes the whole of it: typing replaces it.
          const element = event.currentTarget;
          const blank = element.selectionStart === element.selectionEnd ? blankAt(value, element.selectionStart) : undefined;
          if (blank !== undefined) select(blank.start, blank.end);
        }}
      />
    </div>
  );
}

function Marks({ text, mentions }: { readonly text: string; readonly mentions: boolean }) {
  const blanks = blanksIn(text);
  const parts: React.ReactNode[] = [];
  let end = 0;
  const plain = (part: string) =>
    mentions
      ? part.split(/(@[\p{L}\p{M}\p{N}.'-]+)/u).map((piece, index) => (
          // Pieces of one text: their place is their identity.
          <span key={`${end} ${index}`} className={cx(piece.startsWith("@") && piece.length > 1 && styles.mention)}>
            {piece}
          </span>
        ))
      : part;
  for (const blank of blanks) {
    parts.push(plain(text.slice(end, blank.start)));
    parts.push(
      <mark key={blank.start} className={styles.blank}>
        {text.slice(blank.start, blank.end)}
      </mark>,
    );
    end = blank.end;
  }
  parts.push(plain(text.slice(end)));
  // A last line break needs something after it to have a height.
  return (
    <>
      {parts}
      {"​"}
    </>
  );
}
