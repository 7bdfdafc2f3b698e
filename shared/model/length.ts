/**
 * How long a text for people is, for whoever writes it and for whoever takes it. It counts characters as people see them: a Thai syllable
 * or a flag is several units of UTF-16 and one character to the person who is told how many are left. A character of very many parts
 * counts as what it costs, so that a limit of characters is one of bytes, too.
 */
import { countGraphemes } from "./text.ts";

/** At three bytes each they fit into the smallest body that is taken (`limits.bodyBytes`), with what goes along. */
const mostUnits = 20_000;
const unitsOfCharacter = (most: number) => Math.max(1, Math.min(4, Math.floor(mostUnits / most)));

/** More UTF-16 units than this are too long, whatever they look like. */
export const unitsWithin = (most: number): number => most * unitsOfCharacter(most);

/** What is shown beside the limit, and told when it is above. */
export const lengthWithin = (text: string, most: number): number =>
  Math.max(countGraphemes(text), Math.ceil(text.length / unitsOfCharacter(most)));

export const isTooLong = (text: string, most: number): boolean =>
  text.length > most && (text.length > unitsWithin(most) || countGraphemes(text) > most);
