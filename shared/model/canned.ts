/**
 * Canned replies: text with variables and blanks.
 *
 * - `{{contact.name}}` is filled from what is known, `{{contact.name|there}}` falls back to what stands after the bar.
 * - `{{ask:order number}}` is a blank that the operator fills. A variable without value and fallback becomes a blank too.
 * - Anything else in double braces is shown as it was written and named as broken in the editor; it is never an error.
 */
import { foldText } from "./search.ts";

/** What a reply may name. Unknown names are kept as blanks, so that a typing mistake is seen before a customer sees it. */
export const cannedVariables = [
  "contact.name",
  "contact.firstName",
  "contact.email",
  "contact.phone",
  "contact.company",
  "operator.name",
  "operator.firstName",
  "tenant.name",
  "team.name",
  "conversation.number",
] as const;
export type CannedVariable = (typeof cannedVariables)[number];

export type CannedPart =
  | { kind: "text"; text: string }
  | { kind: "variable"; name: string; known: boolean; fallback: string | null; source: string }
  | { kind: "blank"; label: string; source: string }
  /** Braces that mean nothing: shown as they are. */
  | { kind: "broken"; text: string };

const field = /\{\{([^{}]*)\}\}/gu;

export function parseCanned(text: string): CannedPart[] {
  const parts: CannedPart[] = [];
  let end = 0;
  const plain = (until: number) => {
    if (until > end) parts.push({ kind: "text", text: text.slice(end, until) });
  };
  for (const match of text.matchAll(field)) {
    plain(match.index);
    end = match.index + match[0].length;
    parts.push(partOf(match[0], (match[1] ?? "").trim()));
  }
  plain(text.length);
  return parts;
}

function partOf(source: string, inside: string): CannedPart {
  const asked = /^ask\s*:(.*)$/su.exec(inside)?.[1]?.trim();
  if (asked !== undefined) return asked === "" ? { kind: "broken", text: source } : { kind: "blank", label: asked, source };
  const [, name, , fallback] = /^([a-z]+\.[a-z]+)\s*(\|(.*))?$/isu.exec(inside) ?? [];
  if (name === undefined) return { kind: "broken", text: source };
  const known = (cannedVariables as readonly string[]).includes(name);
  return { kind: "variable", name, known, fallback: fallback === undefined ? null : fallback.trim(), source };
}

export type CannedValues = Readonly<Partial<Record<CannedVariable, string | null>>>;

export type FilledPart =
  | { kind: "text"; text: string }
  /** `id` is the same for blanks of the same name: filled once, filled everywhere. */
  | { kind: "blank"; id: string; label: string };

/** What the composer shows: text with blanks left where something must still be said. */
export function fillCanned(text: string, values: CannedValues): FilledPart[] {
  const filled = parseCanned(text).map((part): FilledPart => {
    switch (part.kind) {
      case "text":
      case "broken":
        return { kind: "text", text: part.text };
      case "blank":
        return { kind: "blank", id: blankId(part.label), label: part.label };
      case "variable": {
        const value = part.known && Object.hasOwn(values, part.name) ? values[part.name as CannedVariable]?.trim() : undefined;
        if (value) return { kind: "text", text: value };
        return part.fallback === null ? { kind: "blank", id: blankId(part.name), label: part.name } : { kind: "text", text: part.fallback };
      }
    }
  });
  return joined(filled);
}

const blankId = (label: string) => label.normalize("NFC").toLowerCase().replace(/\s+/gu, " ");

function joined(parts: readonly FilledPart[]): FilledPart[] {
  const together: FilledPart[] = [];
  for (const part of parts) {
    const last = together.at(-1);
    if (part.kind === "text" && last?.kind === "text") together[together.length - 1] = { kind: "text", text: last.text + part.text };
    else if (part.kind === "blank" || part.text !== "") together.push(part);
  }
  return together;
}

/** Blanks in the order in which `Tab` walks them, each once. */
export function blanksOf(parts: readonly FilledPart[]): { id: string; label: string }[] {
  const blanks = new Map<string, { id: string; label: string }>();
  for (const part of parts) if (part.kind === "blank" && !blanks.has(part.id)) blanks.set(part.id, { id: part.id, label: part.label });
  return [...blanks.values()];
}

/** The text as it is with these answers, and the blanks that are still open. It may be sent only when none is. */
export function answerBlanks(
  parts: readonly FilledPart[],
  answers: ReadonlyMap<string, string>,
): { text: string; open: { id: string; label: string }[] } {
  const answered = (id: string) => answers.get(id)?.trim() ?? "";
  return {
    text: parts.map((part) => (part.kind === "text" ? part.text : answered(part.id) || `[${part.label}]`)).join(""),
    open: blanksOf(parts).filter((blank) => answered(blank.id) === ""),
  };
}

/** Values for a first name where only a full one is known: what stands before the first space. */
export function firstNameOf(name: string | null): string | null {
  const first = name?.trim().split(/\s/u)[0];
  return first ? first : null;
}

export const shortcutPattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,31}$/u;

export interface Findable {
  shortcut: string;
  title: string;
  text: string;
  useCount: number;
}

/** Best first, for what is typed after the slash. Equal ones by use, then by title. */
export function rankCanned<R extends Findable>(replies: readonly R[], typed: string): R[] {
  const query = foldText(typed).trim();
  const scored = replies.flatMap((reply) => {
    const score = scoreOf(reply, query);
    return score === null ? [] : [{ reply, score }];
  });
  return scored
    .toSorted((a, b) => a.score - b.score || b.reply.useCount - a.reply.useCount || (a.reply.title < b.reply.title ? -1 : 1))
    .map(({ reply }) => reply);
}

function scoreOf(reply: Findable, query: string): number | null {
  if (query === "") return 0;
  const shortcut = foldText(reply.shortcut);
  const title = foldText(reply.title);
  if (shortcut === query) return 0;
  if (shortcut.startsWith(query)) return 1;
  if (title.startsWith(query)) return 2;
  if (title.split(/\s+/u).some((word) => word.startsWith(query))) return 3;
  if (title.includes(query) || shortcut.includes(query)) return 4;
  const words = query.split(/\s+/u);
  const all = `${title} ${foldText(reply.text)}`;
  return words.every((word) => all.includes(word)) ? 5 : null;
}
