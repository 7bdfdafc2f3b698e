import { useTranslation } from "react-i18next";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { useKeysOf } from "../commands/context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { WaitClock } from "./wait-clock.tsx";
import styles from "./queue-block.module.css";

/** Pinned on top of Mine: up to three who wait for anybody, longest first. */
export function QueueBlock(props: {
  readonly lines: readonly ConversationLine[];
  readonly count: number;
  readonly onTakeNext: () => void;
  readonly onOpen: (line: ConversationLine, beside: boolean) => void;
}) {
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  if (props.lines.length === 0) return null;
  return (
    <section className={styles.block} aria-label={t("inbox.queue.label")}>
      <div className={styles.head}>
        <Icon name="ring" size="s" className={styles.ring} />
        <h2>{t("inbox.queue.title")}</h2>
        <span className={cx(styles.count, "grow")}>{t("inbox.queue.waiting", { count: props.count })}</span>
        <Button size="s" kind="primary" keys={keysOf("conversation.takeNext")} onClick={props.onTakeNext}>
          {t("inbox.queue.take_next")}
        </Button>
      </div>
      {props.lines.slice(0, 3).map((line) => (
        <button
          key={line.id}
          type="button"
          className={styles.row}
          data-command-row={line.id}
          onClick={(event) => props.onOpen(line, event.shiftKey)}
        >
          <TenantMark tenantId={line.tenantId} />
          <span className="grow clip" lang={scriptLanguage(line.name)}>
            {line.name}
          </span>
          <WaitClock line={line} />
        </button>
      ))}
    </section>
  );
}
