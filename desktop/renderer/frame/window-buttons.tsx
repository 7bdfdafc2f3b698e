import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import styles from "./window-buttons.module.css";

/** Only where the window has no frame of the system's own: Electron on Windows and Linux. */
export function WindowButtons({ onWindow }: { readonly onWindow: (action: "minimize" | "maximize" | "close") => void }) {
  const { t } = useTranslation();
  return (
    <span className={styles.buttons}>
      <button type="button" className={styles.button} aria-label={t("console.window.minimise")} onClick={() => onWindow("minimize")}>
        <Icon name="windowMinimise" />
      </button>
      <button type="button" className={styles.button} aria-label={t("console.window.maximise")} onClick={() => onWindow("maximize")}>
        <Icon name="windowMaximise" />
      </button>
      <button type="button" className={styles.close} aria-label={t("console.window.close")} onClick={() => onWindow("close")}>
        <Icon name="close" />
      </button>
    </span>
  );
}
