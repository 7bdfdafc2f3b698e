export interface MentionPart {
  readonly text: string;
  readonly mention: boolean;
}

/** A name of somebody unknown, or of somebody who has left, ends at the first space. */
const oneWord = String.raw`[\p{L}\p{M}\p{N}.'’-]+`;

const literally = (words: string) => words.replaceAll(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);

/** Cuts a note at its mentions. Names of several words are told by who is in the team; the longest that fits is meant. */
export function mentionParts(text: string, names: readonly string[]): readonly MentionPart[] {
  const known = names.toSorted((a, b) => b.length - a.length).map((name) => `${literally(name)}(?![\\p{L}\\p{M}\\p{N}])`);
  const mention = new RegExp(`(@(?:${[...known, oneWord].join("|")}))`, "u");
  return text.split(mention).flatMap((part, index) => (part === "" ? [] : [{ text: part, mention: index % 2 === 1 }]));
}
