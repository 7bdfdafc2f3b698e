/**
 * Reports on kept promises. Each needs `reports.read` and the permission for what it counts: whoever may not see tasks gets no number
 * of them either. Days are those of the tenant's zone; what was deleted is not counted.
 */
import { z } from "zod";
import { isDate } from "../model/dates.ts";
import { followupChannels } from "../model/followups.ts";
import { checkRange, periodUnits, type ReportRange } from "../model/report-periods.ts";
import { contract, member } from "./contract.ts";
import { id, instant } from "./fields.ts";

const may = member("reports.read");
const count = () => z.number().int();
const date = () => z.string().refine(isDate, "is not a date");

const range = {
  /** First and last day, both counted. */
  from: date(),
  to: date(),
  by: z.enum(periodUnits).default("week"),
};
/** Two days that are none are told one by one. */
const isRange = (asked: ReportRange) => !isDate(asked.from) || !isDate(asked.to) || checkRange(asked) === null;
const noRange = "is not a range that can be counted";
const rangeQuery = z.strictObject(range).refine(isRange, noRange);

const frame = { from: z.string(), to: z.string(), by: z.enum(periodUnits), zone: z.string(), asOf: instant() };
const person = { memberId: id("member").nullable(), name: z.string().nullable() };

export const taskReport = z.object({
  ...frame,
  /** By period: made, completed, and of those due then how many were completed. */
  periods: z.array(z.object({ start: z.string(), created: count(), completed: count(), due: count(), done: count() })),
  /** By whose task it is now; null is nobody. */
  people: z.array(
    z.object({
      ...person,
      /** Completed in the range, and the median of the hours from making to completing. */
      completed: count(),
      medianHours: z.number().nullable(),
      /** Due in the range and not cancelled; of those: completed, completed in time, overdue now. */
      due: count(),
      done: count(),
      onTime: count(),
      overdue: count(),
    }),
  ),
});
export type TaskReport = z.output<typeof taskReport>;

/** Follow-ups that were due in the range, as they are now. */
const states = { due: count(), completed: count(), missed: count(), cancelled: count(), open: count() };

export const followupReport = z.object({
  ...frame,
  periods: z.array(z.object({ start: z.string(), ...states })),
  people: z.array(
    z.object({
      ...person,
      ...states,
      /** Completed, but after the grace period. */
      late: count(),
    }),
  ),
  outcomes: z.array(
    z.object({
      /** One of the built-in types, or a name of the tenant's own. */
      type: z.string(),
      channel: z.enum(followupChannels),
      reached: count(),
      no_answer: count(),
      moved: count(),
      not_needed: count(),
      missed: count(),
    }),
  ),
});
export type FollowupReport = z.output<typeof followupReport>;

export const reportTables = ["tasks.people", "tasks.periods", "followups.people", "followups.periods", "followups.outcomes"] as const;
export type ReportTable = (typeof reportTables)[number];

export const reportsApi = {
  tasks: contract({
    name: "reports.tasks",
    method: "GET",
    path: "/api/v1/reports/tasks",
    access: may,
    summary: "Tasks made, completed and overdue, by person and period",
    description: "Needs `tasks.manage` too.",
    query: rangeQuery,
    output: taskReport,
    rate: "search",
  }),
  followups: contract({
    name: "reports.followups",
    method: "GET",
    path: "/api/v1/reports/followups",
    access: may,
    summary: "Follow-ups kept and missed, by person and period, and outcomes by type and channel",
    description: "Needs `followups.manage` too.",
    query: rangeQuery,
    output: followupReport,
    rate: "search",
  }),
  export: contract({
    name: "reports.export",
    method: "GET",
    path: "/api/v1/reports/export",
    access: may,
    summary: "One table of a report as CSV for a spreadsheet",
    description: "Needs `tasks.manage` or `followups.manage` too, as the table says.",
    query: z.strictObject({ ...range, table: z.enum(reportTables) }).refine(isRange, noRange),
    output: z.object({ fileName: z.string(), csv: z.string() }),
    rate: "heavy",
  }),
};
