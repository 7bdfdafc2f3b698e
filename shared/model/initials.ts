/** The letter in an avatar: the first character of a name as people see it, so `สุพรรษา` gives `สุ` and never half a character. */
import { graphemes, withoutHiddenMarks } from "./text.ts";

/** Vowels that Thai and Lao write before the consonant they belong to: `เอก` is filed, and shown, under `อ`. */
const leadingVowel = /^[\u0e40-\u0e44\u0ec0-\u0ec4]/u;

export function initialOf(name: string): string {
  const all = graphemes(withoutHiddenMarks(name));
  const first = all.findIndex((character) => /^[\p{L}\p{N}]/u.test(character));
  if (first < 0) return "";
  // Segmenters differ in whether a leading vowel stands alone or with its consonant.
  const bare = (all[first] ?? "").replace(leadingVowel, "");
  const shown = bare === "" ? (all[first + 1] ?? all[first] ?? "") : bare;
  return shown.toUpperCase();
}
