import { addDays, addMonths, startOfWeek, weekdays, type PlainDate, type Weekday } from "@switchboard/shared/model/dates.ts";
import { useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { IconButton } from "./button.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import { Popover } from "./popover.tsx";
import field from "./field.module.css";
import styles from "./date-picker.module.css";

export interface MonthGridProps {
  readonly value: PlainDate | null;
  readonly today: PlainDate;
  readonly onValue: (date: PlainDate) => void;
  readonly firstWeekday?: Weekday;
  /** The whole week of the value is marked, as beside the week calendar. */
  readonly markWeek?: boolean;
}

/** Six weeks, always: a month that needs five would make the popover jump. */
export function MonthGrid({ value, today, onValue, firstWeekday = 1, markWeek = false }: MonthGridProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [focus, setFocus] = useState<PlainDate>(value ?? today);
  const grid = useRef<HTMLTableElement>(null);
  const year = Number(focus.slice(0, 4));
  const month = Number(focus.slice(5, 7));
  const first = startOfWeek(`${focus.slice(0, 8)}01`, firstWeekday);
  const weeks = Array.from({ length: 6 }, (_unused, week) => Array.from({ length: 7 }, (_day, day) => addDays(first, week * 7 + day)));
  const columns = weekdays.map((_unused, index) => (((firstWeekday - 1 + index) % 7) + 1) as Weekday); // 1 to 7 by the arithmetic
  const chosenWeek = markWeek && value !== null ? startOfWeek(value, firstWeekday) : undefined;

  const go = (date: PlainDate) => {
    setFocus(date);
    // The cell exists after the next paint when the month changed.
    requestAnimationFrame(() => grid.current?.querySelector<HTMLButtonElement>(`[data-date="${date}"]`)?.focus());
  };
  const keys = (event: KeyboardEvent<HTMLTableElement>) => {
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const moves: Readonly<Record<string, () => PlainDate>> = {
      ArrowLeft: () => addDays(focus, -1 * rtl),
      ArrowRight: () => addDays(focus, 1 * rtl),
      ArrowUp: () => addDays(focus, -7),
      ArrowDown: () => addDays(focus, 7),
      PageUp: () => addMonths(focus, event.shiftKey ? -12 : -1),
      PageDown: () => addMonths(focus, event.shiftKey ? 12 : 1),
      Home: () => startOfWeek(focus, firstWeekday),
      End: () => addDays(startOfWeek(focus, firstWeekday), 6),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    go(move());
  };

  return (
    <div className={styles.month}>
      <div className={styles.head}>
        <span className={styles.title} aria-live="polite">
          {format.month(year, month)}
        </span>
        <IconButton
          icon="chevronLeft"
          size="s"
          label={t("ui.date.earlier")}
          onClick={() => setFocus(addMonths(focus, -1))}
          mirrored={true}
        />
        <IconButton icon="chevronRight" size="s" label={t("ui.date.later")} onClick={() => setFocus(addMonths(focus, 1))} mirrored={true} />
      </div>
      {/* A date grid is one stop for Tab; arrows move inside it (ARIA grid). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table ref={grid} role="grid" aria-label={format.month(year, month)} onKeyDown={keys}>
        <thead>
          <tr>
            {columns.map((weekday) => (
              <th key={weekday} scope="col" abbr={format.weekday(weekday, "long")}>
                {format.weekday(weekday, "narrow")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]} className={cx(chosenWeek === week[0] && styles.week)}>
              {week.map((date) => (
                <td key={date} aria-selected={date === value}>
                  <button
                    type="button"
                    data-date={date}
                    tabIndex={date === focus ? 0 : -1}
                    aria-label={format.date(date)}
                    {...(date === today ? { "aria-current": "date" as const } : {})}
                    className={cx(
                      styles.day,
                      date.slice(0, 7) !== focus.slice(0, 7) && styles.other,
                      date === today && styles.today,
                      date === value && styles.chosen,
                    )}
                    onClick={() => {
                      setFocus(date);
                      onValue(date);
                    }}
                  >
                    {Number(date.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface DatePickerProps {
  readonly label: string;
  readonly value: PlainDate | null;
  readonly today: PlainDate;
  readonly onValue: (date: PlainDate) => void;
  readonly placeholder?: string;
  readonly invalid?: boolean;
  readonly small?: boolean;
  readonly disabled?: boolean;
  readonly className?: string | undefined;
}

export function DatePicker(props: DatePickerProps) {
  const { label, value, today, onValue, placeholder, invalid = false, small = false, disabled = false, className } = props;
  const [open, setOpen] = useState(false);
  const format = useFormat();
  return (
    <Popover
      open={open}
      onOpen={setOpen}
      label={label}
      trigger={
        <button
          type="button"
          disabled={disabled}
          className={cx(field.box, small && field.small, className)}
          aria-label={`${label}: ${value === null ? (placeholder ?? "") : format.date(value)}`}
          {...(invalid ? { "data-invalid": "" } : {})}
        >
          <Icon name="calendar" size="s" />
          <span className={cx("grow clip", value === null && styles.empty)}>{value === null ? placeholder : format.date(value)}</span>
        </button>
      }
    >
      {(close) => (
        <MonthGrid
          value={value}
          today={today}
          onValue={(date) => {
            onValue(date);
            close();
          }}
        />
      )}
    </Popover>
  );
}
