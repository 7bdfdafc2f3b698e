import { useCallback, useEffect, useRef, useState, type Ref, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { MessageLine } from "../../bridge/inbox.ts";
import type { QueryOutput } from "../../bridge/index.ts";
import { useKeysOf, useShownCommand, useCommandEnvironment } from "../commands/context.tsx";
import { useBridge, useLive, useLiveAhead } from "../live.tsx";
import { useTenant } from "../session/session-context.tsx";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import type { MenuEntry } from "../ui/menu.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { useLasting } from "../ui/use-lasting.ts";
import { Composer, type ComposerHandle, type Sending } from "./composer.tsx";
import { MeetsFocusWish } from "./focus-wish.ts";
import type { MessageGoal } from "./layout-context.tsx";
import type { ConversationRef, Pane } from "./layout.ts";
import { PaneHeader } from "./pane-header.tsx";
import { RemoveSamples } from "../first-run/remove-samples.tsx";
import { PresenceStrip } from "./presence-strip.tsx";
import type { Anchor } from "./scroll-anchor.ts";
import { Timeline, type TimelineHandle } from "./timeline.tsx";
import type { ConversationActs } from "./conversation-acts.ts";
import { useActs } from "./use-acts.ts";
import { useTimeline } from "./use-timeline.ts";
import type { ComposerMode } from "./use-draft.ts";
import styles from "./pane.module.css";

export type OpenConversation = NonNullable<QueryOutput<"conversation.open">>;

export interface PaneHandle {
  readonly send: () => Sending;
  readonly openCanned: () => void;
}

export interface PaneProps {
  readonly pane: Pane;
  readonly number: number;
  readonly focused: boolean;
  readonly offline: boolean;
  readonly mode: ComposerMode;
  readonly onMode: (mode: ComposerMode) => void;
  readonly onFocus: () => void;
  readonly onClosePane: () => void;
  readonly onPin: (pinned: boolean) => void;
  readonly onTakeNext: () => void;
  /** Scroll places by conversation, kept while the console runs. */
  readonly anchors: Map<string, Anchor | undefined>;
  readonly acts: (open: OpenConversation) => ConversationActs;
  readonly onGone: (ref: ConversationRef) => void;
  /** The message to go to, when the conversation was opened for its sake. */
  readonly goal?: MessageGoal | undefined;
  readonly onGoalMet?: ((found: boolean) => void) | undefined;
  /** Each pane puts its handle here under its key. */
  readonly handles: RefObject<Map<string, PaneHandle>>;
}

/** One conversation with its own header, timeline, scroll, composer and draft. */
export function ConversationPane(props: PaneProps) {
  const { pane, number, focused, onFocus } = props;
  const { t } = useTranslation();
  const ref = pane.shown;
  const question =
    ref === undefined ? { tenantId: "", conversationId: "" } : { tenantId: ref.tenantId, conversationId: ref.conversationId };
  const open = useLive("conversation.open", question, { enabled: ref !== undefined });
  useLiveAhead("conversation.messages", question, { enabled: ref !== undefined });
  const name = open.data?.name;
  return (
    <section
      className={cx(styles.pane, focused && styles.focused)}
      aria-label={name === undefined ? t("inbox.pane.empty_label", { number }) : t("inbox.pane.label", { number, name })}
      data-region="pane"
      {...(focused ? { "data-pane-focused": "" } : {})}
      onFocusCapture={onFocus}
      onPointerDownCapture={onFocus}
    >
      {ref === undefined ? (
        <EmptyPane {...props} />
      ) : open.isError && open.data === undefined ? (
        <ErrorState title={t("inbox.pane.error")} onRetry={() => void open.refetch()}>
          {t("inbox.list.error_line")}
        </ErrorState>
      ) : open.data === undefined ? (
        <Skeleton rows={5} look="bubble" />
      ) : open.data === null ? (
        <Missing onClose={() => props.onGone(ref)} />
      ) : (
        <OpenPane key={`${ref.tenantId} ${ref.conversationId}`} {...props} conversation={ref} open={open.data} />
      )}
    </section>
  );
}

/** The core asks the server for one that is not on this computer; most are there within this time. */
const askedMs = 1500;

function Missing({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(true), askedMs);
    return () => clearTimeout(timer);
  }, []);
  if (!asked) return <Skeleton rows={5} look="bubble" />;
  return (
    <EmptyState
      icon="lock"
      title={t("inbox.pane.gone")}
      action={
        <Button size="s" onClick={onClose}>
          {t("commands.pane.close.title")}
        </Button>
      }
    >
      {t("inbox.pane.gone_line")}
    </EmptyState>
  );
}

function EmptyPane({ focused, onTakeNext }: PaneProps) {
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  const button = useRef<HTMLButtonElement>(null);
  return (
    <EmptyState
      icon="chat"
      title={t("inbox.pane.empty")}
      action={
        <Button size="s" ref={button} keys={keysOf("conversation.takeNext")} onClick={onTakeNext}>
          {t("inbox.queue.take_next")}
        </Button>
      }
    >
      {t("inbox.pane.empty_line")}
      <MeetsFocusWish focused={focused} meet={() => button.current?.focus()} />
    </EmptyState>
  );
}

function OpenPane(props: PaneProps & { readonly conversation: ConversationRef; readonly open: OpenConversation }) {
  const { conversation, open, number, focused, offline, mode, onMode, anchors } = props;
  const { port } = useBridge();
  const { mutate, refused } = useActs();
  const acts = props.acts(open);
  const data = useTimeline(conversation);
  const root = useRef<HTMLDivElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const timeline = useRef<TimelineHandle>(null);
  const lastNumber = Math.max(open.lastNumber, data.newest.at(-1)?.number ?? 0);
  const key = conversation.conversationId;
  const remember = useCallback((anchor: Anchor | undefined) => void anchors.set(key, anchor), [anchors, key]);
  const focusPane = () => root.current?.focus();
  const { handles } = props;
  const paneKey = props.pane.key;
  useEffect(() => {
    const map = handles.current;
    map.set(paneKey, { send: () => composer.current?.send() ?? "held", openCanned: () => composer.current?.openCanned() });
    return () => void map.delete(paneKey);
  }, [handles, paneKey]);

  const item = (message: MessageLine) => (message.mid === null ? undefined : { tenantId: conversation.tenantId, mid: message.mid });
  const edit = useLasting((message: MessageLine) => {
    const of = item(message);
    if (of === undefined) return;
    onMode(message.kind === "note" ? "note" : "reply");
    port.command("outbox.edit", of).then(() => composer.current?.focus(), refused);
  });
  const discard = useLasting((message: MessageLine) => {
    const of = item(message);
    if (of !== undefined) port.command("outbox.discard", of).catch(refused);
  });
  const resend = useLasting((message: MessageLine) => {
    const of = item(message);
    if (of === undefined) return;
    // "Reopen and send": the state first, so that the message finds an open conversation.
    const reopened =
      message.rejection?.code === "conversation_closed" && open.status === "closed"
        ? mutate(conversation.tenantId, "setStatus", { conversationId: conversation.conversationId, to: "open" })
        : Promise.resolve(0);
    void reopened.then(() => port.command("outbox.retry", of)).catch(refused);
    timeline.current?.toEnd();
  });

  const more = useMoreEntries(props, acts, open);
  return (
    <div className={styles.inside} ref={root} tabIndex={-1}>
      <PaneHeader
        number={number}
        open={open}
        pinned={props.pane.pinned}
        onSnooze={acts.snooze}
        onHandOver={acts.handOver}
        onCloseConversation={acts.closeOrReopen}
        more={more}
      />
      <Timeline
        handle={timeline}
        conversation={conversation}
        name={open.name}
        data={data}
        focused={focused}
        reading={{
          lastNumber,
          readNumber: open.myReadNumber,
          kept: open.unread && open.myReadNumber >= lastNumber,
          mark: (upTo) => void mutate(conversation.tenantId, "markRead", { conversationId: conversation.conversationId, number: upTo }),
          forget: () => void port.command("conversation.unread", { ...conversation, on: false }).catch(() => undefined),
        }}
        unread={open.myReadNumber < open.lastNumber}
        offline={offline}
        anchor={anchors.get(key)}
        onAnchor={remember}
        goal={props.goal}
        onGoalMet={props.onGoalMet}
        can={open.can}
        onEdit={edit}
        onDiscard={discard}
        onResend={resend}
      />
      <PoliteNews focused={focused} messages={data.newest} />
      <PresenceStrip open={open} />
      <ComposerPlace
        {...props}
        mode={open.can.reply || !open.can.note ? mode : "note"}
        messages={data.newest}
        onSent={() => timeline.current?.toEnd()}
        onLeave={focusPane}
        composer={composer}
        onReopen={acts.closeOrReopen}
        onUnblock={acts.block}
      />
      <MeetsFocusWish
        focused={focused}
        meet={(what) => (what === "composer" && composer.current !== null ? composer.current.focus() : focusPane())}
      />
    </div>
  );
}

function ComposerPlace(
  props: PaneProps & {
    readonly conversation: ConversationRef;
    readonly open: OpenConversation;
    readonly messages: readonly MessageLine[];
    readonly onSent: () => void;
    readonly onLeave: () => void;
    readonly composer: Ref<ComposerHandle>;
    readonly onReopen: () => void;
    readonly onUnblock: () => void;
  },
) {
  const { open, mode, onMode } = props;
  const { t } = useTranslation();
  const tenant = useTenant(open.tenantId);
  if (tenant?.state === "suspended")
    return (
      <ReadOnly icon="pause" title={t("inbox.composer.suspended")}>
        {t("inbox.composer.suspended_line")}
      </ReadOnly>
    );
  if (open.status === "sample")
    return (
      <ReadOnly
        icon="info"
        title={t("inbox.sample.title")}
        action={tenant?.permissions.includes("settings.manage") === true && <RemoveSamples tenantId={open.tenantId} />}
      >
        {t("inbox.sample.line")}
      </ReadOnly>
    );
  if (open.blocked && mode === "reply")
    return (
      <ReadOnly
        icon="block"
        title={t("inbox.composer.blocked")}
        action={
          open.can.block && (
            <Button size="s" onClick={props.onUnblock}>
              {t("inbox.block.undo")}
            </Button>
          )
        }
      />
    );
  if (open.status === "closed" && mode === "reply" && open.can.close)
    return (
      <ReadOnly
        icon="done"
        title={t("inbox.composer.closed")}
        action={
          <>
            <Button size="s" onClick={props.onReopen}>
              {t("inbox.pane.reopen")}
            </Button>
            {open.can.note && (
              <Button size="s" kind="quiet" icon="lock" onClick={() => onMode("note")}>
                {t("inbox.composer.note")}
              </Button>
            )}
          </>
        }
      >
        {t("inbox.composer.closed_line")}
      </ReadOnly>
    );
  if (!open.can.reply && !open.can.note)
    return (
      <ReadOnly icon="lock" title={t("inbox.composer.read_only")}>
        {open.teamName === null ? t("inbox.composer.read_only_line") : t("inbox.composer.read_only_team", { team: open.teamName })}
      </ReadOnly>
    );
  return (
    <Composer
      // Another mode is another composer: its text, its undo and its suggestions never mix with this one's.
      key={mode}
      handle={props.composer}
      conversation={props.conversation}
      open={open}
      messages={props.messages}
      mode={mode}
      onMode={onMode}
      focused={props.focused}
      onSent={props.onSent}
      onLeave={props.onLeave}
    />
  );
}

function ReadOnly(props: React.ComponentProps<typeof EmptyState>) {
  return (
    <div className={styles.readOnly}>
      <EmptyState {...props} />
    </div>
  );
}

/** What the focused pane says to a screen reader: new messages of others, politely, once. */
function PoliteNews({ focused, messages }: { readonly focused: boolean; readonly messages: readonly MessageLine[] }) {
  const last = messages.at(-1);
  // What was there when the conversation was opened is read by going there, not announced.
  const [from, setFrom] = useState<number | undefined>(undefined);
  if (from === undefined && last !== undefined) setFrom(last.number);
  const news = focused && from !== undefined && last !== undefined && !last.mine && last.number > from ? last.body : "";
  return (
    <div className="vh" aria-live="polite" aria-atomic="true">
      {news}
    </div>
  );
}

function useMoreEntries(props: PaneProps, acts: ConversationActs, open: OpenConversation): () => readonly MenuEntry[] {
  const shown = useShownCommand();
  const { commands } = useCommandEnvironment();
  const { t } = useTranslation();
  const entry = (
    id: Parameters<typeof shown>[0],
    run: () => void,
    given: { readonly label?: string; readonly danger?: boolean; readonly disabled?: boolean } = {},
  ): MenuEntry => {
    const command = shown(id);
    return {
      id,
      label: given.label ?? command.title,
      icon: command.row.icon,
      keys: command.keys,
      run,
      danger: given.danger === true,
      disabled: given.disabled === true,
    };
  };
  const work = () =>
    (["work.newTask", "work.newFollowUp"] as const).filter(
      (id) => commands.provided(id) && (id === "work.newTask" ? open.can.task : open.can.followup),
    );
  return () => [
    entry("conversation.assign", acts.assign, { disabled: !open.can.assign }),
    entry("conversation.backToQueue", acts.backToQueue, { disabled: !open.can.assign || open.assignee === null }),
    entry("conversation.label", acts.label, { disabled: open.status === "sample" }),
    entry("contact.label", acts.labelContact, { disabled: !open.can.editContact }),
    entry("conversation.unread", acts.unread, { disabled: open.unread }),
    ...work().map((id) => entry(id, () => void commands.run(id))),
    { kind: "line", id: "line 1" },
    entry("pane.pin", () => props.onPin(!props.pane.pinned), props.pane.pinned ? { label: t("inbox.pane.unpin") } : {}),
    entry("conversation.popOut", acts.popOut),
    entry("conversation.copyLink", acts.copyLink),
    entry("pane.close", props.onClosePane),
    { kind: "line", id: "line 2" },
    entry("conversation.block", acts.block, {
      danger: !open.blocked,
      disabled: !open.can.block,
      ...(open.blocked ? { label: t("inbox.block.undo") } : {}),
    }),
  ];
}
