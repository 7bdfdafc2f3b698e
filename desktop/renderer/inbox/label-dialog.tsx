import { useTranslation } from "react-i18next";
import type { Label } from "../../bridge/shapes.ts";
import { useLive } from "../live.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Checkbox } from "../ui/choices.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/states.tsx";

export interface LabelDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly tenantId: string;
  /** What is ticked. */
  readonly worn: readonly Label[];
  readonly onClose: () => void;
  readonly onLabels: (changes: LabelChanges) => void;
}

export interface LabelChanges {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The labels of the tenant; a tick is done at once. Of conversations and of contacts. */
export function LabelDialog({ open, title, tenantId, worn, onClose, onLabels }: LabelDialogProps) {
  const { t } = useTranslation();
  const labels = useLive("labels.list", { tenantId }, { enabled: open }).data?.items;
  const has = new Set(worn.map((label) => label.id));
  return (
    <Dialog open={open} onClose={onClose} title={title} width="s">
      {labels?.length === 0 ? (
        <EmptyState icon="tag" title={t("inbox.label.none")} />
      ) : (
        <ul>
          {labels?.map(({ id, name }) => (
            <li key={id}>
              <Checkbox
                checked={has.has(id)}
                onChecked={(on) => onLabels(on ? { add: [id], remove: [] } : { add: [], remove: [id] })}
                label={<span lang={scriptLanguage(name)}>{name}</span>}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
