import { minuteMs, minutesPerDay, weekdayOf, type PlainDate } from "@switchboard/shared/model/dates.ts";
import { isFollowupOver } from "@switchboard/shared/model/followups.ts";
import type { Hours } from "@switchboard/shared/model/hours.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { isDrag } from "../tasks/board-columns.ts";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { cx } from "../ui/cx.ts";
import { closedOn, dragged, dragOf, layOut, resized, slotAt, snapMinutes, type Drag } from "./calendar.ts";
import { SlotFace, slotClass, slotColour } from "./followup-slot.tsx";
import type { ColourOf } from "./colours.ts";
import type { FollowupLine } from "./followup-values.ts";
import styles from "./week-view.module.css";

export interface WeekViewProps {
  readonly days: readonly PlainDate[];
  readonly followups: readonly FollowupLine[];
  readonly zone: Zone;
  readonly openId: string | undefined;
  readonly mayChange: (followup: FollowupLine) => boolean;
  readonly businesses: readonly Hours[];
  readonly conflicts: ReadonlySet<string>;
  readonly colourOf: ColourOf;
  readonly onOpen: (followup: FollowupLine) => void;
  readonly onMove: (followup: FollowupLine, at: number) => void;
  readonly onLength: (followup: FollowupLine, minutes: number) => void;
  readonly onSlot: ((at: number) => void) | undefined;
}

export const hourPx = 62;
/** Three lines of words. */
const leastPx = 58;
const firstHour = 8;

interface Held {
  readonly followup: FollowupLine;
  readonly what: "move" | "length";
  readonly x: number;
  readonly y: number;
  readonly dayPx: number;
}

/** One day or seven on a grid of hours. The time line and what is being moved keep to the wall clock of the reader's zone. */
export function WeekView({
  days,
  followups,
  zone,
  openId,
  mayChange,
  businesses,
  conflicts,
  colourOf,
  onOpen,
  onMove,
  onLength,
  onSlot,
}: WeekViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const scroller = useRef<HTMLDivElement>(null);
  const held = useRef<Held | undefined>(undefined);
  const moved = useRef(false);
  const [drag, setDrag] = useState<(Drag & { readonly held: Held }) | undefined>(undefined);
  const today = zone.dateAt(now);
  const [first] = days;

  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = firstHour * hourPx;
  }, []);

  const shownAt = (followup: FollowupLine) => {
    const at = Date.parse(followup.due.at);
    return drag?.held.what === "move" && drag.held.followup.id === followup.id ? dragged(at, drag, zone) : at;
  };
  const shownMinutes = (followup: FollowupLine) =>
    drag?.held.what === "length" && drag.held.followup.id === followup.id
      ? resized(zone.minuteAt(Date.parse(followup.due.at)), followup.minutes, drag.minutes)
      : followup.minutes;
  const byDay = Map.groupBy(followups, (followup) => zone.dateAt(shownAt(followup)));
  const find = (id: string) => followups.find((followup) => followup.id === id);

  const press = (event: PointerEvent<HTMLElement>, followup: FollowupLine, what: Held["what"]) => {
    moved.current = false;
    if (event.button !== 0 || !mayChange(followup) || isFollowupOver(followup.status)) return;
    event.stopPropagation();
    const day = event.currentTarget.closest("[data-day]")?.getBoundingClientRect();
    held.current = { followup, what, x: event.clientX, y: event.clientY, dayPx: day?.width ?? 0 };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const follow = (event: PointerEvent) => {
    const from = held.current;
    if (from === undefined) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (drag === undefined && !isDrag(dx, dy)) return;
    moved.current = true;
    const turn = scroller.current !== null && getComputedStyle(scroller.current).direction === "rtl" ? -1 : 1;
    const next = dragOf(dx * turn, dy, from.dayPx, hourPx);
    if (next.days !== drag?.days || next.minutes !== drag.minutes) setDrag({ ...next, held: from });
  };
  const drop = () => {
    held.current = undefined;
    if (drag !== undefined) {
      const { followup, what } = drag.held;
      if (what === "move" && shownAt(followup) !== Date.parse(followup.due.at)) onMove(followup, shownAt(followup));
      if (what === "length" && shownMinutes(followup) !== followup.minutes) onLength(followup, shownMinutes(followup));
    }
    setDrag(undefined);
  };
  const cancel = () => {
    held.current = undefined;
    setDrag(undefined);
  };
  const dragging = drag !== undefined;
  useEffect(() => {
    if (!dragging) return undefined;
    const stop = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      held.current = undefined;
      setDrag(undefined);
    };
    globalThis.addEventListener("keydown", stop, true);
    return () => globalThis.removeEventListener("keydown", stop, true);
  }, [dragging, held]);

  /** Shift and an arrow: the same as a drag by a quarter of an hour or a day. */
  const nudge = (event: KeyboardEvent, followup: FollowupLine) => {
    if (!event.shiftKey || event.ctrlKey || event.metaKey || !mayChange(followup) || isFollowupOver(followup.status)) return;
    if (event.altKey) {
      // The same keys with Alt: as the lower edge is dragged.
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      const by = event.key === "ArrowUp" ? -snapMinutes : snapMinutes;
      const minutes = resized(zone.minuteAt(Date.parse(followup.due.at)), followup.minutes, by);
      if (minutes !== followup.minutes) onLength(followup, minutes);
      return;
    }
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const by: Readonly<Record<string, Drag>> = {
      ArrowUp: { days: 0, minutes: -snapMinutes },
      ArrowDown: { days: 0, minutes: snapMinutes },
      ArrowLeft: { days: -rtl, minutes: 0 },
      ArrowRight: { days: rtl, minutes: 0 },
    };
    const step = by[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(followup, dragged(Date.parse(followup.due.at), step, zone));
  };

  const hours = Array.from({ length: 24 }, (_unused, hour) => hour);
  const nowTop = (zone.minuteAt(now) / 60) * hourPx;
  return (
    <section
      ref={scroller}
      className={cx(styles.scroller, dragging && styles.dragging, days.length === 1 && styles.oneDay)}
      aria-label={t("followups.page.calendar")}
      // A scroller that may hold nothing to focus must itself be reachable.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      style={{ "--hour": `${hourPx}px` } as React.CSSProperties}
    >
      <div className={styles.heads}>
        <span className={styles.gutter} />
        {days.map((date) => (
          <h2
            key={date}
            className={cx(styles.dayHead, date === today && styles.today)}
            {...(date === today ? { "aria-current": "date" as const } : {})}
          >
            <span>{format.weekday(weekdayOf(date), "short")}</span>
            <b>{Number(date.slice(8))}</b>
          </h2>
        ))}
      </div>
      <div className={styles.grid} role="presentation">
        <div className={styles.gutter} aria-hidden="true">
          {hours.map((hour) => (
            <span key={hour} className={styles.hour} style={{ top: hour * hourPx }}>
              {hour === 0 ? "" : format.time(zone.startOf(first ?? today) + hour * 60 * minuteMs)}
            </span>
          ))}
          {days.includes(today) && (
            <span className={cx(styles.hour, styles.nowTime)} style={{ top: nowTop }}>
              {format.time(now)}
            </span>
          )}
        </div>
        {days.map((date) => {
          const placed = layOut(
            (byDay.get(date) ?? []).map((followup) => ({
              id: followup.id,
              from: zone.minuteAt(shownAt(followup)),
              minutes: shownMinutes(followup),
            })),
          );
          return (
            // The keyboard's way to a new follow-up is the button in the header and its key.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
            <div
              key={date}
              data-day={date}
              className={cx(styles.day, weekdayOf(date) > 5 && styles.weekend)}
              onClick={(event) => {
                if (event.target !== event.currentTarget || moved.current) return;
                const minute = slotAt(event.clientY - event.currentTarget.getBoundingClientRect().top, hourPx);
                onSlot?.(
                  zone.instantOf(`${date}T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`),
                );
              }}
            >
              {closedOn(date, businesses, zone).map(({ from, to }) => (
                <div key={from} className={styles.closed} style={{ top: (from / 60) * hourPx, height: ((to - from) / 60) * hourPx }} />
              ))}
              {date === today && (
                <div className={styles.now} style={{ top: nowTop }}>
                  <span className="vh">{t("followups.page.now", { time: format.time(now) })}</span>
                </div>
              )}
              {placed.map(({ id, from, minutes, lane, lanes }) => {
                const followup = find(id);
                if (followup === undefined) return null;
                const height = Math.max(leastPx, (Math.min(minutes, minutesPerDay - from) / 60) * hourPx - 2);
                return (
                  <div
                    key={id}
                    className={styles.place}
                    style={{
                      top: Math.min((from / 60) * hourPx, 24 * hourPx - height),
                      height,
                      insetInlineStart: `${(lane / lanes) * 100}%`,
                      width: `${100 / lanes}%`,
                    }}
                  >
                    <button
                      type="button"
                      data-command-row={id}
                      aria-keyshortcuts="Shift+ArrowUp Shift+ArrowDown Shift+ArrowLeft Shift+ArrowRight Alt+Shift+ArrowUp Alt+Shift+ArrowDown"
                      title={t("followups.slot.keys")}
                      style={slotColour(colourOf(followup))}
                      className={cx(
                        slotClass(followup, conflicts.has(id)),
                        styles.slot,
                        openId === id && styles.open,
                        drag?.held.followup.id === id && styles.moving,
                      )}
                      onPointerDown={(event) => press(event, followup, "move")}
                      onPointerMove={follow}
                      onPointerUp={drop}
                      onPointerCancel={cancel}
                      onKeyDown={(event) => nudge(event, followup)}
                      onClick={() => {
                        if (moved.current) moved.current = false;
                        else onOpen(followup);
                      }}
                    >
                      <SlotFace followup={followup} at={shownAt(followup)} conflict={conflicts.has(id)} />
                    </button>
                    {mayChange(followup) && !isFollowupOver(followup.status) && (
                      // The length has a field in the dialog; this edge is the pointer's way.
                      <span
                        className={styles.edge}
                        aria-hidden="true"
                        onPointerDown={(event) => press(event, followup, "length")}
                        onPointerMove={follow}
                        onPointerUp={drop}
                        onPointerCancel={cancel}
                      />
                    )}
                  </div>
                );
              })}
            </div>
          );
        })}
      </div>
    </section>
  );
}
