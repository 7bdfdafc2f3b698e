import type { Interval } from "@switchboard/shared/model/hours.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../ui/button.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { RowError } from "./rows.tsx";
import styles from "./hours.module.css";

export interface IntervalListProps {
  /** "Monday", "Songkran": named in each field. */
  readonly of: string;
  readonly intervals: readonly Interval[];
  readonly onIntervals: (intervals: readonly Interval[]) => void;
  readonly disabled: boolean;
  /** The sentence for one place: "", "0.from", "1.to". */
  readonly errorAt: (path: string) => string | undefined;
  readonly onLeave: () => void;
}

/** "9:5" is five past nine for whoever typed it; what is no time stays as it is and is told. */
function tidyTime(text: string): string {
  const [, hours, minutes = "00"] = /^\s*(\d{1,2})(?:[:.h]?(\d{1,2}))?\s*$/u.exec(text.normalize("NFKC")) ?? [];
  return hours === undefined ? text.trim() : `${hours.padStart(2, "0")}:${minutes.padStart(2, "0")}`;
}

/** The hours of a day; what is between two of them is a break. */
export function IntervalList({ of, intervals, onIntervals, disabled, errorAt, onLeave }: IntervalListProps) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<Interval>) =>
    onIntervals(intervals.map((interval, other) => (other === index ? { ...interval, ...change } : interval)));
  const field = (index: number, end: "from" | "to") => (
    <TextInput
      className={styles.time}
      aria-label={t(end === "from" ? "settings.hours.from" : "settings.hours.to", { day: of, number: index + 1 })}
      aria-invalid={errorAt(`${index}.${end}`) !== undefined}
      value={intervals[index]?.[end] ?? ""}
      onValue={(text) => set(index, { [end]: text })}
      onBlur={() => set(index, { [end]: tidyTime(intervals[index]?.[end] ?? "") })}
      disabled={disabled}
      autoComplete="off"
      maxLength={5}
    />
  );
  const wrong = [errorAt(""), ...intervals.flatMap((_unused, index) => [errorAt(`${index}.from`), errorAt(`${index}.to`)])].find(
    (sentence) => sentence !== undefined,
  );
  const add = () => {
    const last = intervals.at(-1);
    onIntervals([...intervals, last === undefined ? { from: "09:00", to: "18:00" } : { from: last.to, to: "" }]);
  };
  return (
    <div
      className={styles.intervals}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave();
      }}
    >
      <div className={styles.line}>
        {intervals.length === 0 && <span className={styles.closed}>{t("settings.hours.closed")}</span>}
        {intervals.map((_unused, index) => (
          // Intervals have no other identity than their place.
          <span key={index} className={styles.interval}>
            {field(index, "from")}
            <span aria-hidden="true">–</span>
            {field(index, "to")}
            <IconButton
              icon="close"
              size="s"
              label={t("settings.hours.remove", { day: of, number: index + 1 })}
              disabled={disabled}
              onClick={() => onIntervals(intervals.filter((_one, other) => other !== index))}
            />
          </span>
        ))}
        {intervals.length < limits.intervalsPerDay && (
          <Button kind="quiet" size="s" icon="plus" onClick={add} disabled={disabled}>
            {t(intervals.length === 0 ? "settings.hours.open_day" : "settings.hours.after_break")}
          </Button>
        )}
      </div>
      {wrong !== undefined && <RowError>{wrong}</RowError>}
    </div>
  );
}
