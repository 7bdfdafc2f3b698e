/** The opaque place in a list: the sort values of the last row that was shown. A cursor that is not ours is a wrong value like any other. */
import { z } from "zod";
import { invalid } from "../core/problem.ts";

const place = z.tuple([z.string().max(200), z.uuid()]);
export type Place = z.output<typeof place>;

export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw invalid("query.cursor", "invalid_cursor", "This cursor does not come from an earlier page.");
  }
}

/** One row more than asked for was read, so that the last page knows that it is the last. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  placeAt: (row: Row) => Place,
  present: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(placeAt(last))).toString("base64url") : null;
  return { items: shown.map(present), next };
}
