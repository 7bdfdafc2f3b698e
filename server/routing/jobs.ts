/** What time alone does: a team or a skill was waited for long enough, do-not-disturb is over, the doors open, a promise was not kept. */
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { perCore } from "../core/realtime/per-core.ts";
import { escalate } from "./escalate.ts";
import { route } from "./route.ts";

export const routeJob = job({
  name: "routing.route",
  run: (core, { tenantId }) => route(core, String(tenantId)),
});

export const escalateJob = job({
  name: "routing.escalate",
  async run(core, { tenantId }) {
    await escalate(core, String(tenantId));
    await route(core, String(tenantId));
  },
});

const minuteMs = 60_000;

/** Every tenant in which somebody waits. Whose time comes before the next round gets a job at that very moment. */
export const sweepJob = job({
  name: "routing.sweep",
  schedule: "* * * * *",
  async run(core) {
    const tenants = await core.work(
      system("tenants in which somebody waits"),
      (unit) =>
        unit.rows<{ tenant_id: string }>(sql`
          select distinct tenant_id from conversation
          where status = 'open' and last_number > 0 and (assignee_id is null or waiting_since is not null) order by tenant_id`),
      { readOnly: true },
    );
    for (const { tenant_id: tenantId } of tenants) {
      const next = await escalate(core, tenantId);
      await route(core, tenantId);
      if (next !== null && next.getTime() < core.clock.now().getTime() + minuteMs)
        await core.later(escalateJob.name, { tenantId }, { at: next, key: `routing.escalate:${tenantId}` });
    }
  },
});

/** Asks for a round soon. Many conversations that begin together are one round; what is lost with this process the sweep finds. */
export const soonRoute = perCore((core: Core) => {
  const asked = new Set<string>();
  return (tenantId: string) => {
    if (asked.has(tenantId)) return;
    asked.add(tenantId);
    setTimeout(() => {
      asked.delete(tenantId);
      core.later(routeJob.name, { tenantId }, { key: `routing.route:${tenantId}` }).catch(() => undefined);
    }, 50).unref();
  };
});
