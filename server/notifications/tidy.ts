/** Keeps what people were told only as long as it says something, and no longer than what it was about. */
import { dayMs } from "../../shared/model/dates.ts";
import { system } from "../core/actor.ts";
import { fragment, sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";

/** A reminder that rang or was cancelled, and a notice that was put away. */
const settledDays = 30;
/** A notice that nobody put away. */
const unreadDays = 120;
/** More go in the next hour; one transaction stays small. */
const most = 5_000;

/** A task that went with its contact or conversation left no event behind; no word of it stays. */
const orphaned = sql`((told.about = 'task' and not exists (select 1 from task where task.tenant_id = told.tenant_id and task.id = told.about_id))
  or (told.about = 'followup' and not exists (select 1 from followup where followup.tenant_id = told.tenant_id and followup.id = told.about_id)))`;

export const tidyJob = job({
  name: "notifications.tidy",
  schedule: "41 * * * *",
  async run({ work, clock }) {
    const ago = (days: number) => new Date(clock.now().getTime() - days * dayMs);
    const old = {
      reminder: sql`told.state <> 'armed' and told.due_at < ${ago(settledDays)}`,
      notice: sql`(told.dismissed_at < ${ago(settledDays)} or told.at < ${ago(unreadDays)})`,
    };
    for (const table of ["reminder", "notice"] as const) {
      const named = fragment(table);
      await work(system("reminders and notices that say nothing any more"), ({ rows }) =>
        rows(sql`
          delete from ${named} where ctid = any(array(
            select told.ctid from ${named} told where ${old[table]} or ${orphaned} limit ${most}))`),
      );
    }
  },
});
