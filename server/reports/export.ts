/** One table of a report, with the words of the reader's language on top. */
import type { FollowupReport, ReportTable, TaskReport } from "../../shared/api/reports.ts";
import type { T } from "../../shared/i18n/index.ts";
import { isBuiltInFollowupType } from "../../shared/model/followups.ts";
import { share } from "../../shared/model/report-periods.ts";
import { csv } from "../core/csv.ts";

/** To two places, as a part of a hundred; empty where there was nothing. */
const percent = (part: number, whole: number) => {
  const found = share(part, whole);
  return found === null ? null : Math.round(found * 10_000) / 100;
};
const hours = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

export function taskTable(t: T, table: ReportTable, { people, periods }: TaskReport): string {
  const head = (...columns: Parameters<T>[0][]) => columns.map((column) => t(column));
  if (table === "tasks.periods")
    return csv(
      head("reports.column.period", "reports.column.created", "reports.column.completed", "reports.column.due", "reports.column.done"),
      periods.map(({ start, created, completed, due, done }) => [start, created, completed, due, done]),
    );
  return csv(
    head(
      "reports.column.person",
      "reports.column.completed",
      "reports.column.median_hours",
      "reports.column.due",
      "reports.column.done",
      "reports.column.on_time",
      "reports.column.overdue",
      "reports.column.rate_percent",
    ),
    people.map((one) => [
      one.name ?? t("common.nobody"),
      one.completed,
      hours(one.medianHours),
      one.due,
      one.done,
      one.onTime,
      one.overdue,
      percent(one.done, one.due),
    ]),
  );
}

export function followupTable(t: T, table: ReportTable, { people, periods, outcomes }: FollowupReport): string {
  const head = (...columns: Parameters<T>[0][]) => columns.map((column) => t(column));
  const states = [
    "reports.column.due",
    "reports.column.completed",
    "reports.column.missed",
    "reports.column.cancelled",
    "reports.column.open",
  ] as const;
  if (table === "followups.periods")
    return csv(
      head("reports.column.period", ...states),
      periods.map(({ start, due, completed, missed, cancelled, open }) => [start, due, completed, missed, cancelled, open]),
    );
  if (table === "followups.outcomes")
    return csv(
      head(
        "reports.column.type",
        "reports.column.channel",
        "followups.outcome.reached",
        "followups.outcome.no_answer",
        "followups.outcome.moved",
        "followups.outcome.not_needed",
        "followups.status.missed",
      ),
      outcomes.map((one) => [
        isBuiltInFollowupType(one.type) ? t(`followups.type.${one.type}`) : one.type,
        t(`followups.channel.${one.channel}`),
        one.reached,
        one.no_answer,
        one.moved,
        one.not_needed,
        one.missed,
      ]),
    );
  return csv(
    head("reports.column.person", ...states, "reports.column.late", "reports.column.kept_percent"),
    people.map((one) => [
      one.name ?? t("common.nobody"),
      one.due,
      one.completed,
      one.missed,
      one.cancelled,
      one.open,
      one.late,
      percent(one.completed, one.due - one.cancelled),
    ]),
  );
}
