import { useTranslation } from "react-i18next";
import styles from "./logo.module.css";

/** The product's sign: two ends of a line that have found each other on the board. */
export function Logo() {
  const { t } = useTranslation();
  return (
    <svg viewBox="0 0 22 22" className={styles.logo} role="img" aria-label={t("console.title.product")}>
      <rect width="22" height="22" rx="6" className={styles.ground} />
      <path d="M6.6 6.8c0 4.6 8.8 3.8 8.8 8.4" className={styles.wire} />
      <circle cx="6.6" cy="6.6" r="2.3" className={styles.end} />
      <circle cx="15.4" cy="15.4" r="2.3" className={styles.wire} />
      <circle cx="15.4" cy="6.6" r="1.3" className={styles.free} />
      <circle cx="6.6" cy="15.4" r="1.3" className={styles.free} />
    </svg>
  );
}
