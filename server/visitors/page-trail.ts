/** Where visitors are. Said often and of little weight, so it is gathered for a moment and written together. */
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { perCore } from "../core/realtime/per-core.ts";

interface View {
  id: string;
  visitorId: string;
  url: string;
  title: string;
  at: string;
}

const everyMs = 2_000;
/** Views that may wait in all; what is above is dropped. */
const mostWaiting = 10_000;

export interface PageTrail {
  seen(tenantId: string, visitorId: string, page: { url: string; title: string }): void;
  /** Writes what waits now. */
  flush(): Promise<void>;
}

export const pageTrailOf = perCore(createPageTrail);

function createPageTrail(core: Core): PageTrail {
  let waiting = new Map<string, View[]>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const taken = waiting;
    waiting = new Map();
    count = 0;
    for (const [tenantId, views] of taken) {
      await write(core, tenantId, views).catch((error: unknown) => core.log.warn({ problem: String(error) }, "pages were not written"));
    }
  }

  return {
    seen(tenantId, visitorId, { url, title }) {
      if (count >= mostWaiting) return;
      count += 1;
      const view = { id: newId(), visitorId, url, title, at: core.clock.now().toISOString() };
      waiting.set(tenantId, [...(waiting.get(tenantId) ?? []), view]);
      timer ??= setTimeout(() => void flush(), everyMs).unref();
    },
    flush,
  };
}

function write(core: Core, tenantId: string, views: readonly View[]): Promise<void> {
  return core.work(service(tenantId, "page trail"), async (unit) => {
    const list = sql`jsonb_to_recordset(${JSON.stringify(views)}::jsonb) as seen(id uuid, "visitorId" uuid, url text, title text, at timestamptz)`;
    await unit.rows(sql`
      insert into page_view (tenant_id, id, visitor_id, url, title, at)
      select ${tenantId}::uuid, seen.id, seen."visitorId", seen.url, seen.title, seen.at from ${list}`);
    await unit.rows(sql`
      update visitor v set page_url = newest.url, page_title = newest.title, page_at = newest.at, last_seen_at = greatest(v.last_seen_at, newest.at)
      from (select distinct on (seen."visitorId") seen.* from ${list} order by seen."visitorId", seen.at desc) as newest
      where v.tenant_id = ${tenantId} and v.id = newest."visitorId"`);
  });
}
