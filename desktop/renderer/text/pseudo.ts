/**
 * A language that nobody speaks, for the developer build: accents show text that did not come from the files, more length shows
 * boxes that are too narrow, brackets show a cut end.
 */
import type { Messages } from "@switchboard/shared/i18n/t.ts";

const plain = "aceilnorsuyACEILNORSUY";
const accented = "àçèîļñöŕšûÿÀÇÈÎĻÑÖŔŠÛŸ";

export function pseudo(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [key, typeof value === "string" ? pseudoText(value) : pseudo(value)]),
  );
}

export function pseudoText(text: string): string {
  const letters = Array.from(plain);
  const parts = text.split(/(\{[^{}]*\})/u);
  // Values keep their names. Short words grow most when they are translated.
  const shown = parts.map((part) =>
    part.startsWith("{") ? part : part.replaceAll(/[a-z]/gi, (letter) => Array.from(accented)[letters.indexOf(letter)] ?? letter),
  );
  const length = parts.filter((part) => !part.startsWith("{")).join("").length;
  return `⟦${shown.join("")}${"~".repeat(Math.ceil(length * (length < 10 ? 0.8 : 0.4)))}⟧`;
}
