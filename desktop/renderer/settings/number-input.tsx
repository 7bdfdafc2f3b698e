import { useState } from "react";
import { TextInput } from "../ui/text-input.tsx";
import styles from "./settings.module.css";

export interface NumberInputProps {
  readonly value: number;
  /** What is not a number arrives as NaN, so that the rules of the document refuse it at its field. */
  readonly onValue: (value: number) => void;
  readonly unit?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly "aria-label"?: string | undefined;
}

/** A whole number with its unit. What was typed stays as it was typed. */
export function NumberInput({ value, onValue, unit, disabled, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState<string>();
  const read = typed === undefined ? undefined : numberOf(typed);
  const shown = typed !== undefined && Object.is(read, value) ? typed : Number.isNaN(value) ? (typed ?? "") : String(value);
  return (
    <TextInput
      {...rest}
      className={styles.number}
      value={shown}
      inputMode="numeric"
      autoComplete="off"
      disabled={disabled}
      onValue={(next) => {
        setTyped(next);
        onValue(numberOf(next));
      }}
      end={unit !== undefined && <span className={styles.unit}>{unit}</span>}
    />
  );
}

/** Also digits of other scripts, as a Thai keyboard writes them. */
export function numberOf(text: string): number {
  const plain = text
    .trim()
    .normalize("NFKC")
    .replaceAll(/[๐-๙]/gu, (digit) => String(digit.charCodeAt(0) - 0x0e50));
  return /^-?\d+([.,]\d+)?$/u.test(plain) ? Number(plain.replace(",", ".")) : Number.NaN;
}
