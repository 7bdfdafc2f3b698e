import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { endSuspension } from "./change-standing.ts";

/** Writes down what is true already: requests ask the clock. One transaction a tenant, so that one failure keeps nobody waiting. */
export const endSuspensions = job({
  name: "tenants.endSuspensions",
  schedule: "* * * * *",
  async run(core) {
    const due = await core.work(system("suspensions that are over"), (unit) =>
      unit.rows<{ id: string }>(sql`select id from tenant where status = 'suspended' and status_until <= ${unit.now} order by id`),
    );
    for (const { id } of due) await core.work(system("a suspension is over"), (unit) => endSuspension(unit, id));
  },
});
