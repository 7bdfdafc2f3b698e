/**
 * The language a text is surely written in, by its script: it decides line height and which shapes Han characters take. Nothing
 * for Latin and for pure Han, where a guess would be one.
 */
export function scriptLanguage(text: string): "th" | "ja" | "ko" | "ar" | "he" | undefined {
  if (/\p{sc=Thai}/u.test(text)) return "th";
  if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text)) return "ja";
  if (/\p{sc=Hangul}/u.test(text)) return "ko";
  if (/\p{sc=Arabic}/u.test(text)) return "ar";
  if (/\p{sc=Hebrew}/u.test(text)) return "he";
  return undefined;
}
