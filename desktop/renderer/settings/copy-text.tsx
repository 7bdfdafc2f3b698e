import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { useToasts } from "../ui/toast-context.ts";
import styles from "./settings.module.css";

/** Text to take along: seen, selectable, and copied by one key. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => toasts.say(t("common.copied")),
      () => toasts.say(t("settings.state.copy_by_hand"), { tone: "warn" }),
    );
  return (
    <div className={styles.copy}>
      {/* Scrolls sideways when it is long, so the keyboard has to reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={label} role="region">
        {text}
      </pre>
      <Button size="s" icon="copy" onClick={copy}>
        {t("common.copy")}
      </Button>
    </div>
  );
}
