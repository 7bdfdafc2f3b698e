/** How much of a message a title takes: two lines on a card. */
const titleCharacters = 80;

/** What a message is about, in a line: its first one, cut after a word. Counted as people see characters, also Thai ones. */
export function titleOfMessage(body: string): string {
  const line = body.trim().split(/\r?\n/, 1)[0]?.replaceAll(/\s+/g, " ") ?? "";
  const characters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(line)];
  const next = characters[titleCharacters];
  if (next === undefined) return line;
  const words = [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(line)];
  const cut = words.findLast(({ index }) => index <= next.index && index > next.index / 2)?.index ?? next.index;
  return `${line.slice(0, cut).trimEnd()}…`;
}

/** A message as it stands in the description of the task that was made from it, with an empty line to go on writing. */
export function quoteMessage(body: string): string {
  const lines = body.trim().split(/\r?\n/);
  return lines.every((line) => line.trim() === "") ? "" : `${lines.map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;
}
