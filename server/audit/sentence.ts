/** An entry as a sentence of one language, for files that leave the console. */
import type { AuditEntry } from "../../shared/api/audit.ts";
import { dictionaries, translateTo } from "../../shared/i18n/index.ts";
import { locales, type Language } from "../../shared/i18n/languages.ts";
import { find } from "../../shared/i18n/t.ts";
import { auditKey, auditValues } from "../../shared/model/audit-sentence.ts";

/** Times inside a sentence are UTC, as the column beside it is. */
export function sentenceWriter(language: Language): (entry: AuditEntry) => string {
  const t = translateTo(language);
  const words = (key: string) => find(dictionaries[language], key);
  const list = new Intl.ListFormat(locales[language], { type: "conjunction" });
  const write = {
    words,
    instant: (at: number) => new Date(at).toISOString(),
    list: (items: readonly string[]) => list.format(items),
  };
  // The keys are data; a test sees to it that each kind of event has one.
  return (entry) => t(auditKey(entry.type, (key) => words(key) !== undefined) as "audit.unknown", auditValues(entry, write));
}
