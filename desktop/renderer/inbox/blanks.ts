/**
 * Blanks of a canned reply inside the composer's text: `‹order number›`. They are part of the text, so that a draft keeps them,
 * undo knows them, and an input method may work between them. A text with blanks cannot be sent.
 */
import { fillCanned, type CannedValues } from "@switchboard/shared/model/canned.ts";

const open = "‹";
const close = "›";
const pattern = /‹([^‹›\n]+)›/g;

export interface Blank {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export function blanksIn(text: string): readonly Blank[] {
  return Array.from(text.matchAll(pattern), (match) => ({ start: match.index, end: match.index + match[0].length, label: match[1] ?? "" }));
}

/** The blank to go to: after the caret, then from the start; backwards the other way round. */
export function nextBlank(text: string, caret: number, by: 1 | -1): Blank | undefined {
  const blanks = blanksIn(text);
  return by === 1
    ? (blanks.find((blank) => blank.start >= caret) ?? blanks[0])
    : (blanks.findLast((blank) => blank.end < caret) ?? blanks.at(-1));
}

/** The blank that the caret stands in, so that typing replaces it as a whole. */
export function blankAt(text: string, caret: number): Blank | undefined {
  return blanksIn(text).find((blank) => caret > blank.start && caret < blank.end);
}

/** What a canned reply becomes in the composer: known values filled in, the rest as blanks. */
export function replyText(template: string, values: CannedValues): string {
  return fillCanned(template, values)
    .map((part) => (part.kind === "text" ? part.text : `${open}${part.label.replaceAll(/[‹›\n]/g, " ")}${close}`))
    .join("");
}

export interface SlashQuery {
  /** Where the slash stands. */
  readonly start: number;
  readonly typed: string;
}

/** A slash at the start of a line, and what is typed after it up to the caret, opens the canned replies. */
export function slashQuery(text: string, caret: number): SlashQuery | undefined {
  const lineStart = text.lastIndexOf("\n", caret - 1) + 1;
  const line = text.slice(lineStart, caret);
  return /^\/[\p{L}\p{N}\p{M}_ -]{0,40}$/u.test(line) ? { start: lineStart, typed: line.slice(1) } : undefined;
}

/** An @ and the beginning of a name, in a note. */
export function mentionQuery(text: string, caret: number): SlashQuery | undefined {
  const match = /(?:^|\s)@([\p{L}\p{N}\p{M}.'-]{0,30})$/u.exec(text.slice(0, caret));
  return match === null ? undefined : { start: caret - (match[1] ?? "").length - 1, typed: match[1] ?? "" };
}

/** The members whose whole name stands after an @. Longer names first, so that "Ann Lee" is not taken for "Ann". */
export function mentionsIn(text: string, members: readonly { readonly id: string; readonly name: string }[]): readonly string[] {
  const found: string[] = [];
  let rest = text;
  for (const member of members.toSorted((a, b) => b.name.length - a.name.length)) {
    if (!rest.includes(`@${member.name}`)) continue;
    found.push(member.id);
    rest = rest.replaceAll(`@${member.name}`, " ");
  }
  return found;
}
