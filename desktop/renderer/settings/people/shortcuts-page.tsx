import { useTranslation } from "react-i18next";
import { useCommandEnvironment } from "../../commands/context.tsx";
import { useOwnChoices } from "../../frame/own-choices.ts";
import { ShortcutFooter, ShortcutTables } from "../../keys/shortcut-tables.tsx";
import type { Overrides } from "../../keys/shortcuts.ts";
import { useToasts } from "../../ui/toast-context.ts";
import { PageFrame } from "../page-frame.tsx";
import styles from "./people.module.css";

/** The same tables as behind `?`, in a place of their own. Every change can be taken back, also all keys at once. */
export function ShortcutsPage() {
  const { t } = useTranslation();
  const { setOverrides } = useOwnChoices();
  const { overrides } = useCommandEnvironment();
  const toasts = useToasts();
  const choose = (next: Overrides) => {
    setOverrides(next);
    toasts.say(t("people.own_saved"), { undo: () => setOverrides(overrides) });
  };
  return (
    <PageFrame id="shortcuts" loaded={true} despite={["offline", "suspended"]}>
      <div className={styles.tools}>
        <ShortcutFooter onOverrides={choose} />
      </div>
      <ShortcutTables onOverrides={choose} />
    </PageFrame>
  );
}
