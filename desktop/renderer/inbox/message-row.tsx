import { memo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useKeysOf } from "../commands/context.tsx";
import { useWorkIfAny } from "../tasks/work-context.ts";
import { IconButton } from "../ui/button.tsx";
import type { ConversationRef } from "./layout.ts";
import { Message, type MessageProps } from "./message.tsx";
import styles from "./message-row.module.css";

export interface MessageRowProps extends Omit<MessageProps, "tenantId"> {
  readonly conversation: ConversationRef;
  readonly can: { readonly task: boolean; readonly followup: boolean };
}

/**
 * A message one can go to and make work of: by the two buttons beside it, or by the keys for new work while it has the focus. Drawn again
 * only when it changed, because every send changes something in a pane of fifty.
 */
export const MessageRow = memo(function MessageRow({ conversation, can, ...shown }: MessageRowProps) {
  const { message } = shown;
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  const work = useWorkIfAny();
  /** The buttons of fifty rows are most of what opening a conversation would draw; a row gets its own when somebody comes to it. */
  const [reached, setReached] = useState(false);
  const offers = work !== undefined && message.kind !== "system" && message.number > 0 && (can.task || can.followup);
  if (!offers)
    return (
      <div data-row={message.id} tabIndex={-1}>
        <Message {...shown} tenantId={conversation.tenantId} />
      </div>
    );
  const source = { conversation, message: { id: message.id, body: message.body } };
  return (
    // Reached by a click, by Shift and an arrow, or by a link from a task; it is not a stop of its own for Tab.
    <div
      data-row={message.id}
      data-message=""
      className={styles.row}
      tabIndex={-1}
      onPointerEnter={() => setReached(true)}
      onFocus={() => {
        setReached(true);
        work.setFocusedMessage(source);
      }}
      onBlur={() => work.setFocusedMessage(undefined)}
    >
      <Message {...shown} tenantId={conversation.tenantId} />
      {reached && (
        <span className={message.kind === "visitor" || message.kind === "note" ? styles.after : styles.before}>
          {can.task && (
            <IconButton
              icon="tasks"
              size="s"
              tabIndex={-1}
              label={t("inbox.timeline.make_task")}
              keys={keysOf("work.newTask")}
              onClick={() => work.newTask(source)}
            />
          )}
          {can.followup && (
            <IconButton
              icon="followUps"
              size="s"
              tabIndex={-1}
              label={t("inbox.timeline.make_followup")}
              keys={keysOf("work.newFollowUp")}
              onClick={() => work.newFollowup(source)}
            />
          )}
        </span>
      )}
    </div>
  );
});

/** Shift and an arrow go from message to message; from the log itself, to the newest. Plain arrows scroll. */
export function stepToMessage(event: KeyboardEvent<HTMLElement>): void {
  if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-message]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? rows.at(-1) : rows[at + (event.key === "ArrowUp" ? -1 : 1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
