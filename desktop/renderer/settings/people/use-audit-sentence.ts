/** An entry of the audit trail as a sentence of the reader's language. */
import type { AuditEntry } from "@switchboard/shared/api/audit.ts";
import { auditKey, auditValues } from "@switchboard/shared/model/audit-sentence.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";

export function useAuditSentence(): (entry: AuditEntry) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const isKnown = (key: string) => i18n.exists(key);
  const write = {
    // The keys are data: types of events and words of the product, each of which a test compares with the texts.
    words: (key: string) => (isKnown(key) ? t(key as "audit.gone") : undefined),
    instant: (at: number) => format.dayTime(at, ticker.now()),
    list: format.list,
  };
  return (entry) => t(auditKey(entry.type, isKnown) as "audit.unknown", auditValues(entry, write) as { who: string; type: string });
}
