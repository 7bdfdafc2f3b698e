import { isTime, wallTime, type PlainDate, type PlainTime } from "@switchboard/shared/model/dates.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { DatePicker } from "./date-picker.tsx";
import { parseTime } from "./parse-time.ts";
import { TextInput } from "./text-input.tsx";
import styles from "./date-picker.module.css";

export interface DateTimeValue {
  readonly date: PlainDate | null;
  readonly time: PlainTime | null;
}

export interface DateTimeFieldProps {
  readonly label: string;
  readonly value: DateTimeValue;
  readonly onValue: (value: DateTimeValue) => void;
  readonly zone: Zone;
  readonly zoneLabel: string;
  readonly today: PlainDate;
  /** Somebody who lives by another clock: "For Jonas in Berlin: 11:00." */
  readonly other?: { readonly zone: Zone; readonly say: (time: string) => string } | undefined;
}

/** Wall time plus zone: what is planned stays where the clock on the wall is, also when summer time changes. */
export function DateTimeField({ label, value, onValue, zone, zoneLabel, today, other }: DateTimeFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const at = value.date !== null && value.time !== null ? zone.instantOf(wallTime(value.date, value.time)) : undefined;
  const differs = other !== undefined && at !== undefined && other.zone.offsetAt(at) !== zone.offsetAt(at);
  return (
    <fieldset aria-label={label}>
      <div className={styles.pair}>
        <DatePicker
          label={t("ui.date.date")}
          value={value.date}
          today={today}
          onValue={(date) => onValue({ ...value, date })}
          placeholder={t("ui.date.none")}
        />
        <TextInput
          aria-label={t("ui.date.time")}
          placeholder="--:--"
          inputMode="numeric"
          value={typed ?? value.time ?? ""}
          onValue={(next) => {
            setTyped(next);
            if (isTime(next)) onValue({ ...value, time: next });
          }}
          onBlur={() => {
            if (typed !== undefined) onValue({ ...value, time: typed.trim() === "" ? null : (parseTime(typed) ?? value.time) });
            setTyped(undefined);
          }}
        />
      </div>
      <p className={styles.zone}>
        {zoneLabel}
        {differs && ` ${other.say(format.timeIn(at, other.zone.id))}`}
      </p>
    </fieldset>
  );
}
