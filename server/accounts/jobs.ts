import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { lifetimes } from "./rules.ts";

const day = 86_400_000;

/** What is over is kept a little, for the person to see, and then removed: it holds addresses and devices of people. */
export const tidy = job({
  name: "accounts.tidy",
  schedule: "17 3 * * *",
  async run(core) {
    await core.work(system("tidy accounts"), async (unit) => {
      const before = (ms: number) => new Date(unit.now.getTime() - ms);
      await unit.rows(sql`delete from one_time_link where expires_at < ${before(day)}`);
      await unit.rows(sql`delete from sign_in_attempt where last_at < ${before(2 * day)} and blocked_until < ${unit.now}`);
      await unit.rows(sql`delete from known_device where last_used_at < ${before(lifetimes.knownDeviceMs)}`);
      await unit.rows(sql`delete from session where least(ended_at, expires_at, ends_at) < ${before(30 * day)}`);
      await unit.rows(sql`delete from member_session where last_used_at < ${before(lifetimes.session.console.longestMs)}`);
    });
  },
});
