/** Finds commands by what people type: in their language, in English, by synonyms, by the beginnings of words. */
import { foldText } from "@switchboard/shared/model/search.ts";

export interface Rankable {
  readonly id: string;
  readonly title: string;
  /** The same in English, and words that mean it. */
  readonly also: readonly string[];
}

/** Best first; undefined when it does not match. Lower is better. */
function score(command: Rankable, query: string): number | undefined {
  const words = query.split(/\s+/).filter((word) => word !== "");
  const titles = [command.title, ...command.also].map(foldText);
  const scores = titles.flatMap((title, index) => {
    // Own title first, then English and synonyms.
    const behind = index === 0 ? 0 : 4;
    if (title.startsWith(query)) return behind;
    const parts = title.split(/[\s-]+/);
    if (words.every((word) => parts.some((part) => part.startsWith(word)))) return behind + 1;
    if (title.includes(query)) return behind + 2;
    // Thai and Japanese titles have no spaces to begin after.
    return words.every((word) => title.includes(word)) ? behind + 3 : [];
  });
  return scores.length === 0 ? undefined : Math.min(...scores);
}

/** `recent` are ids, the latest first: what was used lately comes first among equals, and first of all for an empty query. */
export function rankCommands<C extends Rankable>(commands: readonly C[], typed: string, recent: readonly string[]): readonly C[] {
  const query = foldText(typed).trim();
  const lately = (command: C) => {
    const at = recent.indexOf(command.id);
    return at < 0 ? recent.length : at;
  };
  if (query === "") return commands.toSorted((a, b) => lately(a) - lately(b));
  return commands
    .flatMap((command, index) => {
      const value = score(command, query);
      return value === undefined ? [] : [{ command, value, index }];
    })
    .toSorted((a, b) => a.value - b.value || lately(a.command) - lately(b.command) || a.index - b.index)
    .map(({ command }) => command);
}

/** The ids used last, without repeats, at most so many. */
export function remember(recent: readonly string[], id: string, most = 12): readonly string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, most);
}
