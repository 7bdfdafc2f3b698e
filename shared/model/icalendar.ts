/**
 * An iCalendar document (RFC 5545) that other programs subscribe to. Times are UTC, so that no zone table is needed and none can be
 * wrong; text is escaped and lines are folded at 75 octets without cutting a character.
 */
export interface CalendarEntry {
  /** Stays the same for the same thing, so that a program updates instead of adding. */
  uid: string;
  startsAt: number;
  minutes: number;
  summary: string;
  description: string;
  cancelled: boolean;
  changedAt: number;
}

export interface Calendar {
  name: string;
  /** How often a program should look again. */
  refreshMinutes: number;
  entries: readonly CalendarEntry[];
}

const minuteMs = 60_000;

export function writeCalendar({ name, refreshMinutes, entries }: Calendar): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Switchboard//Follow-ups//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escapeText(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:PT${refreshMinutes}M`,
    `X-PUBLISHED-TTL:PT${refreshMinutes}M`,
    ...entries.flatMap(entryLines),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

function entryLines({ uid, startsAt, minutes, summary, description, cancelled, changedAt }: CalendarEntry): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${utc(changedAt)}`,
    `LAST-MODIFIED:${utc(changedAt)}`,
    // Grows with each change, as a program that has seen an earlier one expects.
    `SEQUENCE:${Math.floor(changedAt / 1000)}`,
    `DTSTART:${utc(startsAt)}`,
    // A moment without length takes no room, and DTEND must come after DTSTART.
    ...(minutes > 0 ? [`DTEND:${utc(startsAt + minutes * minuteMs)}`] : []),
    `SUMMARY:${escapeText(summary)}`,
    ...(description === "" ? [] : [`DESCRIPTION:${escapeText(description)}`]),
    `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    "END:VEVENT",
  ];
}

function utc(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/u, "Z")
    .replaceAll(/[-:]/gu, "");
}

export function escapeText(text: string): string {
  return text
    .replaceAll(/\r\n?/gu, "\n")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .replaceAll(/[\\;,]/gu, (sign) => `\\${sign}`)
    .replaceAll("\n", "\\n");
}

const mostOctets = 75;

/** A line that goes on begins with a space, which counts. */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = utf8Size(character);
    if (octets + size > mostOctets) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join("\r\n");
}

function utf8Size(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
}
