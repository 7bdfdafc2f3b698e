import { Dialog } from "@base-ui/react/dialog";
import { use, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { useLive } from "../live.tsx";
import { useFormat } from "../text/format-context.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { DialogHost } from "../ui/dialog.tsx";
import { focusAtOnce } from "../ui/focus-at-once.ts";
import { Skeleton } from "../ui/states.tsx";
import { DayLine, Message, UnreadLine } from "./message.tsx";
import { EventLine } from "./event-line.tsx";
import { timelineRows } from "./timeline-rows.ts";
import styles from "./peek.module.css";

/** A quiet look: nothing is marked as read, and neither the visitor nor a colleague is told. */
export function Peek({
  line,
  onClose,
  onOpen,
}: {
  readonly line: ConversationLine;
  readonly onClose: () => void;
  readonly onOpen: (beside: boolean) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = useLive("conversation.messages", { tenantId: line.tenantId, conversationId: line.id, limit: 20 }).data;
  const host = use(DialogHost);
  const popup = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  });
  const rows = timelineRows({ messages: data?.messages ?? [], events: data?.timeline ?? [], zone: format.zone, readNumber: undefined });
  return (
    <Dialog.Root open={true} modal="trap-focus" onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal {...(host === null ? {} : { container: host })}>
        <Dialog.Popup
          className={styles.peek}
          aria-label={t("inbox.peek.title", { name: line.name })}
          onKeyDown={(event) => {
            if (event.key === " ") {
              event.preventDefault();
              onClose();
            } else if (event.key === "Enter" && event.target === event.currentTarget) {
              event.preventDefault();
              onOpen(event.shiftKey);
            }
          }}
          initialFocus={() => focusAtOnce(popup.current)}
          ref={popup}
        >
          <div className={styles.head}>
            <h2 className="grow clip">{line.name}</h2>
            <IconButton icon="close" size="s" label={t("common.close")} onClick={onClose} />
          </div>
          <p className={styles.line}>
            <Icon name="visitors" size="s" />
            {t("inbox.peek.line")}
          </p>
          <div className={styles.rows} ref={scroller}>
            {data === undefined ? (
              <Skeleton rows={4} look="bubble" />
            ) : (
              rows.map((row) => {
                switch (row.kind) {
                  case "day":
                    return <DayLine key={row.key} at={row.at} />;
                  case "unread":
                    return <UnreadLine key={row.key} />;
                  case "event":
                    return <EventLine key={row.key} event={row.event} />;
                  case "message":
                    return (
                      <Message
                        key={row.key}
                        message={row.message}
                        first={row.first}
                        last={row.last}
                        offline={false}
                        tenantId={line.tenantId}
                        onEdit={() => onOpen(false)}
                        onDiscard={() => onOpen(false)}
                        onResend={() => onOpen(false)}
                      />
                    );
                }
              })
            )}
          </div>
          <div className={styles.foot}>
            <Button size="s" kind="primary" onClick={() => onOpen(false)}>
              {t("inbox.peek.open")}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
