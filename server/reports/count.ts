/** What all reports share: the range as instants, periods without a gap, names of people, and who may ask. */
import { addDays } from "../../shared/model/dates.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { periodStarts, type ReportRange } from "../../shared/model/report-periods.ts";
import { createZone } from "../../shared/model/zones.ts";
import { holds } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Member } from "../team/index.ts";
import { tenantFacts } from "../tenants/index.ts";

export interface Frame extends ReportRange {
  zone: string;
  asOf: string;
}

export interface Counting {
  frame: Frame;
  /** Is this column's time within the range? */
  within(column: Sql): Sql;
  /** The first day of the period in which this column's time lies, as text. */
  periodOf(column: Sql): Sql;
}

export function assertMay({ actor }: Unit, permission: Permission): void {
  if (!holds(actor, permission)) throw problem("forbidden");
}

export async function startCounting(core: Core, unit: Unit, range: ReportRange): Promise<Counting> {
  const { zone } = await tenantFacts(core, unit.tenantId);
  const wall = createZone(zone);
  const [from, until] = [new Date(wall.startOf(range.from)), new Date(wall.startOf(addDays(range.to, 1)))];
  return {
    frame: { from: range.from, to: range.to, by: range.by, zone, asOf: unit.now.toISOString() },
    within: (column) => sql`(${column} >= ${from} and ${column} < ${until})`,
    periodOf: (column) => sql`to_char(date_trunc(${range.by}, ${column} at time zone ${zone}), 'YYYY-MM-DD')`,
  };
}

/** Every period of the range, also those in which nothing happened. */
export function withoutGaps<P extends { start: string }>(range: ReportRange, counted: readonly P[], empty: Omit<P, "start">): P[] {
  const byStart = new Map(counted.map((period) => [period.start, period]));
  return periodStarts(range).map((start) => byStart.get(start) ?? ({ ...empty, start } as P)); // `empty` has all of P but the start
}

/** In the order of names, nobody last. */
export async function named<P extends { memberId: string | null }>(
  { em, tenantId }: Unit,
  people: readonly P[],
): Promise<(P & { name: string | null })[]> {
  const ids = people.flatMap(({ memberId }) => memberId ?? []);
  const names = new Map((await em.find(Member, { tenantId, id: { $in: ids } })).map(({ id, name }) => [id, name]));
  return people
    .map((person) => ({ ...person, name: person.memberId === null ? null : (names.get(person.memberId) ?? "") }))
    .toSorted((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name)));
}
