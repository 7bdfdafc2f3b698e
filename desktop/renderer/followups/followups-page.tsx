import { addDays, type PlainDate } from "@switchboard/shared/model/dates.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands, useKeysOf } from "../commands/context.tsx";
import { useMedia } from "../inbox/use-size.ts";
import { offsetOf } from "../tasks/due-field.tsx";
import type { Opened } from "../tasks/opened.ts";
import { useZone } from "../tasks/task-marks.tsx";
import { useWorkTenants } from "../tasks/use-people.tsx";
import { useWorkActs } from "../tasks/use-work-acts.ts";
import { useWork } from "../tasks/work-context.ts";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Segmented } from "../ui/choices.tsx";
import { Icon } from "../ui/icon.tsx";
import { Chip } from "../ui/marks.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { CalendarTools } from "./calendar-tools.tsx";
import { step, weekOf, type CalendarView } from "./calendar.ts";
import type { Colouring } from "./colours.ts";
import { FollowupDetail } from "./followup-detail.tsx";
import { usualFilter, type PersonFilter } from "./followup-filter.ts";
import { plannedAt, type FollowupLine } from "./followup-values.ts";
import { ListView } from "./list-view.tsx";
import { MonthView } from "./month-view.tsx";
import { Side } from "./side.tsx";
import { useCalendar } from "./use-calendar.ts";
import { WeekView } from "./week-view.tsx";
import styles from "./followups-page.module.css";

export interface FollowupsPageProps {
  readonly view: CalendarView;
  readonly onView: (view: CalendarView) => void;
  readonly opened: Opened | undefined;
  readonly onOpened: (opened: Opened | undefined) => void;
  readonly offline: boolean;
}

export function FollowupsPage({ view, onView, opened, onOpened, offline }: FollowupsPageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const keysOf = useKeysOf();
  const work = useWork();
  const { act } = useWorkActs();
  const zone = useZone();
  const now = useMinute();
  const today = zone.dateAt(now);
  const [date, setDate] = useState<PlainDate>(today);
  const [filter, setFilter] = useState<PersonFilter>(usualFilter);
  const [by, setBy] = useState<Colouring>("status");
  const [side, setSide] = useState(false);
  const overlay = useMedia("(max-width: 999px)");

  const tenants = useWorkTenants("followups.manage");
  const writable = tenants.filter((tenant) => tenant.state !== "suspended");
  const { range, asked, shown, truncated, decide, people, types, colourOf, conflicts, businesses } = useCalendar({
    tenants,
    view,
    date,
    filter,
    by,
  });

  const mayChange = (followup: FollowupLine) => writable.some((tenant) => tenant.tenantId === followup.tenantId);
  const open = (followup: FollowupLine) => onOpened({ tenantId: followup.tenantId, id: followup.id });
  const move = (followup: FollowupLine, at: number) =>
    void act(
      { tenantId: followup.tenantId, name: "moveFollowup", args: { followupId: followup.id, due: plannedAt(at, followup.due.zone) } },
      t("followups.act.moved", { time: format.dayTime(at, now) }),
    );
  const setLength = (followup: FollowupLine, minutes: number) =>
    void act(
      { tenantId: followup.tenantId, name: "updateFollowup", args: { followupId: followup.id, changes: { minutes } } },
      t("followups.act.resized", { count: minutes }),
    );
  const newFollowup = (at?: number) => work.newFollowup({ tenantId: writable[0]?.tenantId, at });
  const go = (by: 1 | -1) => setDate(step(view, date, by));
  useCommands({
    "work.new": writable.length > 0 ? () => newFollowup() : undefined,
    "calendar.today": () => setDate(today),
    "calendar.earlier": () => go(-1),
    "calendar.later": () => go(1),
    "calendar.day": () => onView("day"),
    "calendar.week": () => onView("week"),
    "calendar.month": () => onView("month"),
    "calendar.list": () => onView("list"),
  });

  const rangeTitle =
    view === "month"
      ? format.month(Number(date.slice(0, 4)), Number(date.slice(5, 7)))
      : view === "day"
        ? format.date(date)
        : `${format.shortDate(zone.instantOf(`${range.from}T12:00`), now)} – ${format.shortDate(zone.instantOf(`${addDays(range.to, -1)}T12:00`), now)}`;
  const content = () => {
    if (asked.error !== null && asked.data === undefined)
      return (
        <ErrorState
          title={t("followups.error.title")}
          onRetry={() => void asked.refetch()}
          details={{ code: asked.error.code, at: now, message: asked.error.message }}
        >
          {t("tasks.error.line")}
        </ErrorState>
      );
    // That the days before had nothing says nothing about these.
    const unknown = asked.data === undefined || (view === "list" && asked.isPlaceholderData && shown.length === 0);
    if (unknown) return <Skeleton rows={8} look="line" />;
    if (view === "month")
      return (
        <MonthView
          date={date}
          followups={shown}
          zone={zone}
          conflicts={conflicts}
          colourOf={colourOf}
          onOpen={open}
          onDay={(day) => {
            setDate(day);
            onView("day");
          }}
        />
      );
    if (view === "list")
      return shown.length === 0 ? (
        <EmptyState
          icon="followUps"
          title={t("followups.empty.title")}
          action={
            writable.length > 0 && (
              <Button kind="primary" icon="plus" keys={keysOf("work.new")} onClick={() => newFollowup()}>
                {t("followups.page.new")}
              </Button>
            )
          }
        >
          {t("followups.empty.line")}
        </EmptyState>
      ) : (
        <ListView followups={shown} zone={zone} openId={opened?.id} conflicts={conflicts} onOpen={open} />
      );
    return (
      <WeekView
        key={view}
        days={view === "day" ? [date] : weekOf(date)}
        followups={shown}
        businesses={businesses}
        conflicts={conflicts}
        colourOf={colourOf}
        zone={zone}
        openId={opened?.id}
        mayChange={mayChange}
        onOpen={open}
        onMove={move}
        onLength={setLength}
        onSlot={writable.length > 0 ? newFollowup : undefined}
      />
    );
  };
  return (
    <div className={styles.page}>
      {(!overlay || side) && (
        <Side
          date={date}
          markWeek={view === "week" || view === "list"}
          onDate={(next) => {
            setDate(next);
            setSide(false);
          }}
          decide={decide}
          onOpen={open}
          people={people}
          types={types}
          by={by}
          onBy={setBy}
          filter={filter}
          onFilter={setFilter}
          overlay={overlay}
        />
      )}
      <div className={styles.main} data-region="page" tabIndex={-1}>
        <header className={styles.head}>
          {overlay && <IconButton icon="calendar" label={t("followups.page.show_side")} on={side} onClick={() => setSide(!side)} />}
          <h1>{t("followups.page.title")}</h1>
          <span className={styles.admins}>
            <Chip icon="lock">{t("tasks.page.admins_only")}</Chip>
          </span>
          <Button onClick={() => setDate(today)}>{t("commands.calendar.today.title")}</Button>
          <IconButton
            icon="chevronLeft"
            mirrored={true}
            label={t("followups.page.earlier")}
            keys={keysOf("calendar.earlier")}
            onClick={() => go(-1)}
          />
          <IconButton
            icon="chevronRight"
            mirrored={true}
            label={t("followups.page.later")}
            keys={keysOf("calendar.later")}
            onClick={() => go(1)}
          />
          <span className={styles.range} aria-live="polite">
            {rangeTitle}
          </span>
          <span className="grow" />
          <span className={styles.zone} title={zone.id}>
            <Icon name="globe" size="s" />
            {t("followups.page.zone", { town: format.clockOf(zone.id), offset: offsetOf(zone.id, now) })}
          </span>
          <Segmented
            label={t("followups.page.view")}
            value={view}
            onValue={onView}
            segments={[
              { value: "day", label: t("followups.page.day") },
              { value: "week", label: t("followups.page.week") },
              { value: "month", label: t("followups.page.month") },
              { value: "list", label: t("followups.page.list") },
            ]}
          />
          <CalendarTools offline={offline} />
          <Button
            kind="primary"
            icon="plus"
            keys={keysOf("work.new")}
            blocked={writable.length > 0 ? undefined : t("tasks.read_only.suspended", { tenant: tenants[0]?.name ?? "" })}
            onClick={() => newFollowup()}
          >
            {t("followups.page.new")}
          </Button>
        </header>
        {truncated !== undefined && <p className={styles.truncated}>{t("followups.page.truncated", { count: truncated })}</p>}
        {content()}
      </div>
      {opened !== undefined && (
        <FollowupDetail
          key={opened.id}
          tenantId={opened.tenantId}
          followupId={opened.id}
          offline={offline}
          onClose={() => onOpened(undefined)}
        />
      )}
    </div>
  );
}
