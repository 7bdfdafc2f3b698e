import { addMonths, type PlainDate } from "@switchboard/shared/model/dates.ts";
import {
  frequencies,
  longestInterval,
  mostOccurrences,
  type Recurrence,
  type RecurrenceEnd,
} from "@switchboard/shared/model/recurrence.ts";
import { useTranslation } from "react-i18next";
import { useZone } from "../tasks/task-marks.tsx";
import { useTicker } from "../text/now.tsx";
import { DatePicker } from "../ui/date-picker.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import styles from "./followup-fields.module.css";

const whole = (typed: string, most: number) => Math.min(most, Math.max(1, Number.parseInt(typed.replaceAll(/\D/g, ""), 10) || 1));

/** Every so many days, weeks or months, with an end. */
export function RepeatField({
  value,
  onValue,
  from,
  disabled,
}: {
  readonly value: Recurrence | null;
  readonly onValue: (value: Recurrence | null) => void;
  readonly from: PlainDate | null;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation();
  const zone = useZone();
  const today = zone.dateAt(useTicker().now());
  const ends: Readonly<Record<RecurrenceEnd["kind"], RecurrenceEnd>> = {
    never: { kind: "never" },
    on: { kind: "on", date: addMonths(from ?? today, 3) },
    after: { kind: "after", times: 4 },
  };
  return (
    <div className={styles.three}>
      <Field label={t("followups.form.repeat")}>
        <Select
          value={value?.every ?? "never"}
          disabled={disabled}
          onValue={(every) => {
            const frequency = frequencies.find((each) => each === every);
            if (frequency === undefined) onValue(null);
            else onValue({ interval: value?.interval ?? 1, end: value?.end ?? ends.never, weekdays: [], every: frequency });
          }}
          choices={[
            { value: "never", label: t("followups.form.repeat_never") },
            ...frequencies.map((every) => ({ value: every, label: t(`followups.repeats.${every}`) })),
          ]}
        />
      </Field>
      {value !== null && (
        <>
          <Field label={t("followups.form.interval")}>
            <TextInput
              inputMode="numeric"
              value={String(value.interval)}
              readOnly={disabled}
              onValue={(typed) => onValue({ ...value, interval: whole(typed, longestInterval) })}
            />
          </Field>
          <Field label={t("followups.form.ends")}>
            <Select<RecurrenceEnd["kind"]>
              value={value.end.kind}
              disabled={disabled}
              onValue={(kind) => onValue({ ...value, end: ends[kind] })}
              choices={[
                { value: "never", label: t("followups.form.ends_never") },
                { value: "on", label: t("followups.form.ends_on") },
                { value: "after", label: t("followups.form.ends_after") },
              ]}
            />
          </Field>
          {value.end.kind === "on" && (
            <DatePicker
              label={t("followups.form.ends_on")}
              value={value.end.date}
              today={today}
              onValue={(date) => onValue({ ...value, end: { kind: "on", date } })}
            />
          )}
          {value.end.kind === "after" && (
            <Field label={t("followups.form.times")}>
              <TextInput
                inputMode="numeric"
                value={String(value.end.times)}
                readOnly={disabled}
                onValue={(typed) => onValue({ ...value, end: { kind: "after", times: whole(typed, mostOccurrences) } })}
              />
            </Field>
          )}
        </>
      )}
    </div>
  );
}
