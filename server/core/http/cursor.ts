/** The opaque place in a list: the sort values of the last row that was shown. One that is not ours is a wrong value like any other. */
import type { z } from "zod";
import { invalid } from "../problem.ts";

export function encodeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw invalid("query.cursor", "invalid_cursor", "This cursor does not come from an earlier page.");
  }
}

/** One row more than asked for was read, so that the last page knows that it is the last. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  placeAt: (row: Row) => readonly unknown[],
  present: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(present), next: rows.length > limit && last !== undefined ? encodeCursor(placeAt(last)) : null };
}
