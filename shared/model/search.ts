/**
 * What search sees of a text: the same words on the device (FTS5) and on the server (tsvector), because both tokenizers get words that
 * we have cut and folded. Case, accents, ё, width, Thai digits and the spelling of a phone number make no difference; Thai and Japanese,
 * which write no spaces, are cut by dictionary; `c++` and `c#` stay words. Nothing here throws, whatever is typed.
 */
import { limits } from "./limits.ts";

/** How the FTS5 table must be told to cut: at our spaces. Without the mark categories it would break Thai words at their vowels. */
export const fts5Tokenizer = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'";

const longestWord = 64;
const mostQueryWords = 16;

/** Letters that carry their difference in the letter itself, which no normal form takes off. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ł: "l",
  ŧ: "t",
  þ: "th",
  ı: "i",
  ς: "σ",
  ـ: "",
};

/** The zeros of scripts whose digits people type; the nine others follow each. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x0ed0, 0x1040, 0x17e0];

/** Of such a text every step of the folding but one leaves everything as it is. */
const plainText = /^[\x20-\x7e]*$/;
const plainWord = /([a-z0-9]+)(\+{1,2}(?![a-z0-9])|#(?![a-z0-9]))?/g;

export function foldText(text: string): string {
  if (plainText.test(text)) return text.toLowerCase();
  return (
    text
      // Half a surrogate pair, control characters and the zero-width space of Thai text separate; joiners and soft hyphens vanish.
      .replace(/[\p{Cs}\p{Cc}\u200b]/gu, " ")
      .replace(/\p{Cf}/gu, "")
      .normalize("NFKC")
      // NFKC takes the Thai sara am apart; put it together again, also around a tone mark and in the order some keyboards produce.
      .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, "$1\u0e33")
      .replace(/([\u0e48-\u0e4b])\u0e4d\u0e32/g, "$1\u0e33")
      .replace(/เเ/g, "แ")
      .toLowerCase()
      .normalize("NFD")
      // Accents of Latin, Greek and Cyrillic, vowel points of Arabic and Hebrew. The short i is a letter of its own.
      .replace(
        /(и\u0306)|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u0655\u0670]/g,
        (_, shortI: string | undefined) => shortI ?? "",
      )
      .normalize("NFC")
      .replace(/[ßæœøđðħłŧþıςـ]/g, (letter) => plainLetters[letter] ?? letter)
      .replace(/\p{Nd}/gu, plainDigit)
  );
}

function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = zeros.find((one) => code >= one && code <= one + 9);
  return zero === undefined ? digit : String(code - zero);
}

const phonePattern = /\+?\(?\d[\d\s().\-/]{5,24}\d/g;
/** A run of a script without spaces; or a word, with the plus signs and the sharp that name programming languages. */
const unspaced = "\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}ー";
const wordPattern = new RegExp(
  `([${unspaced}]+)|((?:(?![${unspaced}])[\\p{L}\\p{Nd}\\p{M}])+)(\\+{1,2}(?![\\p{L}\\p{Nd}])|#(?![\\p{L}\\p{Nd}]))?`,
  "gu",
);

/** Made when a text first asks for it, and once: it takes ten times as long to make as to use. */
let segmenter: Intl.Segmenter | undefined;
const cutWords = (run: string) => (segmenter ??= new Intl.Segmenter("th", { granularity: "word" })).segment(run);

interface Word {
  text: string;
  /** Cut by dictionary: the same letters may be cut otherwise in another sentence, so a query looks for beginnings. */
  cut: boolean;
}

function wordsOf(folded: string): Word[] {
  const words: Word[] = [];
  if (plainText.test(folded)) {
    for (const [, plain = "", sign] of folded.matchAll(plainWord))
      words.push({ text: plain.slice(0, longestWord) + spelledSign(sign), cut: false });
    return words;
  }
  for (const [, run, plain, sign] of folded.matchAll(wordPattern)) {
    if (run !== undefined) {
      for (const { segment, isWordLike } of cutWords(run)) {
        const kept = isWordLike === false ? "" : lettersOnly(segment);
        if (kept !== "") words.push({ text: shorten(kept), cut: true });
      }
    } else if (plain !== undefined) {
      // A mark without a letter before it is nothing that anybody can look for.
      const spelled = shorten(lettersOnly(plain));
      if (spelled !== "") words.push({ text: spelled + spelledSign(sign), cut: false });
    }
  }
  return words;
}

const spelledSign = (sign: string | undefined) => (sign === undefined ? "" : sign === "#" ? "sharp" : "plus".repeat(sign.length));

function lettersOnly(word: string): string {
  return word.replace(/^\p{M}+/u, "").replace(/[^\p{L}\p{Nd}\p{M}]/gu, "");
}

function shorten(word: string): string {
  return word.slice(0, longestWord).replace(/\p{Cs}$/u, "");
}

/** The digits of what looks like a phone number, or null. */
export function phoneDigits(text: string): string | null {
  const digits = foldText(text).replace(/\D/g, "");
  return digits.length >= 7 && digits.length <= 15 ? digits : null;
}

/** What a number has in common with and without its country code and leading zero. */
function phoneTail(digits: string): string {
  return digits.slice(-8);
}

function phonesIn(folded: string): string[] {
  return [...folded.matchAll(phonePattern)].flatMap(([found]) => phoneDigits(found) ?? []);
}

/** The words of a text, as they go into the index. */
export function searchWords(text: string): string[] {
  const folded = foldText(text);
  const words = wordsOf(folded).map((word) => word.text);
  for (const digits of phonesIn(folded)) words.push(...new Set([digits, phoneTail(digits)]));
  return words;
}

/** What may be more than its words: signs, and numbers of telephones. */
const special = /[+#]|\d[\d\s().\-/]{5,24}\d/;

/** The same as one text for an FTS5 column or `to_tsvector('simple', …)`. Most messages of most tenants take the short way. */
export function searchText(text: string): string {
  if (!plainText.test(text) || special.test(text)) return searchWords(text).join(" ");
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.map((word) => word.slice(0, longestWord)).join(" ");
}

export interface QueryWord {
  text: string;
  /** Any word that begins so. The last word of a query always does, because it may not be finished. */
  begins: boolean;
}

/** What somebody looks for. Empty when nothing in the input can be looked for. */
export function queryWords(input: string): QueryWord[] {
  let folded = foldText(input.slice(0, limits.searchQuery));
  const found = new Map<string, QueryWord>();
  for (const [phone] of folded.matchAll(phonePattern)) {
    const digits = phoneDigits(phone);
    if (digits === null) continue;
    folded = folded.replace(phone, " ");
    const tail = phoneTail(digits);
    found.set(tail, { text: tail, begins: digits.length < 9 });
  }
  const words = wordsOf(folded);
  for (const [index, { text, cut }] of words.entries()) {
    const begins = cut || index === words.length - 1 || found.get(text)?.begins === true;
    found.set(text, { text, begins });
  }
  return [...found.values()].slice(0, mostQueryWords);
}

/** An FTS5 MATCH expression: all words, each quoted. Null when there is nothing to look for. */
export function toFts5(input: string): string | null {
  const words = queryWords(input);
  return words.length === 0 ? null : words.map(({ text, begins }) => `"${text}"${begins ? "*" : ""}`).join(" ");
}

/** Text for a cast to `tsquery`: all words, each quoted. Null when there is nothing to look for. */
export function toTsquery(input: string): string | null {
  const words = queryWords(input);
  return words.length === 0 ? null : words.map(({ text, begins }) => `'${text}'${begins ? ":*" : ""}`).join(" & ");
}

/** Whether a text has all the words of a query; for short lists that are in memory anyway. */
export function matchesQuery(text: string, input: string): boolean {
  const words = searchWords(text);
  return queryWords(input).every((wanted) => words.some((word) => (wanted.begins ? word.startsWith(wanted.text) : word === wanted.text)));
}
