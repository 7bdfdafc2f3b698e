/**
 * On which sites the widget was loaded, and on which it was refused: how an admin knows that the snippet works. Said by every page of
 * every visitor, so it is remembered here and written at most once a minute a site.
 */
import { widgetSeen } from "../../shared/events/visitors.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { perCore } from "../core/realtime/per-core.ts";
import type { Unit } from "../core/work.ts";

export interface Sighting {
  site: string;
  refused: boolean;
  /** The page's address, which is known once somebody opens the chat. */
  pageUrl?: string | undefined;
}

const everyMs = 60_000;
const mostRemembered = 20_000;
/** Anybody may say any origin: more refused ones than these are not written down. */
const mostRefused = 20;

export interface Sightings {
  seen(tenantId: string, sighting: Sighting): void;
}

export const sightingsOf = perCore((core: Core): Sightings => {
  let written = new Map<string, number>();
  return {
    seen(tenantId, sighting) {
      const key = `${tenantId} ${sighting.site} ${sighting.refused} ${sighting.pageUrl ?? ""}`;
      const now = core.clock.now().getTime();
      if (now - (written.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
      if (written.size >= mostRemembered) written = new Map();
      written.set(key, now);
      core
        .work(service(tenantId, "where the widget is seen"), (unit) => write(unit, sighting))
        .catch((error: unknown) => core.log.warn({ problem: String(error) }, "a sighting of the widget was not written"));
    },
  };
});

async function write(unit: Unit, { site, refused, pageUrl }: Sighting): Promise<void> {
  const { tenantId, now } = unit;
  // One after the other within a tenant, so that the count below is true when it is used.
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`sightings:${tenantId}`}, 0))`);
  const before = await unit.one<{ refused: boolean }>(
    sql`select refused from widget_sighting where tenant_id = ${tenantId} and site = ${site}`,
  );
  if (!before && refused) {
    const { count } = (await unit.one<{ count: number }>(
      sql`select count(*)::int as count from widget_sighting where tenant_id = ${tenantId} and refused`,
    )) ?? { count: 0 };
    if (count >= mostRefused) return;
  }
  await unit.rows(sql`
    insert into widget_sighting (tenant_id, id, site, refused, page_url, first_at, last_at)
    values (${tenantId}, ${newId()}, ${site}, ${refused}, ${pageUrl ?? null}, ${now}, ${now})
    on conflict (tenant_id, site) do update
      set refused = excluded.refused, page_url = coalesce(excluded.page_url, widget_sighting.page_url), last_at = excluded.last_at`);
  // Told once a site, and again when it turns: an open console shows it at once.
  if (before?.refused !== refused) unit.happened(widgetSeen, { site, refused });
}

export function listSightings(
  unit: Unit,
): Promise<{ site: string; refused: boolean; pageUrl: string | null; firstAt: string; lastAt: string }[]> {
  return unit
    .rows<{ site: string; refused: boolean; page_url: string | null; first_at: Date; last_at: Date }>(
      sql`select site, refused, page_url, first_at, last_at from widget_sighting where tenant_id = ${unit.tenantId} order by last_at desc limit 100`,
    )
    .then((rows) =>
      rows.map((row) => ({
        site: row.site,
        refused: row.refused,
        pageUrl: row.page_url,
        firstAt: new Date(row.first_at).toISOString(),
        lastAt: new Date(row.last_at).toISOString(),
      })),
    );
}
