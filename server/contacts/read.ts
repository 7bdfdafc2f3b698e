import { z } from "zod";
import type { QueryOf } from "../../shared/api/contract.ts";
import type { contactsApi } from "../../shared/api/contacts.ts";
import { queryWords } from "../../shared/model/search.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import type { Unit } from "../core/work.ts";
import { Contact } from "./entities.ts";

const place = z.tuple([z.iso.datetime(), z.uuid()]);

export async function listContacts(
  unit: Unit,
  query: QueryOf<typeof contactsApi.list>,
): Promise<{ items: Contact[]; next: string | null }> {
  const after = decodeCursor(query.cursor, place);
  const rows = await unit.rows<{ id: string }>(sql`
    select id from contact
    where ${and([
      ...wordConditions(query.q),
      query.lead !== undefined && (query.lead === "any" ? sql`lead is not null` : sql`lead = ${query.lead}`),
      query.labelId !== undefined && sql`label_ids @> ${JSON.stringify([query.labelId])}::jsonb`,
      query.blocked !== undefined && (query.blocked === "true" ? sql`blocked_at is not null` : sql`blocked_at is null`),
      after && sql`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    ])}
    order by created_at desc, id desc limit ${query.limit + 1}`);
  const contacts = await contactsById(
    unit,
    rows.map(({ id }) => id),
  );
  return pageOf(
    rows.flatMap(({ id }) => contacts.get(id) ?? []),
    query.limit,
    ({ createdAt, id }) => [createdAt.toISOString(), id],
    (contact) => contact,
  );
}

export async function contactsById(unit: Unit, ids: readonly string[]): Promise<Map<string, Contact>> {
  if (ids.length === 0) return new Map();
  const contacts = await unit.em.find(Contact, { tenantId: unit.tenantId, id: { $in: [...ids] } });
  return new Map(contacts.map((contact) => [contact.id, contact]));
}

/** Words stand between spaces in `words`, folded and cut by the same rules as these. */
function wordConditions(q: string | undefined): Sql[] {
  if (q === undefined || q.trim() === "") return [];
  const words = queryWords(q);
  if (words.length === 0) return [sql`false`];
  return words.map(({ text, begins }) => {
    const literal = text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
    return sql`words like ${`% ${literal}${begins ? "" : " "}%`}`;
  });
}
