import { cx } from "./cx.ts";
import styles from "./kbd.module.css";

/** The keys of one shortcut, already named for this platform and language: `["Ctrl", "K"]`. */
export function Keys({ keys, className }: { readonly keys: readonly string[]; readonly className?: string | undefined }) {
  return (
    <span className={cx(styles.keys, className)}>
      {keys.map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
