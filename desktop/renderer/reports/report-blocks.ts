/**
 * A report as the page shows it: blocks of columns and rows, each drawn as bars or as a table. Both are made of the same numbers here,
 * so that neither can say something else.
 */
import type { FollowupReport, TaskReport } from "@switchboard/shared/api/reports.ts";
import { isBuiltInFollowupType, type FollowupOutcome } from "@switchboard/shared/model/followups.ts";
import { hourMs } from "@switchboard/shared/model/dates.ts";
import { share } from "@switchboard/shared/model/report-periods.ts";
import type { TFunction } from "i18next";
import type { Format } from "../text/format.ts";

type ColumnWord =
  | "person"
  | "period"
  | "created"
  | "completed"
  | "due"
  | "done"
  | "on_time"
  | "overdue"
  | "rate_percent"
  | "kept_percent"
  | "missed"
  | "cancelled"
  | "open"
  | "late"
  | "type";

export type ReportSubject = "tasks" | "followups";
export type Report = TaskReport | FollowupReport;

export interface BlockColumn {
  readonly id: string;
  readonly label: string;
  /** Drawn as bars; the others stand in the table only. */
  readonly drawn?: boolean;
  readonly percent?: boolean;
  /** Of hours, said as a person says how long something took. */
  readonly hours?: boolean;
}

export interface BlockRow {
  readonly id: string;
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface Block {
  /** The table of the API that holds the same, for the export. */
  readonly table: "tasks.people" | "tasks.periods" | "followups.people" | "followups.periods" | "followups.outcomes";
  readonly title: string;
  readonly rowsAre: string;
  readonly columns: readonly BlockColumn[];
  readonly rows: readonly BlockRow[];
}

export interface Figure {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly line?: string;
  readonly bad?: boolean;
}

interface Words {
  readonly t: TFunction;
  readonly format: Format;
  /** A day of no zone, as short as the axis wants it. */
  readonly day: (date: string) => string;
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const percent = ({ t }: Words, part: number, whole: number): string => {
  const found = share(part, whole);
  return found === null ? t("reports.figure.none") : t("reports.figure.percent", { percent: Math.round(found * 100) });
};

export function taskBlocks({ periods, people }: TaskReport, { t, day }: Words): readonly Block[] {
  const of = (id: ColumnWord) => t(`reports.column.${id}`);
  return [
    {
      table: "tasks.periods",
      title: t("reports.section.task_periods"),
      rowsAre: of("period"),
      columns: [
        { id: "created", label: of("created"), drawn: true },
        { id: "completed", label: of("completed"), drawn: true },
        { id: "due", label: of("due") },
        { id: "done", label: of("done") },
      ],
      rows: periods.map(({ start, created, completed, due, done }) => ({
        id: start,
        name: day(start),
        values: [created, completed, due, done],
      })),
    },
    {
      table: "tasks.people",
      title: t("reports.section.task_people"),
      rowsAre: of("person"),
      columns: [
        { id: "completed", label: of("completed"), drawn: true },
        { id: "overdue", label: of("overdue"), drawn: true },
        { id: "due", label: of("due") },
        { id: "done", label: of("done") },
        { id: "onTime", label: of("on_time") },
        { id: "rate", label: of("rate_percent"), percent: true },
        { id: "median", label: t("reports.figure.median"), hours: true },
      ],
      rows: people.map((one) => ({
        id: one.memberId ?? "nobody",
        name: one.name ?? t("common.nobody"),
        values: [one.completed, one.overdue, one.due, one.done, one.onTime, share(one.done, one.due), one.medianHours],
      })),
    },
  ];
}

export function taskFigures({ people }: TaskReport, words: Words): readonly Figure[] {
  const { t, format } = words;
  const [done, due, overdue] = [
    sum(people.map((one) => one.done)),
    sum(people.map((one) => one.due)),
    sum(people.map((one) => one.overdue)),
  ];
  // The middle of all cannot be made of the middles of each, so each weighs what it stands for.
  const completed = people.filter((one) => one.medianHours !== null);
  const weight = sum(completed.map((one) => one.completed));
  const hours = weight === 0 ? null : sum(completed.map((one) => (one.medianHours ?? 0) * one.completed)) / weight;
  return [
    { id: "rate", label: t("reports.figure.rate"), value: percent(words, done, due), line: t("reports.figure.rate_line", { done, due }) },
    {
      id: "median",
      label: t("reports.figure.median"),
      value: hours === null ? t("reports.figure.none") : format.short(hours * hourMs),
    },
    { id: "overdue", label: t("reports.figure.overdue"), value: format.number(overdue), bad: overdue > 0 },
  ];
}

export function followupBlocks({ periods, people, outcomes }: FollowupReport, { t, day }: Words): readonly Block[] {
  const of = (id: ColumnWord) => t(`reports.column.${id}`);
  const states = [
    { id: "completed", label: of("completed"), drawn: true },
    { id: "missed", label: of("missed"), drawn: true },
    { id: "due", label: of("due") },
    { id: "cancelled", label: of("cancelled") },
    { id: "open", label: of("open") },
  ];
  const outcome = (id: FollowupOutcome) => ({ id, label: t(`followups.outcome.${id}`), drawn: true });
  return [
    {
      table: "followups.periods",
      title: t("reports.section.followup_periods"),
      rowsAre: of("period"),
      columns: states,
      rows: periods.map((one) => ({
        id: one.start,
        name: day(one.start),
        values: [one.completed, one.missed, one.due, one.cancelled, one.open],
      })),
    },
    {
      table: "followups.people",
      title: t("reports.section.followup_people"),
      rowsAre: of("person"),
      columns: [...states, { id: "late", label: of("late") }, { id: "kept", label: of("kept_percent"), percent: true }],
      rows: people.map((one) => ({
        id: one.memberId ?? "nobody",
        name: one.name ?? t("common.nobody"),
        values: [one.completed, one.missed, one.due, one.cancelled, one.open, one.late, share(one.completed, one.due - one.cancelled)],
      })),
    },
    {
      table: "followups.outcomes",
      title: t("reports.section.outcomes"),
      rowsAre: of("type"),
      columns: [
        outcome("reached"),
        outcome("no_answer"),
        outcome("moved"),
        outcome("not_needed"),
        { id: "missed", label: t("followups.status.missed"), drawn: true },
      ],
      rows: outcomes.map((one) => ({
        id: `${one.type} ${one.channel}`,
        name: `${isBuiltInFollowupType(one.type) ? t(`followups.type.${one.type}`) : one.type} · ${t(`followups.channel.${one.channel}`)}`,
        values: [one.reached, one.no_answer, one.moved, one.not_needed, one.missed],
      })),
    },
  ];
}

export function followupFigures({ people }: FollowupReport, words: Words): readonly Figure[] {
  const { t, format } = words;
  const kept = sum(people.map((one) => one.completed));
  const due = sum(people.map((one) => one.due - one.cancelled));
  const missed = sum(people.map((one) => one.missed));
  return [
    {
      id: "kept",
      label: t("reports.figure.kept"),
      value: percent(words, kept, due),
      line: t("reports.figure.rate_line", { done: kept, due }),
    },
    { id: "late", label: t("reports.figure.late"), value: format.number(sum(people.map((one) => one.late))) },
    { id: "missed", label: t("reports.figure.missed"), value: format.number(missed), bad: missed > 0 },
  ];
}

/** Whether there is anything to show at all. */
export const isEmpty = (blocks: readonly Block[]) =>
  blocks.every(({ columns, rows }) =>
    rows.every(({ values }) => values.every((value, index) => columns[index]?.percent === true || !value)),
  );

export function cellText(value: number | null, { percent: isPercent, hours }: BlockColumn, format: Format, none: string): string {
  if (value === null) return none;
  if (hours === true) return format.short(value * hourMs);
  return isPercent === true ? `${format.number(Math.round(value * 100))} %` : format.number(Math.round(value * 10) / 10);
}
