/** Reports as they were loaded last, by what was asked: what the page shows without a connection, with its time. */
import type { Report, ReportSubject } from "./report-blocks.ts";

export type KeptReports = Readonly<Record<string, Report>>;

/** So many are kept; the oldest go first. */
const most = 12;

export const reportKey = (tenantId: string, subject: ReportSubject, days: number, by: string) => `${tenantId} ${subject} ${days} ${by}`;

export function keep(kept: KeptReports, key: string, report: Report): KeptReports {
  const { [key]: _before, ...others } = kept;
  return Object.fromEntries([...Object.entries(others), [key, report] as const].slice(-most));
}

/** Storage may hold anything, also from another version: what is no report is left out. */
export function repairKept(value: unknown): KeptReports {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Report] => isReport(entry[1])));
}

function isReport(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { asOf, from, to, people, periods, outcomes = [] } = value as Record<string, unknown>;
  const texts = [asOf, from, to].every((part) => typeof part === "string");
  return texts && [people, periods, outcomes].every(Array.isArray);
}
