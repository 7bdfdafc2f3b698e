import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../ui/button.tsx";
import { Chip } from "../ui/marks.tsx";
import { useToasts } from "../ui/toast-context.ts";
import styles from "./context-panel.module.css";

export interface ValueProps {
  readonly value: string | null;
  readonly what: string;
  /** The person may not see it: said otherwise than "missing", and nothing to add. */
  readonly hidden?: boolean;
  readonly onAdd?: (() => void) | undefined;
}

/** A fact about a contact. Long ones are cut and can be copied; a missing one is never an empty line. */
export function Value({ value, what, hidden = false, onAdd }: ValueProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  if (hidden)
    return (
      <Chip icon="eyeOff" tone="outline">
        {t("common.hidden")}
      </Chip>
    );
  if (value === null || value === "")
    return (
      <>
        <Chip tone="missing" icon="warning">
          {t("common.missing")}
        </Chip>
        {onAdd !== undefined && (
          <Button kind="link" onClick={onAdd} aria-label={`${t("inbox.context.add")}: ${what}`}>
            {t("inbox.context.add")}
          </Button>
        )}
      </>
    );
  return (
    <>
      <span className="clip" title={value}>
        {value}
      </span>
      <span className={styles.copy}>
        <IconButton
          icon="copy"
          size="s"
          label={t("inbox.context.copy", { what })}
          onClick={() => void navigator.clipboard.writeText(value).then(() => toasts.say(t("inbox.context.copied")))}
        />
      </span>
    </>
  );
}
