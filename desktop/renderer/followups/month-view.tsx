import { weekdayOf, weekdays, type PlainDate } from "@switchboard/shared/model/dates.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { monthOf } from "./calendar.ts";
import { channelIcons, SlotState, slotClass, slotColour, useFollowupName } from "./followup-slot.tsx";
import type { ColourOf } from "./colours.ts";
import type { FollowupLine } from "./followup-values.ts";
import styles from "./month-view.module.css";

const shownInDay = 3;

export function MonthView({
  date,
  followups,
  zone,
  conflicts,
  colourOf,
  onOpen,
  onDay,
}: {
  readonly date: PlainDate;
  readonly followups: readonly FollowupLine[];
  readonly zone: Zone;
  readonly conflicts: ReadonlySet<string>;
  readonly colourOf: ColourOf;
  readonly onOpen: (followup: FollowupLine) => void;
  /** A day is looked at closely by itself. */
  readonly onDay: (date: PlainDate) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = zone.dateAt(useMinute());
  const nameOf = useFollowupName();
  const byDay = Map.groupBy(followups, (followup) => zone.dateAt(Date.parse(followup.due.at)));
  return (
    <div className={styles.scroller}>
      <table className={styles.month} aria-label={t("followups.page.calendar")}>
        <thead>
          <tr>
            {weekdays.map((day) => (
              <th key={day} scope="col" abbr={format.weekday(day, "long")}>
                {format.weekday(day, "short")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthOf(date).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => {
                const all = byDay.get(day) ?? [];
                const shown = all.length > shownInDay + 1 ? all.slice(0, shownInDay) : all;
                return (
                  <td key={day} className={cx(day.slice(0, 7) !== date.slice(0, 7) && styles.other, weekdayOf(day) > 5 && styles.weekend)}>
                    <button
                      type="button"
                      className={cx(styles.number, day === today && styles.today)}
                      {...(day === today ? { "aria-current": "date" as const } : {})}
                      aria-label={format.date(day)}
                      onClick={() => onDay(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                    <ul>
                      {shown.map((followup) => (
                        <li key={followup.id}>
                          <button
                            type="button"
                            data-command-row={followup.id}
                            className={cx(slotClass(followup, conflicts.has(followup.id)), styles.slot)}
                            style={slotColour(colourOf(followup))}
                            onClick={() => onOpen(followup)}
                          >
                            <Icon name={followup.status === "missed" ? "clock" : channelIcons[followup.channel]} size="xs" />
                            <span className={styles.time}>{format.time(Date.parse(followup.due.at))}</span>
                            <span className="clip">{nameOf(followup)}</span>
                            {conflicts.has(followup.id) && <Icon name="columns" size="xs" className={styles.conflict} />}
                            <SlotState followup={followup} conflict={conflicts.has(followup.id)} />
                          </button>
                        </li>
                      ))}
                    </ul>
                    {all.length > shown.length && (
                      <button type="button" className={styles.more} onClick={() => onDay(day)}>
                        {t("followups.page.more_in_day", { count: all.length - shown.length })}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
