/** Where somebody was a month ago is nobody's business. */
import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";

const keptDays = 30;
const chunk = 1_000;

export const forgetPages = job({
  name: "visitors.forget_pages",
  schedule: "17 3 * * *",
  async run({ work, clock }) {
    const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
    for (let deleted = chunk; deleted === chunk;) {
      const gone = await work(system("forget old pages"), (unit) =>
        unit.rows<{ id: string }>(sql`
          delete from page_view where (tenant_id, id) in (select tenant_id, id from page_view where at < ${before} limit ${chunk}) returning id`),
      );
      deleted = gone.length;
    }
  },
});
