import { useState } from "react";
import { TextInput } from "../../ui/text-input.tsx";
import { numberOf } from "../number-input.tsx";
import styles from "./people.module.css";

export interface NumberFieldProps {
  /** Null where the rule does not exist: the field is empty then, and says so. */
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
  readonly onLeave?: (() => void) | undefined;
  readonly unit?: string;
  /** What an empty field means; without it an empty field is a mistake. */
  readonly never?: string;
}

/** A whole number as it is typed. What is no number is handed on as one that the rules refuse, so that the form says what is wrong. */
export function NumberField({ value, onValue, onLeave, unit, never }: NumberFieldProps) {
  const written = value === null || !Number.isFinite(value) ? "" : String(value);
  const [typed, setTyped] = useState<string>();
  const read = (text: string): number | null => {
    if (text.trim() === "") return never === undefined ? Number.NaN : null;
    return numberOf(text);
  };
  return (
    <TextInput
      className={styles.number}
      value={typed ?? written}
      inputMode="numeric"
      placeholder={never ?? ""}
      onValue={(text) => {
        setTyped(text);
        onValue(read(text));
      }}
      onBlur={() => {
        if (!Number.isNaN(value)) setTyped(undefined);
        onLeave?.();
      }}
      end={unit === undefined ? undefined : <span className={styles.help}>{unit}</span>}
    />
  );
}
