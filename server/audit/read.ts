import { z } from "zod";
import type { Language } from "../../shared/i18n/languages.ts";
import { memberEntered } from "../../shared/events/accounts.ts";
import { isId } from "../../shared/model/audit-sentence.ts";
import type { AuditEntry } from "../../shared/api/audit.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import type { Unit } from "../core/work.ts";
import { namesOf } from "./names.ts";

export interface AuditFilters {
  type?: string | undefined;
  memberId?: string | undefined;
  conversationId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

interface Line {
  seq: string;
  type: string;
  actor: Record<string, unknown>;
  conversation_id: string | null;
  subject_id: string | null;
  payload: Record<string, unknown>;
  at: Date | string;
  name: string | null;
  device: string | null;
  address: string | null;
}

export async function listEntries(unit: Unit, query: AuditFilters & { cursor?: string | undefined; limit: number }, language: Language) {
  const last = decodeCursor(query.cursor, z.tuple([z.number().int()]));
  return pageOf(
    await lines(unit, query, { before: last?.[0], limit: query.limit + 1, language }),
    query.limit,
    ({ seq }) => [seq],
    (entry) => entry,
  );
}

interface Part {
  before?: number | undefined;
  limit: number;
  language: Language;
}

/** Coming in is written by the system, which has no session: the one that began is in the entry. */
export async function lines(unit: Unit, filters: AuditFilters, { before, limit, language }: Part): Promise<AuditEntry[]> {
  const rows = await unit.rows<Line>(sql`
    select log.seq, log.type, log.actor, log.conversation_id, log.subject_id, log.payload, log.at, member.name, session.device, session.address
    from event_log log
    left join member on member.tenant_id = log.tenant_id and member.id::text = log.actor->>'id' and log.actor->>'kind' = 'member'
    left join member_session session on session.tenant_id = log.tenant_id and session.session_id = coalesce(
      log.actor->>'session', case log.type when ${memberEntered.type} then log.payload->>'sessionId' end)::uuid
    where ${and([sql`log.seq is not null`, ...conditions(filters), before !== undefined && sql`log.seq < ${before}`])}
    order by log.seq desc limit ${limit}`);
  const names = await namesOf(unit, [...new Set(rows.flatMap(idsIn))], language);
  return rows.map((row) => {
    const { seq, actor, conversation_id: conversationId, subject_id: subjectId, name, device, address, at, type, payload } = row;
    const id = textOf(actor["id"]);
    return {
      seq: Number(seq),
      type,
      actor: {
        kind: textOf(actor["kind"]) ?? "system",
        id,
        name: name ?? names.get(id ?? "") ?? null,
        reason: textOf(actor["reason"]),
        device,
        address,
      },
      conversationId,
      subjectId,
      payload,
      names: Object.fromEntries(
        idsIn(row).flatMap((one): [string, string][] => {
          const known = names.get(one);
          return known === undefined ? [] : [[one, known]];
        }),
      ),
      at: new Date(at).toISOString(),
    };
  });
}

const idsIn = ({ actor, payload }: Line): string[] => [actor["id"], ...Object.values(payload).flat()].filter((value) => isId(value));

const textOf = (value: unknown) => (typeof value === "string" ? value : null);

function conditions({ type, memberId, conversationId, from, to }: AuditFilters): (Sql | false | undefined | "")[] {
  return [
    type && sql`starts_with(log.type, ${type})`,
    memberId && sql`log.actor->>'kind' = 'member' and log.actor->>'id' = ${memberId}`,
    conversationId && sql`log.conversation_id = ${conversationId}`,
    from && sql`log.at >= ${from}`,
    to && sql`log.at < ${to}`,
  ];
}

/** Recomputes the whole chain inside the database; the head in the tenant's clock says that nothing is missing at the end. */
export async function verifyChain(unit: Unit): Promise<{ entries: number; intact: boolean; brokenAt: number | null }> {
  const row = await unit.one<{ entries: number; broken: string | null; head_fits: boolean }>(sql`
    with chain as (
      select seq, hash, app.event_hash(lag(hash) over (order by seq), seq, type, actor, payload, at) as computed, lag(hash) over (order by seq) as before
      from event_log where tenant_id = ${unit.tenantId} and seq is not null
    )
    select count(*)::int as entries,
      min(seq) filter (where hash is distinct from computed) as broken,
      coalesce((select event_head from tenant_clock where tenant_id = ${unit.tenantId}) is not distinct from (array_agg(hash order by seq desc))[1], true) as head_fits
    from chain`);
  const brokenAt = row?.broken === null || row?.broken === undefined ? null : Number(row.broken);
  return { entries: row?.entries ?? 0, intact: brokenAt === null && row?.head_fits !== false, brokenAt };
}
