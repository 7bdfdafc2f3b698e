import type { FollowupReport } from "../../shared/api/reports.ts";
import { missedAt } from "../../shared/model/followups.ts";
import type { ReportRange } from "../../shared/model/report-periods.ts";
import type { Core } from "../core/core.ts";
import { fragment, sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { settingsOf } from "../tenants/index.ts";
import { assertMay, named, startCounting, withoutGaps } from "./count.ts";

const due = fragment("due_at");

const states = sql`
  count(*)::int as due,
  count(*) filter (where status = 'completed')::int as completed,
  count(*) filter (where status = 'missed')::int as missed,
  count(*) filter (where status = 'cancelled')::int as cancelled,
  count(*) filter (where status = 'scheduled')::int as open`;

export async function countFollowups(core: Core, unit: Unit, range: ReportRange): Promise<FollowupReport> {
  assertMay(unit, "followups.manage");
  const { frame, within, periodOf } = await startCounting(core, unit, range);
  const { tenantId } = unit;
  const graceSeconds = missedAt(0, (await settingsOf(core, tenantId, "work")).graceMinutes) / 1000;
  const cohort = sql`from followup where tenant_id = ${tenantId} and ${within(due)}`;

  const people = await unit.rows<Omit<FollowupReport["people"][number], "name">>(sql`
    select assignee_id as "memberId", ${states},
      count(*) filter (where status = 'completed' and completed_at > due_at + make_interval(secs => ${graceSeconds}))::int as late
    ${cohort} group by assignee_id`);
  const periods = await unit.rows<FollowupReport["periods"][number]>(sql`
    select start, ${states} from (select ${periodOf(due)} as start, status ${cohort}) happened group by start order by start`);
  const outcomes = await unit.rows<FollowupReport["outcomes"][number]>(sql`
    select type, channel,
      count(*) filter (where status = 'completed' and outcome = 'reached')::int as reached,
      count(*) filter (where status = 'completed' and outcome = 'no_answer')::int as no_answer,
      count(*) filter (where status = 'completed' and outcome = 'moved')::int as moved,
      count(*) filter (where status = 'completed' and outcome = 'not_needed')::int as not_needed,
      count(*) filter (where status = 'missed')::int as missed
    ${cohort} and status in ('completed', 'missed') group by type, channel order by type, channel`);

  return {
    ...frame,
    periods: withoutGaps(range, periods, { due: 0, completed: 0, missed: 0, cancelled: 0, open: 0 }),
    people: await named(unit, people),
    outcomes,
  };
}
