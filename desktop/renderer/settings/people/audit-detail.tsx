/** One entry as it was recorded: for whoever compares it with another log. */
import type { AuditEntry } from "@switchboard/shared/api/audit.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { CopyText } from "../copy-text.tsx";
import { useDeviceWords } from "./use-device-words.ts";
import styles from "./people.module.css";

interface AuditDetailProps {
  readonly entry: AuditEntry;
  readonly sentence: string;
  readonly onClose: () => void;
}

export function AuditDetail({ entry, sentence, onClose }: AuditDetailProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useDeviceWords();
  const { names: _names, ...record } = entry;
  const { device, address } = entry.actor;
  return (
    <Dialog open={true} onClose={onClose} title={t("people.audit.entry", { number: String(entry.seq) })}>
      <p>{sentence}</p>
      <p className={styles.small}>
        {[format.full(Date.parse(entry.at)), device === null ? null : wordsOf(device), address].filter((part) => part !== null).join(" · ")}
      </p>
      <CopyText label={t("people.audit.record")} text={JSON.stringify(record, null, 2)} />
    </Dialog>
  );
}
