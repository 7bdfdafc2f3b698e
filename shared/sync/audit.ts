/**
 * Counts and hashes by which an idle device and the server compare what the device should hold. Only rows that every device has count:
 * what a fresh device is not given, or may have fetched by itself, is left out. The order of rows does not matter.
 */
import { entities, mayBeMissing, scopeOf } from "./entities.ts";
import type { EntityName, NamedRow } from "./entities.ts";
import type { AuditLine } from "./protocol.ts";
import type { Scope } from "./scopes.ts";

/** Rows that follow a parent come and go with it; they are compared through the parents. */
export function isAudited(named: NamedRow): boolean {
  return entities[named.entity].parents.length === 0 && !mayBeMissing(named);
}

export function auditLines(rows: Iterable<NamedRow>, scopes: ReadonlySet<Scope>): AuditLine[] {
  const sums = new Map<string, { scope: Scope; entity: EntityName; count: number; high: number; low: number }>();
  for (const named of rows) {
    const scope = scopeOf(named);
    if (scope === null || !scopes.has(scope) || !isAudited(named)) continue;
    const key = `${scope} ${named.entity}`;
    const sum = sums.get(key) ?? { scope, entity: named.entity, count: 0, high: 0, low: 0 };
    const { high, low } = hash(canonical(named.row));
    sum.count += 1;
    sum.high = (sum.high + high) >>> 0;
    sum.low = (sum.low + low) >>> 0;
    sums.set(key, sum);
  }
  return [...sums.values()]
    .toSorted((a, b) => (a.scope === b.scope ? compare(a.entity, b.entity) : compare(a.scope, b.scope)))
    .map(({ scope, entity, count, high, low }) => ({ scope, entity, count, hash: hex(high) + hex(low) }));
}

/** All lines in one short text, equal on both sides when all is well. */
export const printOfLines = (lines: readonly AuditLine[]): string => fingerprint(lines);

/** Where the two sides disagree; empty when all is well. */
export function auditDifference(here: readonly AuditLine[], there: readonly AuditLine[]): { scope: Scope; entity: EntityName }[] {
  const key = (line: AuditLine) => `${line.scope} ${line.entity}`;
  const say = (line: AuditLine | undefined) => (line ? `${line.count} ${line.hash}` : "");
  const ours = new Map(here.map((line) => [key(line), line]));
  const theirs = new Map(there.map((line) => [key(line), line]));
  return [...new Map([...ours, ...theirs]).values()].flatMap((line) =>
    say(ours.get(key(line))) === say(theirs.get(key(line))) ? [] : [{ scope: line.scope, entity: line.entity }],
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const hex = (value: number) => value.toString(16).padStart(8, "0");

/** The same text for the same content, whatever the order of keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const keys = Object.keys(value).toSorted(compare);
  const fields = value as Record<string, unknown>; // an object that is no array
  return `{${keys
    .filter((key) => fields[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`)
    .join()}}`;
}

/** Short and the same for the same content. */
export function fingerprint(value: unknown): string {
  const { high, low } = hash(canonical(value));
  return hex(high) + hex(low);
}

/** Sixty-four bits against accident, not against intent: both sides are ours. */
function hash(text: string): { high: number; low: number } {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return { high: high >>> 0, low: low >>> 0 };
}
