/** Where a page ended: the order and the id of its last row. The same place means the same in every tenant. */
import { z } from "zod";
import { Refusal } from "../refusal.ts";
import type { Place } from "../store/conversation-list.ts";

const place = z.tuple([z.number(), z.string()]);

export const writeCursor = ({ order, id }: Place) => Buffer.from(JSON.stringify([order, id])).toString("base64url");

export function readCursor(text: string | undefined): Place | null {
  if (text === undefined) return null;
  try {
    const [order, id] = place.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { order, id };
  } catch {
    throw new Refusal("invalid_input", "This is not the cursor of a page.", { field: "cursor" });
  }
}

/** One page over several tenants, each of which gave its own first rows. */
export function mergePages<T extends { place: Place }>(
  pages: readonly (readonly T[])[],
  limit: number,
  direction: 1 | -1,
): { items: T[]; next: string | null } {
  const all = pages.flat().toSorted((a, b) => direction * (a.place.order - b.place.order || (a.place.id < b.place.id ? -1 : 1)));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return { items, next: all.length > limit && last ? writeCursor(last.place) : null };
}
