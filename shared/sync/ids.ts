/** The id of a row that is an entry of the tenant's event log: there is one entry a number, so the number is enough to find it again. */
export function eventId(seq: number): string {
  return `${eventPrefix}${seq.toString(16).padStart(12, "0")}`;
}

/** Null for the id of something else. */
export function seqOfEvent(id: string): number | null {
  return id.startsWith(eventPrefix) ? Number.parseInt(id.slice(eventPrefix.length), 16) : null;
}

export const eventPrefix = "00000000-0000-8000-8000-";

/**
 * The id of a row that exists once for a pair of things, so that two devices that make it offline make the same one. Exclusive-or keeps
 * different partners of one thing apart; the version says that it is nobody's timestamp (RFC 9562, version 8).
 */
export function pairId(one: string, other: string): string {
  const a = one.replaceAll("-", "");
  const b = other.replaceAll("-", "");
  let hex = "";
  for (let at = 0; at < 32; at += 1) hex += (Number.parseInt(a[at] ?? "0", 16) ^ Number.parseInt(b[at] ?? "0", 16)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
