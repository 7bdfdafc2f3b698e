/**
 * The value that was there, as far as the new one says the same. Rows are found again by their id and not by their place: with one more
 * message the newest fifty all move up by one, and the forty-nine that stay must not be drawn again.
 */
export function keepIdentity(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return keptRows(before, after);
  if (isRecord(before) && isRecord(after)) return keptRecord(before, after);
  return Object.is(before, after) ? before : after;
}

function keptRows(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const known = new Map(before.map((row, place) => [nameOf(row, place), row]));
  const kept = after.map((row, place) => {
    const name = nameOf(row, place);
    return keepIdentity(nameOf(before[place], place) === name ? before[place] : known.get(name), row);
  });
  return kept.length === before.length && kept.every((row, place) => Object.is(row, before[place])) ? before : kept;
}

/** A row without an id is known by its place. */
const nameOf = (row: unknown, place: number): unknown => (isRecord(row) && typeof row["id"] === "string" ? row["id"] : place);

function keptRecord(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const keys = Object.keys(after);
  const kept: Record<string, unknown> = {};
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    kept[key] = keepIdentity(before[key], after[key]);
    same &&= key in before && Object.is(kept[key], before[key]);
  }
  return same ? before : kept;
}

/** Only what is JSON is taken apart; a Map or a Date that a view made of it is another one each time. */
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
