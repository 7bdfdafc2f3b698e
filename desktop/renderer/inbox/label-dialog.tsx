import { useTranslation } from "react-i18next";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { useLive } from "../live.tsx";
import { Checkbox } from "../ui/choices.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/states.tsx";

export interface LabelDialogProps {
  readonly open: boolean;
  readonly line: Pick<ConversationLine, "tenantId" | "labels">;
  readonly onClose: () => void;
  readonly onLabels: (add: readonly string[], remove: readonly string[]) => void;
}

export function LabelDialog({ open, line, onClose, onLabels }: LabelDialogProps) {
  const { t } = useTranslation();
  const labels = useLive("labels.list", { tenantId: line.tenantId }, { enabled: open }).data?.items;
  const has = new Set(line.labels.map((label) => label.id));
  return (
    <Dialog open={open} onClose={onClose} title={t("inbox.context.choose_labels")} width="s">
      {labels?.length === 0 ? (
        <EmptyState icon="tag" title={t("inbox.label.none")} />
      ) : (
        <ul>
          {labels?.map((label) => (
            <li key={label.id}>
              <Checkbox
                checked={has.has(label.id)}
                onChecked={(on) => onLabels(on ? [label.id] : [], on ? [] : [label.id])}
                label={label.name}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
