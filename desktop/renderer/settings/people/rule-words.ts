/** What a label rule says, as a sentence, and the questions that it may ask about. */
import { locales } from "@switchboard/shared/i18n/languages.ts";
import { newsOfSettings } from "@switchboard/shared/events/news.ts";
import type { FormField } from "@switchboard/shared/model/branding.ts";
import type { LabelRule } from "@switchboard/shared/model/label-rules.ts";
import type { Settings } from "@switchboard/shared/model/settings.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { tenantCalls } from "../calls.ts";
import { useAnswer } from "../use-api.ts";
import { languageNamer } from "./language-choices.ts";

export interface Question {
  readonly key: string;
  readonly label: string;
  /** Of a list to choose from; else empty. */
  readonly choices: readonly string[];
}

const knownKeys = ["name", "email", "phone", "company"] as const;

/** Of the form before the chat, and of the one that is left when nobody is there. Undefined while it loads. */
export function useQuestions(): readonly Question[] | undefined {
  const { t } = useTranslation();
  const { language } = useFormat();
  const answer = useAnswer(tenantCalls.getSettings, { params: { kind: "branding" } }, { changes: newsOfSettings("branding") });
  // The server has completed it by the rules of its kind.
  const branding = answer.data?.document as unknown as Settings["branding"] | undefined;
  if (branding === undefined) return answer.error === undefined ? undefined : [];
  const labelOf = ({ key, label }: FormField) => {
    const known = knownKeys.find((one) => one === key);
    return known === undefined ? (label[language] ?? Object.values(label)[0] ?? key) : t(`common.${known}`);
  };
  const fields = [...branding.preChat.fields, ...branding.offlineFields].filter(({ kind }) => kind !== "consent");
  return [...new Map(fields.map((field) => [field.key, field])).values()].map((field) => ({
    key: field.key,
    label: labelOf(field),
    choices: field.choices,
  }));
}

export function useRuleSentence(questions: readonly Question[] | undefined): (rule: LabelRule) => string {
  const { t } = useTranslation();
  const { language } = useFormat();
  const nameOf = languageNamer(locales[language]);
  const either = new Intl.ListFormat(locales[language], { type: "disjunction" });
  return (rule) => {
    switch (rule.when) {
      case "language":
        return t("people.label_rules.say.language", { what: either.format(rule.languages.map(nameOf)) });
      case "page":
        return t(`people.label_rules.say.page_${rule.compare}`, { what: rule.text });
      case "answer": {
        const known = questions?.find(({ key }) => key === rule.question)?.label;
        const question = known ?? (questions === undefined ? rule.question : t("people.label_rules.question_gone"));
        return t(`people.label_rules.say.answer_${rule.compare}`, { question, what: rule.text });
      }
    }
  };
}
