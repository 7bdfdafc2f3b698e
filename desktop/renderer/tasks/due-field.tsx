import { createZone } from "@switchboard/shared/model/zones.ts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { DateTimeField } from "../ui/date-time-field.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import type { DueFields } from "./due.ts";
import styles from "./due-field.module.css";

/** "GMT+7": which of several towns of that name is meant, and what the clock there says. */
export function offsetOf(zone: string, now: number): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(now);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

export function DueField({
  value,
  onValue,
  zoneId,
  contactZone,
  clearable = true,
  readOnly = false,
}: {
  readonly value: DueFields;
  readonly onValue: (value: DueFields) => void;
  readonly zoneId: string;
  /** Of the contact, who may live by another clock. */
  readonly contactZone?: string | null | undefined;
  readonly clearable?: boolean;
  readonly readOnly?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const zone = useMemo(() => createZone(zoneId), [zoneId]);
  const other = useMemo(() => (contactZone == null ? undefined : createZone(contactZone)), [contactZone]);
  const label = clearable ? t("tasks.filter.due") : t("followups.form.when");
  return (
    <div>
      <p className={styles.label}>{label}</p>
      <DateTimeField
        label={label}
        value={value}
        onValue={onValue}
        zone={zone}
        zoneLabel={`${t("tasks.form.zone", { zone: format.clockOf(zoneId) })}${clearable && value.date !== null && value.time === null ? ` ${t("tasks.form.all_day")}` : ""}`}
        today={zone.dateAt(now)}
        other={other === undefined ? undefined : { zone: other, say: (time) => t("followups.form.contact_time", { time }) }}
      />
      {clearable && !readOnly && value.date !== null && (
        <Button kind="link" size="s" onClick={() => onValue({ date: null, time: null })}>
          {t("tasks.form.clear_due")}
        </Button>
      )}
    </div>
  );
}
