/**
 * How fast a queue moves: as many as are being talked with, each as long as a talk takes, free a place one after the other. What a
 * visitor is told of their wait comes from it, or nothing where too little is known.
 */
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { perCore } from "../core/realtime/per-core.ts";

/** Where a conversation waits: in its team's queue, or in the one of all. */
export interface Place {
  position: number;
  teamId: string | null;
}

/** Of one queue. */
interface Pace {
  talking: number;
  /** The usual length of a talk, of so many. */
  seconds: number;
  talks: number;
}

const anewMs = 60_000;
/** The latest ones of all teams, and so many of one team at least: three talks promise nothing. */
const latest = 60;
const leastTalks = 5;
/** Nobody is told to wait for two hours. */
const mostSeconds = 3_600;

export function secondsOfWait({ talking, seconds, talks }: Pace, position: number): number | null {
  if (talking === 0 || talks < leastTalks) return null;
  const wait = Math.round((position * seconds) / talking);
  return wait > mostSeconds ? null : wait;
}

type Paces = ReadonlyMap<string | null, Pace>;

const pacesOf = perCore(() => new Map<string, { at: number; paces: Promise<Paces> }>());

export async function waitOf(core: Core, tenantId: string, { position, teamId }: Place): Promise<number | null> {
  const known = pacesOf(core);
  const now = core.clock.now().getTime();
  for (const [id, { at }] of known) if (now - at >= anewMs) known.delete(id);
  const entry = known.get(tenantId) ?? { at: now, paces: readPaces(core, tenantId) };
  known.set(tenantId, entry);
  // A guess: without it the visitor comes in all the same.
  const paces = await entry.paces.catch((error: unknown) => {
    known.delete(tenantId);
    core.log.warn({ problem: String(error) }, "how fast a queue moves is not known");
    return undefined;
  });
  const pace = paces?.get(teamId);
  return pace === undefined ? null : secondsOfWait(pace, position);
}

async function readPaces(core: Core, tenantId: string): Promise<Paces> {
  const rows = await core.work(
    service(tenantId, "how fast the queue moves"),
    (unit) =>
      unit.rows<{ team_id: string | null; talking: number; seconds: number; talks: number }>(sql`
        with done as (
          select team_id, extract(epoch from closed_at - started_at)::float8 as seconds from conversation
          where tenant_id = ${tenantId} and status = 'closed' and assignee_id is not null order by closed_at desc limit ${latest}
        ), usual as (
          select team_id, percentile_cont(0.5) within group (order by seconds) as seconds, count(*)::int as talks from done group by team_id
        ), busy as (
          select team_id, count(*)::int as talking from conversation
          where tenant_id = ${tenantId} and status = 'open' and assignee_id is not null group by team_id
        )
        select usual.team_id, coalesce(busy.talking, 0) as talking, usual.seconds, usual.talks
        from usual left join busy on busy.team_id is not distinct from usual.team_id`),
    { readOnly: true },
  );
  return new Map(rows.map(({ team_id: teamId, ...pace }) => [teamId, pace]));
}
