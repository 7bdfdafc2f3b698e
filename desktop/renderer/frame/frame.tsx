import { useEffect, useState, type ReactNode } from "react";
import { useCommands } from "../commands/context.tsx";
import { DialogHost } from "../ui/dialog.tsx";
import { createRegionFocus } from "./regions.ts";
import styles from "./frame.module.css";

/** Title bar, rail, content, sync bar. Dialogs open over the content only, so that bar and rail stay usable. */
export function Frame({
  title,
  rail,
  sync,
  children,
}: {
  readonly title: ReactNode;
  readonly rail: ReactNode;
  readonly sync: ReactNode;
  readonly children: ReactNode;
}) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  const [regions] = useState(() => createRegionFocus(document));
  useEffect(() => {
    const remember = (event: FocusEvent) => regions.remember(event.target);
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, [regions]);
  useCommands({ "region.next": () => regions.go(1), "region.previous": () => regions.go(-1) });
  return (
    <div className={styles.frame}>
      <div className={styles.title}>{title}</div>
      {rail}
      <main className={styles.body} ref={setHost}>
        <DialogHost value={host}>{children}</DialogHost>
      </main>
      <div className={styles.sync}>{sync}</div>
    </div>
  );
}
