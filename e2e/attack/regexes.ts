/**
 * Regular expressions that could take for ever: an unbounded repeat of something that itself repeats without bound, or that can be read
 * in two ways. The engine has no counter of steps; so what makes steps explode is not written at all. Read from the source.
 */
export interface Literal {
  pattern: string;
  at: number;
}

const valueBefore = /[\w$)\]}"'`]\s*$/;

/** Regular expressions in a source whose comments and strings were blanked, but not its expressions. */
export function literalsIn(source: string): Literal[] {
  const found: Literal[] = [];
  for (const match of source.matchAll(/\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/[dgimsuvy]*/g)) {
    const before = source.slice(Math.max(0, match.index - 40), match.index);
    if (valueBefore.test(before) && !/\b(?:return|typeof|case|in|of)\s*$/.test(before)) continue;
    found.push({ pattern: match[1] ?? "", at: match.index });
  }
  return found;
}

interface Node {
  /** Repeats without an upper bound, at any depth. */
  repeats: boolean;
  /** The whole of it may match nothing. */
  empty: boolean;
}

/** Why this pattern may explode, or null. Star height above one is the classic; bounded repeats of up to `few` are not counted. */
export function danger(pattern: string, few = 64): string | null {
  let at = 0;
  let why: string | null = null;
  const peek = () => pattern.charAt(at);

  function alternatives(): Node {
    const nodes: Node[] = [];
    do nodes.push(sequence());
    while (peek() === "|" && ++at);
    return { repeats: nodes.some(({ repeats }) => repeats), empty: nodes.some(({ empty }) => empty) };
  }

  function sequence(): Node {
    const whole: Node = { repeats: false, empty: true };
    while (at < pattern.length && peek() !== "|" && peek() !== ")") {
      const from = at;
      const atom = one();
      const bound = quantifier();
      const unbounded = bound > few;
      // `(a+)+`, `(a*)*`: each way to cut the text is tried. What begins with something that cannot repeat has one way only.
      if (unbounded && atom.repeats && !anchored(pattern.slice(from, at))) why ??= `${pattern.slice(from, at)} repeats what repeats`;
      whole.repeats ||= atom.repeats || unbounded;
      whole.empty &&= atom.empty || least === 0;
    }
    return whole;
  }

  let least = 1;
  /** The upper bound; 1 without one. */
  function quantifier(): number {
    least = 1;
    const [text = "", from = "", comma = "", to = ""] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(pattern.slice(at)) ?? [];
    if (text === "") return 1;
    at += text.length;
    if (peek() === "?" || peek() === "+") at += 1;
    if (text === "?") return (void (least = 0), 1);
    if (text === "*") return (void (least = 0), Infinity);
    if (text === "+") return Infinity;
    least = Number(from);
    return comma === "" ? Number(from) : to === "" ? Infinity : Number(to);
  }

  function one(): Node {
    const char = peek();
    at += 1;
    if (char === "\\") {
      const escape = /^(?:u\{[^}]*\}|p\{[^}]*\}|P\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|k<[^>]*>|c.|.)/iu.exec(pattern.slice(at));
      at += escape?.[0].length ?? 1;
    } else if (char === "[") {
      for (; at < pattern.length && peek() !== "]"; at += 1) if (peek() === "\\") at += 1;
      at += 1;
    } else if (char === "(") {
      const kind = /^\?(?:<?[=!]|:|<[^>]*>|[a-z-]+:)/.exec(pattern.slice(at))?.[0] ?? "";
      at += kind.length;
      const inside = alternatives();
      at += 1;
      return inside;
    }
    return { repeats: false, empty: char === "^" || char === "$" };
  }

  alternatives();
  return why;
}

/**
 * The repeated group begins or ends with a character that nothing else in it can match, as `(?:,[^,]+)*` does: then the text says where
 * each turn begins.
 */
function anchored(group: string): boolean {
  const inside = /^\((?:\?:|\?<[^>]*>)?(.*)\)(?:[*+]|\{\d+,\d*\})[?+]?$/s.exec(group)?.[1];
  if (inside === undefined || inside.includes("|")) return false;
  const edge = (text: string, rest: string) => {
    const plain = /^\\?([^\w\s\\[\]().*+?^$|{}])$|^\\([.|*+?^$(){}[\]\\/-])$/.exec(text);
    const char = plain?.[1] ?? plain?.[2];
    if (char === undefined) return false;
    // Everything that repeats in the rest is a class; none of them may take the character.
    return [...rest.matchAll(/(\[(?:\\.|[^\]\\])*\]|\\[wdspu](?:\{[^}]*\})?|\.|.)(?:[*+]|\{\d+,\d*\})/gu)].every(
      ([, unit = ""]) => !new RegExp(`^(?:${unit})$`, "u").test(char),
    );
  };
  const first = /^(?:\\?[^\w\s])/u.exec(inside)?.[0] ?? "";
  const last = /(?:\\?[^\w\s\])+*?}])$/u.exec(inside)?.[0] ?? "";
  return (
    (first !== "" && !first.startsWith("[") && !first.startsWith("(") && edge(first, inside.slice(first.length))) ||
    (last !== "" && edge(last, inside.slice(0, -last.length)))
  );
}
