/** What search sees. Messages are cut into words behind the sends, tenant by tenant from where the last round ended, so that no send waits. */
import { searchText } from "../../shared/model/search.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { perCore } from "../core/realtime/per-core.ts";
import type { Unit } from "../core/work.ts";

const chunk = 500;
/** Messages are searchable about this long after they were sent. */
const pauseMs = 1_000;

interface Found {
  id: string;
  conversation_id: string;
  at: Date | string;
  body: string;
  seq: string | number;
}

/** One chunk of one tenant; true when there may be more. */
async function takeWords(unit: Unit): Promise<boolean> {
  const { tenantId } = unit;
  const cursor = await unit.one<{ seq: string | number }>(sql`
    insert into words_cursor (tenant_id, seq) values (${tenantId}, 0)
    on conflict (tenant_id) do update set seq = words_cursor.seq returning seq`);
  const clock = await unit.one<{ seq: string | number }>(sql`select seq from tenant_clock where tenant_id = ${tenantId}`);
  const messages = await unit.rows<Found>(sql`
    select id, conversation_id, at, body, seq from message
    where tenant_id = ${tenantId} and seq > ${Number(cursor?.seq ?? 0)} order by seq limit ${chunk}`);
  const rows = messages.map(({ id, conversation_id: conversationId, at, body }) => ({
    id,
    conversationId,
    at: new Date(at).toISOString(),
    words: searchText(body),
  }));
  await unit.rows(sql`
    insert into message_words (tenant_id, id, conversation_id, at, words)
    select ${tenantId}::uuid, cut.id, cut."conversationId", cut.at, cut.words
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as cut(id uuid, "conversationId" uuid, at timestamptz, words text)
    where cut.words <> '' on conflict (tenant_id, id) do nothing`);
  const full = messages.length === chunk;
  await unit.rows(
    sql`update words_cursor set seq = ${Number((full ? messages.at(-1)?.seq : clock?.seq) ?? 0)} where tenant_id = ${tenantId}`,
  );
  return full;
}

/** The subject is found like a message; its entry has the conversation's id. */
export async function noteSubject(unit: Unit, conversationId: string, subject: string | null): Promise<void> {
  const words = searchText(subject ?? "");
  await unit.rows(sql`
    insert into message_words (tenant_id, id, conversation_id, at, words)
    values (${unit.tenantId}, ${conversationId}, ${conversationId}, ${unit.now}, ${words})
    on conflict (tenant_id, id) do update set words = excluded.words, at = excluded.at`);
}

export const takeAllWords = job({
  name: "conversations.words",
  // Heals a hint that was lost; the usual start is a hint from the tail.
  schedule: "* * * * *",
  async run({ work }) {
    const behind = await work(
      system("tenants with messages that search does not know"),
      (unit) =>
        unit.rows<{ tenant_id: string }>(sql`
          select c.tenant_id from tenant_clock c left join words_cursor w on w.tenant_id = c.tenant_id where c.seq > coalesce(w.seq, 0)`),
      { readOnly: true },
    );
    for (const { tenant_id: tenantId } of behind) while (await work(service(tenantId, "words for search"), takeWords));
  },
});

/** Asks for a round soon, at most one at a time. */
export const soonTakeWords = perCore((core: Core) => {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      core.later(takeAllWords.name, {}, { key: takeAllWords.name }).catch(() => undefined); // the schedule heals it
    }, pauseMs).unref();
  };
});
