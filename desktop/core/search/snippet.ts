/** The part of a text in which the words that somebody looked for stand. */
import { foldText, queryWords, searchWords } from "@switchboard/shared/model/search.ts";
import { oneLine } from "@switchboard/shared/model/text.ts";

const before = 40;
const whole = 160;

export function snippetOf(body: string, asked: string): string {
  // Nearly all: nothing has to be left out.
  if (body.length <= whole) return oneLine(body, whole);
  const line = body.replace(/\s+/gu, " ").trim();
  if (line.length <= whole) return oneLine(line, whole);
  const at = firstHit(line, asked);
  if (at <= before) return oneLine(line, whole);
  const start = line.indexOf(" ", at - before);
  const from = start < 0 || start > at ? at - before : start + 1;
  return `…${oneLine(line.slice(from), whole - 1)}`;
}

/** By words as they stand, because folding moves places; scripts without spaces are found by their letters. */
function firstHit(line: string, asked: string): number {
  const wanted = queryWords(asked);
  for (const { 0: word, index } of line.matchAll(/\S+/gu)) {
    const parts = searchWords(word);
    const hit = wanted.find(({ text, begins }) => parts.some((part) => (begins ? part.startsWith(text) : part === text)));
    // A sentence of such a script is one word here, and what was looked for may stand at its end.
    if (hit) return Math.min(index + Math.max(0, foldText(word).indexOf(hit.text)), line.length - 1);
  }
  const folded = foldText(line);
  const places = wanted.map(({ text }) => folded.indexOf(text)).filter((place) => place >= 0);
  return places.length === 0 ? 0 : Math.min(...places, line.length - 1);
}
