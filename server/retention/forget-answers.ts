/** What was answered to a request with an `Idempotency-Key` is kept for its repeats, with whatever the answer says, and not for ever. */
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { inParts } from "../core/jobs/in-parts.ts";
import { dayMs } from "../../shared/model/dates.ts";

/** Shorter than anything that a tenant can choose to keep. */
const keptDays = 7;

export const forgetAnswers = job({
  name: "retention.forget_answers",
  schedule: "23 3 * * *",
  async run({ work, clock }) {
    const before = new Date(clock.now().getTime() - keptDays * dayMs);
    await inParts(
      work,
      "forget old answers",
      (most) =>
        sql`delete from idempotency where ctid = any(array(select ctid from idempotency where at < ${before} limit ${most})) returning key`,
    );
  },
});
