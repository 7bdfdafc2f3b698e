import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { rejectionOf, type Rejection } from "./rejection.ts";
import styles from "./rejection-card.module.css";

export interface RejectionCardProps {
  readonly rejection: Rejection;
  readonly text: string | null;
  readonly kind: "reply" | "note" | "other";
  readonly onAgain: () => void;
  /** Back into the composer; not for changes that have no text. */
  readonly onEdit?: (() => void) | undefined;
  readonly onDiscard: () => void;
}

/** Stays until a person has decided; its text can always be copied. */
export function RejectionCard({ rejection, text, kind, onAgain, onEdit, onDiscard }: RejectionCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const toasts = useToasts();
  const said = rejectionOf(rejection, kind);
  const values = {
    ...said.values,
    time: said.closedAt === undefined ? "" : format.time(said.closedAt),
    name: said.values.name ?? t("inbox.event.somebody"),
  };
  return (
    <section className={styles.card} aria-label={t(`console.rejected.${said.title}`, { ...values, count: said.count })}>
      <h3 className={styles.title}>
        <Icon name={said.sign} />
        {t(`console.rejected.${said.title}`, { ...values, count: said.count })}
      </h3>
      <p className={styles.line}>{t(`console.rejected.${said.line}`)}</p>
      {text !== null && text !== "" && (
        <blockquote className={styles.text} dir="auto">
          {text}
        </blockquote>
      )}
      <div className={styles.actions}>
        {said.again !== undefined && (
          <Button size="s" kind="primary" onClick={onAgain}>
            {t(`console.rejected.${said.again}`)}
          </Button>
        )}
        {said.canEdit && onEdit !== undefined && (
          <Button size="s" onClick={onEdit}>
            {t("common.edit")}
          </Button>
        )}
        {text !== null && text !== "" && (
          <Button size="s" onClick={() => void navigator.clipboard.writeText(text).then(() => toasts.say(t("common.copied")))}>
            {t("console.rejected.copy")}
          </Button>
        )}
        <Button size="s" kind="quiet" className={styles.discard} onClick={onDiscard}>
          {said.letGo === "discard" ? t("common.discard") : t("console.rejected.keep_theirs")}
        </Button>
      </div>
    </section>
  );
}
