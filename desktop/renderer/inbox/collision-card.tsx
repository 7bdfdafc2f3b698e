import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MessageLine } from "../../bridge/inbox.ts";
import { useFormat } from "../text/format-context.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import styles from "./collision-card.module.css";

export interface CollisionCardProps {
  readonly theirs: MessageLine;
  readonly mine: string;
  readonly onEdit: () => void;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
}

/** Both texts, one question, asked once. It stands where the composer stood, at about its height. */
export function CollisionCard({ theirs, mine, onEdit, onSend, onDiscard }: CollisionCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const name = theirs.author?.name ?? (theirs.kind === "bot" ? t("inbox.timeline.bot") : t("inbox.event.somebody"));
  return (
    <section className={styles.card} role="alertdialog" aria-label={t("inbox.collision.title", { name })}>
      <h3 className={styles.title}>
        <Icon name="users" />
        {t("inbox.collision.title", { name })}
      </h3>
      <blockquote className={styles.theirs} dir="auto">
        <small>{t("inbox.collision.theirs", { name, time: format.time(Date.parse(theirs.at)) })}</small>
        {theirs.body}
      </blockquote>
      <blockquote className={styles.mine} dir="auto">
        <small>{t("inbox.collision.mine")}</small>
        {mine}
      </blockquote>
      <div className={styles.actions}>
        <Button kind="primary" ref={first} onClick={onEdit}>
          {t("inbox.collision.edit")}
        </Button>
        <Button onClick={onSend}>{t("inbox.collision.send")}</Button>
        <span className="grow" />
        <Button kind="quiet" className={styles.discard} onClick={onDiscard}>
          {t("common.discard")}
        </Button>
      </div>
    </section>
  );
}
