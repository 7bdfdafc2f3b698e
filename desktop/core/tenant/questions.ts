/** What the questions of the tenant's own forms are called: a contact keeps the answers under the questions' keys. */
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import type { Branding, FormField } from "@switchboard/shared/model/branding.ts";

export type Questions = readonly Pick<FormField, "key" | "label">[];

export function questionsOf({ preChat, offlineFields }: Pick<Branding, "preChat" | "offlineFields">): Questions {
  return [...preChat.fields, ...offlineFields]
    .filter(({ label }) => Object.keys(label).length > 0)
    .map(({ key, label }) => ({ key, label }));
}

/** In the reader's language, else in another; the key itself when no form asks for it, or when two ask different things by it. */
export function labelOf(questions: Questions, key: string, language: Language): string {
  const labels = new Set(
    questions.filter((question) => question.key === key).map(({ label }) => label[language] ?? Object.values(label)[0] ?? key),
  );
  const [label = key] = labels.size === 1 ? labels : [];
  return label;
}
