import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { leaveTenant } from "./visits.ts";

/** Writes down that a visit is over: the door has asked the clock all along. */
export const endVisits = job({
  name: "platform.endVisits",
  schedule: "* * * * *",
  async run({ work }) {
    const over = await work(system("visits that are over"), (unit) =>
      unit.rows<{ tenant_id: string; id: string }>(sql`
        select tenant_id, id from support_grant where ended_at is null and until <= ${unit.now} order by tenant_id, id limit 500`),
    );
    for (const { tenant_id: tenantId, id: grantId } of over)
      await work(system("a visit is over"), (unit) => leaveTenant(unit, { tenantId, grantId }, "time"));
  },
});
