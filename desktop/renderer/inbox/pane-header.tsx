import { minuteMs } from "@switchboard/shared/model/dates.ts";
import { cx } from "../ui/cx.ts";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useKeysOf } from "../commands/context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useTenant } from "../session/session-context.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useElapsed } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Chip } from "../ui/marks.tsx";
import { Menu, type MenuProps } from "../ui/menu.tsx";
import { Tip } from "../ui/tooltip.tsx";
import { useAssignReason } from "./use-assign-reason.ts";
import { WaitClock } from "./wait-clock.tsx";
import styles from "./pane-header.module.css";

export interface PaneHeaderProps {
  readonly number: number;
  readonly open: NonNullable<QueryOutput<"conversation.open">>;
  readonly pinned: boolean;
  readonly onSnooze: () => void;
  readonly onHandOver: () => void;
  readonly onCloseConversation: () => void;
  readonly more: MenuProps["entries"];
}

export function PaneHeader({ number, open, pinned, onSnooze, onHandOver, onCloseConversation, more }: PaneHeaderProps) {
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  const tenant = useTenant(open.tenantId);
  const closed = open.status === "closed";
  const why = useAssignReason(open.tenantId, open.assignReason, open.assignee?.name);
  return (
    <header className={styles.header}>
      <div className={styles.first}>
        <Tip label={t("inbox.pane.label", { number, name: open.name })} keys={keysOf(`pane.${number as 1 | 2 | 3 | 4}`)}>
          <span className={styles.number}>{number}</span>
        </Tip>
        <h2 className={cx(styles.name, "clip")} lang={scriptLanguage(open.name)} title={open.name}>
          {open.name}
        </h2>
        {open.contact.verified && <Icon name="verified" size="s" label={t("inbox.pane.verified")} className={styles.verified} />}
        {open.status === "sample" && (
          <Chip tone="outline" className={styles.sample}>
            {t("states.conversation.sample")}
          </Chip>
        )}
        {pinned && <Icon name="pin" size="s" label={t("inbox.pane.pinned")} />}
        <span className={styles.acts}>
          <IconButton
            icon="snooze"
            label={t("commands.conversation.snooze.title")}
            keys={keysOf("conversation.snooze")}
            onClick={onSnooze}
            disabled={closed || !open.can.close}
          />
          <IconButton
            icon="transfer"
            label={t("commands.conversation.handOver.title")}
            keys={keysOf("conversation.handOver")}
            onClick={onHandOver}
            disabled={!open.can.assign}
          />
          <Menu align="end" entries={more} trigger={<IconButton icon="more" label={t("inbox.pane.more")} />} />
          <Button onClick={onCloseConversation} disabled={!open.can.close}>
            {closed ? t("inbox.pane.reopen") : t("inbox.pane.close")}
          </Button>
        </span>
      </div>
      <div className={styles.second}>
        <WaitClock line={open} />
        {closed ? <span>{t("states.conversation.closed")}</span> : <OpenFor since={Date.parse(open.startedAt)} />}
        <span aria-hidden="true">·</span>
        {open.assignee === null ? (
          <span className={styles.nobody}>{t("inbox.pane.nobody")}</span>
        ) : (
          <b>{open.assignee.id === tenant?.memberId ? t("inbox.pane.you") : open.assignee.name}</b>
        )}
        {why !== undefined && (
          <>
            <span aria-hidden="true">·</span>
            <span className={cx(styles.why, "clip")} title={why}>
              {why}
            </span>
          </>
        )}
        <span className={cx(styles.where, "clip")}>
          <TenantMark tenantId={open.tenantId} />
          {[open.teamName, ...open.labels.map((label) => label.name)].filter((word) => word !== null).join(", ")}
        </span>
      </div>
    </header>
  );
}

function OpenFor({ since }: { readonly since: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const openMs = useElapsed(since, "minute");
  return (
    <span className={styles.age}>
      {openMs < minuteMs ? t("inbox.pane.just_opened") : t("inbox.pane.open_for", { duration: format.short(openMs) })}
    </span>
  );
}
