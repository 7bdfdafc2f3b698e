/** Text as people see it: characters counted as they appear, cut without breaking one, and shown without the tricks of hidden marks. */
import { parseWebAddress } from "./web-address.ts";

const plainAscii = /^[\u0020-\u007e]*$/;

/** Characters as people see them: a Thai consonant with its vowel and tone mark is one, and so is a flag. */
export function graphemes(text: string): string[] {
  if (plainAscii.test(text)) return text.split("");
  return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text), (part) => part.segment);
}

export function countGraphemes(text: string): number {
  return plainAscii.test(text) ? text.length : graphemes(text).length;
}

/** At most so many characters, the last of them `…` when something was left out. */
export function truncate(text: string, most: number): string {
  if (text.length <= most) return text;
  const all = graphemes(text);
  if (all.length <= most) return text;
  return most < 1
    ? ""
    : `${all
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

/** One line for a preview in a list: line breaks and runs of spaces become one space, hidden marks go. */
export function oneLine(text: string, most: number): string {
  // Cut roughly first: a message may be long, a preview never is.
  const start = text.slice(0, most * 16);
  return truncate(withoutHiddenMarks(start).replace(/\s+/gu, " ").trim(), most);
}

/**
 * Takes out what has no shape of its own and can make text lie: marks that turn the direction of what follows, invisible
 * separators, tags. Joiners stay, because emoji, Persian and Indian scripts are written with them.
 */
export function withoutHiddenMarks(text: string): string {
  return text.replace(/[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu, "");
}

/** Whether text needs an isolating element (`bdi`) or `dir="auto"`: it has a character that is written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u.test(text);
}

/** For the few places that build markup as text (mail, server pages). Everything else hands text to the view, which escapes it. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name as it may stand in a header, a file name or one line of a log: no control characters, no line breaks. */
export function plainLine(text: string): string {
  return withoutHiddenMarks(text)
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ")
    .trim();
}

export type TextSegment =
  | { kind: "text"; text: string }
  | {
      kind: "link";
      text: string;
      href: string;
      /** What the address really leads to, in ASCII; empty for mail and phone. */
      host: string;
      /** The host is not written in the text as it is: show it beside the link before anybody follows it. */
      mismatch: boolean;
    };

const linkPattern =
  /\b(?:https?:\/\/|www\.|mailto:|tel:)[^\s<>"'`{}|\\^\u00a0\u3000、。「」『』（）]+|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;

/** The only schemes that are ever followed. Everything else that looks like a link stays text. */
const allowedSchemes: ReadonlySet<string> = new Set(["https", "http", "mailto", "tel"]);

/** An address as it may stand in a link, written out by the standard; null for what must not be followed. */
export function safeHref(address: string): string | null {
  const parsed = parseWebAddress(address);
  if (!parsed || !allowedSchemes.has(parsed.scheme)) return null;
  if (parsed.scheme === "mailto" || parsed.scheme === "tel")
    return isPlainTarget(parsed.scheme, parsed.path) ? `${parsed.scheme}:${parsed.path}` : null;
  return parsed.host === "" ? null : parsed.href;
}

/** Cuts a message into text and links. Only these schemes ever become links; all else stays the text that it is. */
export function linkify(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let end = 0;
  const shown = withoutHiddenMarks(text);
  for (const match of shown.matchAll(linkPattern)) {
    const written = withoutTrailing(match[0]);
    const link = linkTo(written);
    if (!link) continue;
    if (match.index > end) segments.push({ kind: "text", text: shown.slice(end, match.index) });
    segments.push(link);
    end = match.index + written.length;
  }
  if (end < shown.length) segments.push({ kind: "text", text: shown.slice(end) });
  return segments;
}

/** Marks that end a sentence rather than an address; a closing bracket belongs to the address when it was opened there. */
function withoutTrailing(written: string): string {
  // Counted once and kept up to date: somebody may end an address with ten thousand brackets.
  const left = { ")": surplus(written, "(", ")"), "]": surplus(written, "[", "]") };
  let end = written.length;
  for (; end > 0; end -= 1) {
    const last = written.charAt(end - 1);
    if (last === ")" || last === "]") {
      if (left[last] <= 0) break;
      left[last] -= 1;
    } else if (!/[\p{P}]/u.test(last) || "/-_&%#".includes(last)) break;
    else if (last === "(") left[")"] += 1;
    else if (last === "[") left["]"] += 1;
  }
  return written.slice(0, end);
}

/** How many brackets are closed that were never opened. */
function surplus(text: string, opening: string, closing: string): number {
  let more = 0;
  for (const character of text) more += character === closing ? 1 : character === opening ? -1 : 0;
  return more;
}

function linkTo(written: string): TextSegment | null {
  const lower = written.toLowerCase();
  const full = lower.startsWith("www.") ? `https://${written}` : /^(?:https?:|mailto:|tel:)/.test(lower) ? written : `mailto:${written}`;
  const href = safeHref(full);
  if (href === null) return null;
  if (!href.startsWith("http")) return { kind: "link", text: written, href, host: "", mismatch: false };
  const { host = "", hasUser = false } = parseWebAddress(href) ?? {};
  const shownHost = /^(?:https?:\/\/)?([^/?#:]*)/iu.exec(written)?.[1] ?? "";
  if (shownHost === "") return null;
  return { kind: "link", text: written, href, host, mismatch: hasUser || shownHost.toLowerCase() !== host };
}

/** Mail without headers of its own (`?cc=…`), a phone number without commands. */
function isPlainTarget(scheme: "mailto" | "tel", path: string): boolean {
  return scheme === "mailto" ? /^[^\s@,;?&]{1,254}@[^\s@,;?&]{1,253}$/u.test(path) : /^\+?[\d().\-\s]{3,32}$/u.test(path);
}

/**
 * Whether what a link shows and where it leads differ, for links whose text somebody else wrote. A text that names no host cannot
 * contradict one.
 */
export function contradicts(text: string, href: string): boolean {
  const target = parseWebAddress(href);
  if (!target || target.host === "") return false;
  const named = /(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,10}[\p{L}]{2,63})/iu.exec(withoutHiddenMarks(text))?.[1];
  if (named === undefined) return false;
  const host = parseWebAddress(`https://${named}`)?.host ?? "";
  const bare = (name: string) => name.replace(/^www\./, "");
  return bare(host) !== bare(target.host);
}
