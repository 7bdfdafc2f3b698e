/**
 * Pages of what lies within conversations, in the order of these and of a number within each: that is how a device keeps it. The database
 * sorts what it finds before it cuts a page, so it is given few conversations at a time, never all that are left.
 */
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

export interface Place {
  conversationId: string;
  number: number;
}

const beforeAll: Place = { conversationId: "00000000-0000-0000-0000-000000000000", number: 0 };
const conversationsAtOnce = 50;

export const keyWithin = ({ conversationId, number }: Place) => `${conversationId}-${number}`;
/** An id alone is an older server's: from the beginning. */
const placeFrom = (key: string | null): Place =>
  key === null || key.length <= 37 ? beforeAll : { conversationId: key.slice(0, 36), number: Number(key.slice(37)) };

/** `read` finds what comes after the place within these conversations, at most so much, in order. */
export async function pageWithin<T>(
  unit: Unit,
  key: string | null,
  limit: number,
  read: (ids: readonly string[], after: Place, most: number) => Promise<T[]>,
): Promise<T[]> {
  const page: T[] = [];
  for (let after = placeFrom(key); ;) {
    const heads = await unit.rows<{ id: string }>(sql`
      select id from conversation where tenant_id = ${unit.tenantId} and id >= ${after.conversationId} order by id limit ${conversationsAtOnce}`);
    const ids = heads.map(({ id }) => id);
    for (const one of await read(ids, after, limit - page.length)) page.push(one);
    const last = ids.at(-1);
    if (last === undefined || ids.length < conversationsAtOnce || page.length >= limit) return page;
    after = { conversationId: last, number: Number.MAX_SAFE_INTEGER };
  }
}
