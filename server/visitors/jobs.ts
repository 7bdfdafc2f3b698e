/** Where somebody was a month ago is nobody's business. */
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { inParts } from "../core/jobs/in-parts.ts";
import { dayMs } from "../../shared/model/dates.ts";

const keptDays = 30;

export const forgetPages = job({
  name: "visitors.forget_pages",
  schedule: "17 3 * * *",
  async run({ work, clock }) {
    const before = new Date(clock.now().getTime() - keptDays * dayMs);
    await inParts(
      work,
      "forget old pages",
      (most) => sql`
        delete from page_view where (tenant_id, id) in (select tenant_id, id from page_view where at < ${before} limit ${most}) returning id`,
    );
  },
});
