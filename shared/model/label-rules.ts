/**
 * Which labels a new conversation is given by itself, from what is known when it begins. Labels ask for skills, so this is how a Thai
 * conversation finds whoever speaks Thai. All rules that match count; their order says nothing.
 */
import { isId } from "./audit-sentence.ts";
import { limits } from "./limits.ts";
import { also, byKind, distinct, listOf, object, oneOf, text, textLike } from "./reading.ts";
import type { Read } from "./reading.ts";

export const labelRuleKinds = ["language", "page", "answer"] as const;
export const pageComparisons = ["contains", "begins"] as const;
export const answerComparisons = ["is", "contains"] as const;

interface Put {
  id: string;
  /** Of a label that may be gone: then the rule does nothing. */
  labelId: string;
}
interface LanguageRule extends Put {
  when: "language";
  /** Base languages: `th` stands for `th-TH`, too. */
  languages: readonly string[];
}
export interface PageRule extends Put {
  when: "page";
  compare: (typeof pageComparisons)[number];
  text: string;
}
export interface AnswerRule extends Put {
  when: "answer";
  /** Key of a field of the form. */
  question: string;
  compare: (typeof answerComparisons)[number];
  text: string;
}
export type LabelRule = LanguageRule | PageRule | AnswerRule;

/** What is known of a conversation when it begins. */
export interface Beginning {
  /** As the browser says it. */
  language: string;
  page: string | null;
  answers: Readonly<Record<string, string>>;
}

/** Each label once, never more than a conversation may carry; ids of labels that do not exist are passed over. */
export function labelsByRule(rules: readonly LabelRule[], beginning: Beginning, labels: ReadonlySet<string>): string[] {
  const put = rules.filter((rule) => labels.has(rule.labelId) && matches(rule, beginning)).map(({ labelId }) => labelId);
  return [...new Set(put)].toSorted().slice(0, limits.labelsPerConversation);
}

function matches(rule: LabelRule, { language, page, answers }: Beginning): boolean {
  switch (rule.when) {
    case "language":
      return rule.languages.includes(baseLanguage(language));
    case "page":
      return page !== null && isOn(page, rule);
    case "answer": {
      const answer = plain(Object.hasOwn(answers, rule.question) ? (answers[rule.question] ?? "") : "");
      const wanted = plain(rule.text);
      return rule.compare === "is" ? answer === wanted : answer.includes(wanted);
    }
  }
}

/** The rules when a label ends: those that gave it give the one it became, or are gone with it. Two that came to say the same are one. */
export function rulesWithout(rules: readonly LabelRule[], ended: string, into: string | null): LabelRule[] {
  if (rules.every(({ labelId }) => labelId !== ended)) return [...rules];
  const said = new Set<string>();
  return rules
    .flatMap((rule) => (rule.labelId !== ended ? [rule] : into === null ? [] : [{ ...rule, labelId: into }]))
    .filter((rule) => {
      const says = JSON.stringify(Object.entries({ ...rule, id: "" }).toSorted(([one], [other]) => (one < other ? -1 : 1)));
      return !said.has(says) && said.add(says);
    });
}

const plain = (words: string) => words.normalize("NFKC").trim().toLowerCase();

export function baseLanguage(tag: string): string {
  return tag.trim().toLowerCase().split(/[-_]/u, 1)[0] ?? "";
}

function isOn(page: string, { compare, text: wanted }: PageRule): boolean {
  const [here, there] = [placeOf(page), placeOf(wanted)];
  if (compare === "contains") return here.includes(there);
  // Begun with a slash it is meant as a path, on whatever site.
  return there.startsWith("/") ? here.slice(here.indexOf("/")).startsWith(there) : here.startsWith(there);
}

/** Host and path as people write them: no protocol, no `www.`, nothing behind the path, letters instead of their codes. */
export function placeOf(address: string): string {
  const place = address
    .trim()
    .replace(/^https?:\/\//iu, "")
    .replace(/^www\./iu, "");
  const end = place.search(/[?#]/u);
  return plain(decoded(end === -1 ? place : place.slice(0, end)));
}

function decoded(place: string): string {
  try {
    return decodeURI(place);
  } catch {
    // A stray per cent sign is no code of a letter.
    return place;
  }
}

const put = {
  id: also(text({ least: 1, most: 64 }), (id, at, report) => {
    if (!isId(id)) report(at, "wrong_type");
  }),
  labelId: also(text({ least: 1, most: 64 }), (id, at, report) => {
    if (!isId(id)) report(at, "unknown_choice");
  }),
};

export const readLabelRule: Read<LabelRule> = byKind<"when", LabelRule>("when", {
  language: object<LanguageRule>({
    ...put,
    when: oneOf(["language"]),
    languages: distinct(
      listOf(
        textLike((language) => /^[a-z]{2,3}$/u.test(language), "unknown_choice"),
        { least: 1, most: limits.languagesPerLabelRule },
      ),
      String,
    ),
  }),
  page: object<PageRule>({
    ...put,
    when: oneOf(["page"]),
    compare: oneOf(pageComparisons),
    text: also(text({ least: 1, most: limits.labelRuleText }), (typed, at, report) => {
      // It would be on every page.
      if (placeOf(typed) === "") report(at, "required");
    }),
  }),
  answer: object<AnswerRule>({
    ...put,
    when: oneOf(["answer"]),
    question: text({ least: 1, most: limits.attributeName }),
    compare: oneOf(answerComparisons),
    text: text({ least: 1, most: limits.labelRuleText }),
  }),
});

export const readLabelRules: Read<LabelRule[]> = distinct(listOf(readLabelRule, { most: limits.labelRules }), ({ id }) => id, "id");
