import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useBridge, useLive } from "../live.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useFormat } from "../text/format-context.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { RejectionCard } from "./rejection-card.tsx";
import styles from "./outbox-panel.module.css";

type Item = QueryOutput<"outbox.list">["items"][number];

/** The mutations that have words of their own; others are "Change of …". */
const signs = {
  sendMessage: "reply",
  addNote: "lock",
  assignConversation: "user",
  handOver: "transfer",
  returnToQueue: "inbox",
  setStatus: "done",
  snooze: "snooze",
  setLabels: "tag",
  updateContact: "pencil",
  setContactLabels: "tag",
  createTask: "tasks",
  updateTask: "tasks",
  createFollowup: "followUps",
  updateFollowup: "followUps",
} as const satisfies Record<string, IconName>;
type Known = keyof typeof signs;
const isKnown = (name: string): name is Known => Object.hasOwn(signs, name);

export interface OutboxPanelProps {
  readonly offline: boolean;
  readonly onClose: () => void;
  readonly onOpen: (place: { readonly tenantId: string; readonly conversationId: string }) => void;
}

/** Every waiting item in the order in which it is sent, and what came back. */
export function OutboxPanel({ offline, onClose, onOpen }: OutboxPanelProps) {
  const { t } = useTranslation();
  const { port } = useBridge();
  const panel = useRef<HTMLElement>(null);
  // It is opened by a key or a click, so it takes the focus, and gives it back.
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  const known = useLive("outbox.list", {}).data?.items;
  const items = known ?? [];
  const rejected = items.filter((item) => item.state === "rejected");
  const waiting = items.filter((item) => item.state !== "rejected" && item.state !== "confirmed");
  return (
    // Escape closes it from wherever in it the focus is.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={panel}
      tabIndex={-1}
      className={styles.panel}
      aria-label={t("console.outbox.title")}
      data-region="outbox"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.head}>
        <h2>{t("console.outbox.title")}</h2>
        <small className="grow clip">
          {known !== undefined && t("console.outbox.summary", { waiting: waiting.length, needs: rejected.length })}
        </small>
        {!offline && waiting.length > 0 && (
          <Button size="s" kind="quiet" onClick={() => void port.command("sync.now", {}).catch(() => undefined)}>
            {t("console.outbox.try_now")}
          </Button>
        )}
        <IconButton icon="close" size="s" label={t("common.close")} onClick={onClose} data-region-first="" />
      </div>
      <div className={styles.body}>
        {known?.length === 0 && (
          <EmptyState icon="done" title={t("console.outbox.empty")}>
            {t("console.outbox.empty_line")}
          </EmptyState>
        )}
        {waiting.length > 0 && (
          <ul>
            {waiting.map((item) => (
              <Waiting key={`${item.tenantId} ${item.mid}`} item={item} onOpen={onOpen} />
            ))}
          </ul>
        )}
        {rejected.map((item) => (
          <Rejected key={`${item.tenantId} ${item.mid}`} item={item} onOpen={onOpen} />
        ))}
      </div>
    </section>
  );
}

function useItem(item: Item, onOpen: OutboxPanelProps["onOpen"]) {
  const { port } = useBridge();
  const { t } = useTranslation();
  const toasts = useToasts();
  const of = { tenantId: item.tenantId, mid: item.mid };
  const refused = () => toasts.say(t("inbox.act.refused"), { tone: "warn" });
  return {
    words: t(`console.outbox.what.${isKnown(item.name) ? item.name : "other"}`, { name: item.about.name }),
    sign: isKnown(item.name) ? signs[item.name] : ("pencil" as const),
    edit: () =>
      void port.command("outbox.edit", of).then(({ conversationId }) => {
        if (conversationId !== null) onOpen({ tenantId: item.tenantId, conversationId });
      }, refused),
    again: () => void port.command("outbox.retry", of).catch(refused),
    discard: () => void port.command("outbox.discard", of).then(() => toasts.say(t("console.outbox.discarded")), refused),
  };
}

const hasText = (item: Item): boolean => item.name === "sendMessage" || item.name === "addNote";

function Waiting({ item, onOpen }: { readonly item: Item; readonly onOpen: OutboxPanelProps["onOpen"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { words, sign, edit, discard } = useItem(item, onOpen);
  return (
    <li className={styles.item}>
      <Icon name={sign} />
      <div className="grow">
        <p className={styles.words} title={words}>
          {item.text ?? words}
        </p>
        <p className={styles.state}>
          <TenantMark tenantId={item.tenantId} />
          {item.state === "sending" ? t("console.outbox.sending") : t("console.outbox.waits", { time: format.time(Date.parse(item.at)) })}
          <span className="grow" />
          {item.state === "pending" && hasText(item) && (
            <Button kind="link" size="s" onClick={edit}>
              {t("common.edit")}
            </Button>
          )}
          {item.state === "pending" && (
            <Button kind="link" size="s" onClick={discard}>
              {t("common.discard")}
            </Button>
          )}
        </p>
      </div>
    </li>
  );
}

function Rejected({ item, onOpen }: { readonly item: Item; readonly onOpen: OutboxPanelProps["onOpen"] }) {
  const { t } = useTranslation();
  const { words, again, edit, discard } = useItem(item, onOpen);
  const kind = item.name === "sendMessage" ? "reply" : item.name === "addNote" ? "note" : "other";
  return (
    <div className={styles.rejected}>
      <p className={styles.about}>
        <TenantMark tenantId={item.tenantId} />
        <span className="grow clip">{words}</span>
        {item.about.kind === "conversation" && item.about.id !== null && (
          <Button
            kind="link"
            size="s"
            onClick={() => item.about.id !== null && onOpen({ tenantId: item.tenantId, conversationId: item.about.id })}
          >
            {t("console.outbox.open")}
          </Button>
        )}
      </p>
      <RejectionCard
        rejection={item.rejection ?? { code: "other", data: {} }}
        text={item.text}
        kind={kind}
        onAgain={again}
        onEdit={hasText(item) ? edit : undefined}
        onDiscard={discard}
      />
    </div>
  );
}
