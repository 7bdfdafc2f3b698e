import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog.tsx";
import { ShortcutFooter, ShortcutTables } from "./shortcut-tables.tsx";
import type { Overrides } from "./shortcuts.ts";

export interface ShortcutDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onOverrides: (overrides: Overrides) => void;
}

/** All keys, over whatever page is open. */
export function ShortcutDialog({ open, onClose, onOverrides }: ShortcutDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("console.shortcut.title")}
      width="l"
      footer={<ShortcutFooter onOverrides={onOverrides} />}
    >
      <ShortcutTables onOverrides={onOverrides} />
    </Dialog>
  );
}
