import { createZone } from "@switchboard/shared/model/zones.ts";
import { wallTime } from "@switchboard/shared/model/dates.ts";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { DateTimeField, type DateTimeValue } from "../ui/date-time-field.tsx";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { snoozeTimes, type SnoozeChoice } from "./snooze-times.ts";
import styles from "./dialogs.module.css";

export interface SnoozeDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onSnooze: (until: number) => void;
}

const choices: readonly SnoozeChoice[] = ["hour", "three_hours", "tomorrow", "monday"];

export function SnoozeDialog({ open, onClose, onSnooze }: SnoozeDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const zone = useMemo(() => createZone(format.zone), [format.zone]);
  const [own, setOwn] = useState<DateTimeValue>({ date: null, time: "09:00" });
  const now = ticker.now();
  const times = snoozeTimes(now, zone);
  // On a Sunday both are the same morning.
  const offered = choices.filter((choice) => choice !== "monday" || times.monday !== times.tomorrow);
  const at = own.date === null || own.time === null ? undefined : zone.instantOf(wallTime(own.date, own.time));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("inbox.snooze.title")}
      width="s"
      footer={
        <DialogActs
          onCancel={onClose}
          blocked={at === undefined || at <= now ? t("inbox.snooze.past") : undefined}
          onClick={() => at !== undefined && onSnooze(at)}
        >
          {t("inbox.snooze.confirm")}
        </DialogActs>
      }
    >
      <ul className={styles.choices}>
        {offered.map((choice) => (
          <li key={choice}>
            <button type="button" className={styles.choice} onClick={() => onSnooze(times[choice])}>
              <span className="grow">{t(`inbox.snooze.${choice}`)}</span>
              <small>{format.dayTime(times[choice], now)}</small>
            </button>
          </li>
        ))}
      </ul>
      <DateTimeField
        label={t("inbox.snooze.choose")}
        value={own}
        onValue={setOwn}
        zone={zone}
        zoneLabel={t("tasks.form.zone", { zone: format.clockOf(format.zone) })}
        today={zone.dateAt(now)}
      />
    </Dialog>
  );
}
