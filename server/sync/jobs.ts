/** Keeps the stores of sync small: the log that no device follows any more, settled results, devices that never came back. */
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import type { Unit } from "../core/work.ts";

/** A device that was away for longer starts over: a lease is 14 days, and the rest is slack (RELIABILITY section 5). */
export const logDays = 45;
/** An executed mutation is offered again after an epoch change for seven days; its result is kept as long. */
const resultDays = 7;
/** Who was away for longer is told of each row once: where it stands, and all that it left. */
const mergeAfterDays = 1;
/** However old, so many of a device's newest results stay: it may not have heard of them yet. */
const resultsKept = 500;
/** A device that never did anything and has been away for so long has nothing to lose. */
const idleDays = 60;

const dayMs = 86_400_000;
const daysAgo = ({ clock }: Core, days: number) => new Date(clock.now().getTime() - days * dayMs);
const rowsAtOnce = 10_000;

export const tidyJob = job({
  name: "sync.tidy",
  schedule: "17 3 * * *",
  async run(core) {
    const tenants = await core.work(system("tenants whose log is tidied"), ({ rows }) =>
      rows<{ id: string }>(sql`select tenant_id as id from tenant_clock`),
    );
    for (const { id } of tenants) {
      await pruneLog(core, id);
      await compactLog(core, id);
    }
    await core.work(system("settled sync results"), ({ rows }) =>
      rows(sql`
        delete from mutation_result result using device
        where device.tenant_id = result.tenant_id and device.id = result.device_id
          and result.at < ${daysAgo(core, resultDays)} and result.mid <= device.last_mid - ${resultsKept}`),
    );
    await core.work(system("devices that never did anything"), ({ rows }) =>
      rows(sql`delete from device where last_mid = 0 and revoked_at is null and last_seen_at < ${daysAgo(core, idleDays)}`),
    );
  },
});

/**
 * First the floor is raised, for itself: from then on nobody follows from below it, and a pull that began before looks at it again
 * (`pull.ts`). Only then rows go, in parts. A crash between leaves rows that the next run takes.
 */
export async function pruneLog(core: Core, tenantId: string): Promise<void> {
  const before = daysAgo(core, logDays);
  const clock = await core.work(system("floor of the log"), async (unit) => {
    const end = await endOfPast(unit, tenantId, before);
    if (end === null) return undefined;
    return unit.one<{ floor: string }>(sql`
      update tenant_clock set floor = greatest(floor, ${end}::bigint) where tenant_id = ${tenantId} returning floor`);
  });
  if (!clock) return;
  for (let more = true; more;) {
    const gone = await core.work(system("old entries of the log"), ({ rows }) =>
      rows<{ k: string }>(sql`
        delete from change_log where tenant_id = ${tenantId} and k in (
          select k from change_log where tenant_id = ${tenantId} and seq <= ${clock.floor} order by seq limit ${rowsAtOnce}
        ) returning k`),
    );
    more = gone.length === rowsAtOnce;
  }
}

/** The number up to which everything is older; entries stand in the order of their commits, not of their beginnings. */
async function endOfPast(unit: Unit, tenantId: string, before: Date): Promise<string | null> {
  const end = await unit.one<{ seq: string | null }>(sql`
    select coalesce(
      (select seq - 1 from change_log where tenant_id = ${tenantId} and seq is not null and at >= ${before} order by seq limit 1),
      (select max(seq) from change_log where tenant_id = ${tenantId} and seq is not null)
    ) as seq`);
  return end?.seq ?? null;
}

/**
 * Of several entries of a row the newest stays and remembers all scopes that the row left. First the clock says so, for itself: a pull
 * that reads the clock after the log then acknowledges nothing whose effect may have moved to a later entry. What members gained and
 * lost stays as it is, and so do messages, which carry their own numbers. A crash between leaves entries that a later run merges.
 */
export async function compactLog(core: Core, tenantId: string): Promise<void> {
  const before = daysAgo(core, mergeAfterDays);
  const clock = await core.work(system("what of the log is merged"), async (unit) => {
    const end = await endOfPast(unit, tenantId, before);
    if (end === null) return undefined;
    return unit.one<{ compacted_to: string }>(sql`
      update tenant_clock set compacted_to = ${end}::bigint where tenant_id = ${tenantId} and compacted_to < ${end}::bigint returning compacted_to`);
  });
  if (!clock) return;
  for (let more = true; more;) {
    const kept = await core.work(system("merged entries of the log"), ({ rows }) =>
      rows<{ k: string }>(sql`
        with newest as (
          select entity, id, max(seq) as seq from change_log
          where tenant_id = ${tenantId} and seq <= ${clock.compacted_to} and entity not in ('access', 'message')
          group by entity, id having count(*) > 1 limit ${rowsAtOnce}
        ), gone as (
          delete from change_log old using newest
          where old.tenant_id = ${tenantId} and old.seq < newest.seq and old.entity = newest.entity and old.id = newest.id
          returning newest.seq, old.scope_before, old.merged
        ), scopes as (
          select seq, coalesce(jsonb_agg(distinct scope) filter (where scope is not null), '[]') as merged
          from gone, lateral (select scope_before union all select jsonb_array_elements_text(gone.merged)) as every(scope) group by seq
        )
        update change_log kept set merged = coalesce(kept.merged, '[]') || scopes.merged from scopes where kept.tenant_id = ${tenantId} and kept.seq = scopes.seq
        returning kept.k`),
    );
    more = kept.length === rowsAtOnce;
  }
}
