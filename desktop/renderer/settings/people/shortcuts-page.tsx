import { useOwnChoices } from "../../frame/own-choices.ts";
import { ShortcutFooter, ShortcutTables } from "../../keys/shortcut-tables.tsx";
import { PageFrame } from "../page-frame.tsx";
import styles from "./people.module.css";

/** The same tables as behind `?`, in a place of their own. */
export function ShortcutsPage() {
  const { setOverrides } = useOwnChoices();
  return (
    <PageFrame id="shortcuts" loaded={true}>
      <div className={styles.tools}>
        <ShortcutFooter onOverrides={setOverrides} />
      </div>
      <ShortcutTables onOverrides={setOverrides} />
    </PageFrame>
  );
}
