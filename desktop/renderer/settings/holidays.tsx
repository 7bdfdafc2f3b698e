import { addDays } from "@switchboard/shared/model/dates.ts";
import type { Holiday } from "@switchboard/shared/model/hours.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { createZone, isZone } from "@switchboard/shared/model/zones.ts";
import { useTranslation } from "react-i18next";
import { useNow } from "../text/now.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { DatePicker } from "../ui/date-picker.tsx";
import { TextInput } from "../ui/text-input.tsx";
import type { HoursPartProps } from "./hours-part.ts";
import { IntervalList } from "./interval-list.tsx";
import { RowError, Rows } from "./rows.tsx";
import styles from "./hours.module.css";
import settings from "./settings.module.css";

/** Days that are not like the others: closed, or open at other hours. */
export function Holidays({ document, value, off }: HoursPartProps) {
  const { t } = useTranslation();
  const now = useNow();
  const zone = createZone(isZone(value.zone) ? value.zone : "UTC");
  const set = (index: number, change: Partial<Holiday>) =>
    document.update((before) => ({
      ...before,
      holidays: before.holidays.map((holiday, other) => (other === index ? { ...holiday, ...change } : holiday)),
    }));
  const add = () => {
    const taken = new Set(value.holidays.map(({ date }) => date));
    let date = addDays(zone.dateAt(now), 1);
    while (taken.has(date)) date = addDays(date, 1);
    document.update({ holidays: [...value.holidays, { date, name: "", intervals: [] }] });
  };
  return (
    <Rows title={t("settings.hours.holidays")}>
      <p className={settings.text}>{t("settings.hours.holidays_help")}</p>
      <ul className={styles.holidays}>
        {value.holidays.map((holiday, index) => {
          const path = `holidays.${index}`;
          const name = holiday.name === "" ? t("settings.hours.holiday", { number: index + 1 }) : holiday.name;
          const wrong = document.errorAt(`${path}.date`) ?? document.errorAt(`${path}.name`);
          return (
            // Two may stand on one date until one is changed.
            <li key={index}>
              <div className={styles.holiday}>
                <DatePicker
                  className={styles.date}
                  label={t("settings.hours.holiday_date", { name })}
                  value={holiday.date}
                  today={zone.dateAt(now)}
                  onValue={(date) => {
                    set(index, { date });
                    document.leave(`${path}.date`);
                  }}
                  disabled={off}
                />
                <TextInput
                  aria-label={t("settings.hours.holiday_name", { name })}
                  placeholder={t("common.name")}
                  value={holiday.name}
                  onValue={(next) => set(index, { name: next })}
                  onBlur={() => document.leave(`${path}.name`)}
                  maxLength={limits.holidayName}
                  disabled={off}
                />
                <IconButton
                  icon="trash"
                  label={t("ui.combobox.remove", { name })}
                  disabled={off}
                  onClick={() => document.update({ holidays: value.holidays.filter((_unused, other) => other !== index) })}
                />
              </div>
              <IntervalList
                of={name}
                intervals={holiday.intervals}
                onIntervals={(intervals) => set(index, { intervals })}
                disabled={off}
                errorAt={(at) => document.errorAt(at === "" ? `${path}.intervals` : `${path}.intervals.${at}`)}
                onLeave={() => {
                  document.leave(`${path}.intervals`);
                  for (const [at] of holiday.intervals.entries())
                    for (const end of ["from", "to"]) document.leave(`${path}.intervals.${at}.${end}`);
                }}
              />
              {wrong !== undefined && <RowError>{wrong}</RowError>}
            </li>
          );
        })}
      </ul>
      <Button icon="plus" onClick={add} disabled={off || value.holidays.length >= limits.holidays}>
        {t("settings.hours.holiday_add")}
      </Button>
    </Rows>
  );
}
