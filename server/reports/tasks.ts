import type { TaskReport } from "../../shared/api/reports.ts";
import type { ReportRange } from "../../shared/model/report-periods.ts";
import type { Core } from "../core/core.ts";
import { fragment, sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { assertMay, named, startCounting, withoutGaps } from "./count.ts";

const [created, completed, due] = [fragment("created_at"), fragment("completed_at"), fragment("due_at")];

export async function countTasks(core: Core, unit: Unit, range: ReportRange): Promise<TaskReport> {
  assertMay(unit, "tasks.manage");
  const { frame, within, periodOf } = await startCounting(core, unit, range);
  const { tenantId, now } = unit;
  const isDone = sql`(status = 'completed' and ${within(completed)})`;
  const isDue = sql`(status <> 'cancelled' and ${within(due)})`;

  const people = await unit.rows<Omit<TaskReport["people"][number], "name">>(sql`
    select assignee_id as "memberId",
      count(*) filter (where ${isDone})::int as completed,
      percentile_cont(0.5) within group (order by extract(epoch from completed_at - created_at) / 3600.0) filter (where ${isDone}) as "medianHours",
      count(*) filter (where ${isDue})::int as due,
      count(*) filter (where ${isDue} and status = 'completed')::int as done,
      count(*) filter (where ${isDue} and status = 'completed' and completed_at <= due_at)::int as "onTime",
      count(*) filter (where ${isDue} and status <> 'completed' and due_at <= ${now})::int as overdue
    from task where tenant_id = ${tenantId} and (${isDone} or ${isDue}) group by assignee_id`);

  const periods = await unit.rows<TaskReport["periods"][number]>(sql`
    select start, sum(created)::int as created, sum(completed)::int as completed, sum(due)::int as due, sum(done)::int as done from (
      select ${periodOf(created)} as start, 1 as created, 0 as completed, 0 as due, 0 as done
        from task where tenant_id = ${tenantId} and ${within(created)}
      union all select ${periodOf(completed)}, 0, 1, 0, 0 from task where tenant_id = ${tenantId} and ${isDone}
      union all select ${periodOf(due)}, 0, 0, 1, case when status = 'completed' then 1 else 0 end
        from task where tenant_id = ${tenantId} and ${isDue}
    ) happened group by start order by start`);

  return {
    ...frame,
    periods: withoutGaps(range, periods, { created: 0, completed: 0, due: 0, done: 0 }),
    people: await named(unit, people),
  };
}
