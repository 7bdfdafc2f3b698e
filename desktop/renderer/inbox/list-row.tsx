import { memo, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useFormat } from "../text/format-context.tsx";
import { scriptLanguage } from "../text/script.ts";
import { useMinute } from "../text/now.tsx";
import { Age } from "../ui/clock-pill.tsx";
import { cx } from "../ui/cx.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Avatar, Chip, type Presence } from "../ui/marks.tsx";
import { WaitClock } from "./wait-clock.tsx";
import styles from "./list-row.module.css";

export interface ListRowProps {
  readonly line: ConversationLine;
  /** 1 to 4 when it is open in a pane. */
  readonly pane: number | undefined;
  readonly focused: boolean;
  readonly inactive: boolean;
  readonly selected: boolean;
  readonly selecting: boolean;
  readonly onOpen: (line: ConversationLine, beside: boolean) => void;
  readonly onSelect: (line: ConversationLine) => void;
}

export const presenceOf: Readonly<Record<ConversationLine["visitorPresence"], Presence>> = {
  online: "online",
  idle: "away",
  offline: "offline",
  unknown: "offline",
};

/** A row is a button: Enter opens, and the list's keys work on the one that has the focus. */
export const ListRow = memo(function ListRow({ line, pane, focused, inactive, selected, selecting, onOpen, onSelect }: ListRowProps) {
  const { t } = useTranslation();
  const click = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) onSelect(line);
    else onOpen(line, event.shiftKey);
  };
  return (
    <button
      type="button"
      className={cx(
        styles.row,
        line.unread && styles.unread,
        focused && styles.focused,
        pane !== undefined && !focused && styles.open,
        inactive && styles.inactive,
        selected && styles.selected,
      )}
      data-command-row={line.id}
      {...(selecting ? { "aria-pressed": selected } : {})}
      {...(focused ? { "aria-current": true } : {})}
      onClick={click}
    >
      {pane !== undefined ? (
        <span className={styles.pane}>
          <span aria-hidden="true">{pane}</span>
          <span className="vh">{t("inbox.list.in_pane", { number: pane })}</span>
          {line.unread && <span className="vh">{t("inbox.list.unread")}</span>}
        </span>
      ) : (
        line.unread && (
          <span className={styles.dot}>
            <span className="vh">{t("inbox.list.unread")}</span>
          </span>
        )
      )}
      {selecting ? (
        <span className={cx(styles.check, selected && styles.checked)} aria-hidden="true">
          {selected && <Icon name="check" size="s" />}
        </span>
      ) : (
        <Avatar name={line.name} anonymous={!line.named} presence={presenceOf[line.visitorPresence]} lang={scriptLanguage(line.name)} />
      )}
      <span className="grow">
        <span className={styles.first}>
          <span className={cx(styles.name, "clip")} lang={scriptLanguage(line.name)}>
            {line.name}
          </span>
          {line.status === "sample" && <Chip tone="outline">{t("states.conversation.sample")}</Chip>}
          <TenantMark tenantId={line.tenantId} />
          <WaitClock line={line} className={styles.wait} />
        </span>
        <span className={styles.second}>
          <Preview line={line} />
          <Age since={Date.parse(line.startedAt)} className={styles.age} />
        </span>
      </span>
    </button>
  );
});

const tickOf: Readonly<Record<NonNullable<ConversationLine["preview"]["state"]>, IconName>> = {
  pending: "clock",
  sending: "clock",
  sent: "check",
  delivered: "checks",
  read: "checks",
  rejected: "alert",
};

function Preview({ line }: { readonly line: ConversationLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const { preview } = line;
  const text = (words: string) => (
    <span className="clip" dir="auto" lang={scriptLanguage(words)}>
      {words}
    </span>
  );
  if (line.rejected > 0)
    return (
      <>
        <Icon name="alert" size="xs" className={styles.bad} />
        {text(t("inbox.preview.rejected", { text: preview.text }))}
      </>
    );
  if (line.pending > 0)
    return (
      <>
        <Icon name="cloudUp" size="xs" />
        {text(t("inbox.preview.waiting", { text: preview.text }))}
      </>
    );
  if (line.status === "pending" && line.snoozedUntil !== null)
    return (
      <>
        <Icon name="snooze" size="xs" />
        {text(t("inbox.preview.snoozed", { time: format.dayTime(Date.parse(line.snoozedUntil), now) }))}
      </>
    );
  switch (preview.kind) {
    case "draft":
      return (
        <>
          <span className={styles.draft}>{t("inbox.preview.draft")}</span>
          {text(preview.text)}
        </>
      );
    case "typing":
      return (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {text(preview.text === "" ? t("inbox.preview.typing") : preview.text)}
        </>
      );
    case "note":
      return (
        <>
          <Icon name="lock" size="xs" />
          {text(t("inbox.preview.note", { text: preview.text }))}
        </>
      );
    case "operator":
    case "bot":
      return (
        <>
          {preview.state !== null && (
            <Icon name={tickOf[preview.state]} size="xs" className={cx(preview.state === "read" && styles.read)} />
          )}
          {text(
            preview.mine
              ? t("inbox.preview.you", { text: preview.text })
              : preview.by === null
                ? preview.text
                : t("inbox.preview.by", { name: preview.by, text: preview.text }),
          )}
        </>
      );
    case "none":
      return text(t("inbox.preview.nothing"));
    case "visitor":
    case "system":
      return text(preview.text);
  }
}
