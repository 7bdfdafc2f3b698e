import { isTooLong } from "@switchboard/shared/model/length.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useEffect, useEffectEvent, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { MessageLine } from "../../bridge/inbox.ts";
import type { QueryOutput } from "../../bridge/index.ts";
import { useKeysOf } from "../commands/context.tsx";
import { useCall, useLive } from "../live.tsx";
import { useSession, useTenant } from "../session/session-context.tsx";
import { useFormat } from "../text/format-context.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { blanksIn, mentionsIn } from "./blanks.ts";
import { answeredMeanwhile } from "./collision.ts";
import { CollisionCard } from "./collision-card.tsx";
import { ComposerText, type ComposerTextHandle } from "./composer-text.tsx";
import type { ConversationRef } from "./layout.ts";
import { cannedValues } from "./canned-values.ts";
import { useActs } from "./use-acts.ts";
import { useDraft, type ComposerMode } from "./use-draft.ts";
import { useTextOnly } from "./use-text-only.ts";
import { useSuggestions } from "./use-suggestions.tsx";
import styles from "./composer.module.css";

/** Held: a blank is not filled, it is too long, or somebody answered first. The words are still in the field. */
export type Sending = "sent" | "empty" | "held";

export interface ComposerHandle {
  readonly focus: () => void;
  readonly send: () => Sending;
  readonly openCanned: () => void;
}

export interface ComposerProps {
  readonly conversation: ConversationRef;
  readonly open: NonNullable<QueryOutput<"conversation.open">>;
  /** The newest window, to see who answered meanwhile. */
  readonly messages: readonly MessageLine[];
  readonly mode: ComposerMode;
  readonly onMode: (mode: ComposerMode) => void;
  readonly focused: boolean;
  /** My message is on its way: the timeline goes to its end. */
  readonly onSent: () => void;
  /** Esc leaves the composer, so that single keys work. */
  readonly onLeave: () => void;
  readonly handle: Ref<ComposerHandle>;
}

/** Colleagues hear that I write until this long after the last key. */
const typingMs = 4000;

export function Composer(props: ComposerProps) {
  const { conversation, open, messages, mode, onMode, focused, onSent, onLeave } = props;
  const { t } = useTranslation();
  const id = useId();
  const keysOf = useKeysOf();
  const format = useFormat();
  const session = useSession();
  const tenant = useTenant(conversation.tenantId);
  const acts = useActs();
  const draft = useDraft({ tenantId: conversation.tenantId, placeId: conversation.conversationId }, mode);
  const field = useRef<ComposerTextHandle>(null);
  const [caret, setCaret] = useState(0);
  const note = mode === "note";
  const people = useLive("people.list", { tenantId: conversation.tenantId }, { enabled: note }).data?.members ?? [];
  const values = cannedValues(open, session.account.name, tenant?.name ?? null);
  const suggestions = useSuggestions({
    conversation,
    mode,
    text: draft.text,
    caret,
    values,
    id: `${id}suggestions`,
    insert: (start, end, text) => field.current?.insert(start, end, text),
  });

  const textOnly = useTextOnly((text) => {
    const [start, end] = field.current?.selection() ?? [draft.text.length, draft.text.length];
    field.current?.insert(start, end, text);
  });
  const lastNumber = messages.at(-1)?.number ?? 0;
  const { collision, answer } = useCollision(messages, lastNumber, draft.text !== "" && !note);
  const say = useTyping(conversation, note);
  const blanks = blanksIn(draft.text).length;
  const most = note ? limits.note : limits.message;
  const empty = draft.text.trim() === "";
  const tooLong = isTooLong(draft.text.trim(), most) ? t("inbox.composer.too_long", { most: format.number(most) }) : undefined;
  const blocked = empty ? t("inbox.composer.nothing") : blanks > 0 ? t("inbox.composer.blanks", { count: blanks }) : tooLong;

  const deliver = (anyway: boolean) => {
    const body = draft.text.trim();
    draft.sent(
      note
        ? acts.addNote(conversation, body, mentionsIn(body, people))
        : acts.sendReply(conversation, body, Math.max(lastNumber, open.lastNumber), anyway),
    );
    say(false);
    answer("clear");
    onSent();
  };
  const send = (): Sending => {
    if (blanks > 0) field.current?.nextBlank(1);
    if (blocked !== undefined) return empty ? "empty" : "held";
    if (collision !== undefined) {
      answer("ask");
      return "held";
    }
    deliver(false);
    return "sent";
  };
  useImperativeHandle(props.handle, () => ({
    focus: () => field.current?.focus(),
    send,
    openCanned: () => {
      const at = field.current?.caret() ?? 0;
      const lineStart = draft.text.lastIndexOf("\n", at - 1) + 1;
      field.current?.insert(at, at, draft.text.slice(lineStart, at).trim() === "" ? "/" : "\n/");
    },
  }));

  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (suggestions.keys(event) || event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      onLeave();
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey && !(event.ctrlKey && event.shiftKey)) {
      event.preventDefault();
      event.stopPropagation();
      send();
    } else if (event.key === "Tab" && blanks > 0 && field.current?.nextBlank(event.shiftKey ? -1 : 1) === true) event.preventDefault();
  };
  const type = (text: string, at: number) => {
    draft.setText(text);
    setCaret(at);
    say(text !== "");
  };

  if (collision?.asked === true)
    return (
      <CollisionCard
        theirs={collision.message}
        mine={draft.text}
        onEdit={() => {
          answer("seen");
          requestAnimationFrame(() => field.current?.focus());
        }}
        onSend={() => deliver(true)}
        onDiscard={() => {
          draft.setText("");
          answer("clear");
        }}
      />
    );
  return (
    <div className={cx(styles.composer, note && styles.note, focused && styles.focused)}>
      {suggestions.popup}
      <div className={styles.head}>
        <fieldset className={styles.modes} aria-label={t("inbox.composer.modes")}>
          <ModeButton on={!note} label={t("inbox.composer.reply")} onClick={() => onMode("reply")} disabled={!open.can.reply} />
          <ModeButton on={note} label={t("inbox.composer.note")} icon={note} onClick={() => onMode("note")} disabled={!open.can.note} />
        </fieldset>
        <span className={cx(styles.to, "clip")}>
          {note ? t("inbox.composer.only_team") : languageName(open.contact.language, format.language)}
        </span>
      </div>
      <ComposerText
        handle={field}
        note={note}
        value={draft.text}
        onValue={type}
        onCaret={setCaret}
        onKeys={keys}
        onBlur={() => say(false)}
        {...textOnly}
        lang={scriptLanguage(draft.text)}
        dir="auto"
        aria-label={note ? t("inbox.composer.note_label", { name: open.name }) : t("inbox.composer.reply_label", { name: open.name })}
        placeholder={note ? t("inbox.composer.note_hint") : t("inbox.composer.reply_hint")}
        aria-controls={suggestions.listId}
        aria-activedescendant={suggestions.activeId}
        aria-autocomplete="list"
        data-region-first=""
      />
      <div className={styles.foot}>
        {note ? (
          <IconButton
            icon="at"
            size="s"
            tone="note"
            label={t("inbox.composer.mention")}
            onClick={() => {
              const at = field.current?.caret() ?? 0;
              field.current?.insert(at, at, /\S$/.test(draft.text.slice(0, at)) ? " @" : "@");
            }}
          />
        ) : null}
        <IconButton
          icon="canned"
          size="s"
          tone={note ? "note" : undefined}
          label={t("inbox.canned.label")}
          keys={keysOf("composer.canned")}
          onClick={() => {
            const at = field.current?.caret() ?? 0;
            const lineStart = draft.text.lastIndexOf("\n", at - 1) + 1;
            field.current?.insert(at, at, draft.text.slice(lineStart, at).trim() === "" ? "/" : "\n/");
          }}
        />
        <span className={cx(styles.hint, "grow")} aria-live="polite">
          {draft.unsaved ? (
            <span className={styles.amber}>{t("inbox.composer.not_saved")}</span>
          ) : blanks > 0 ? (
            <>
              <span className={styles.amber}>{t("inbox.composer.blanks", { count: blanks })}</span>
              <Keys keys={[t("keys.names.Tab")]} />
            </>
          ) : tooLong !== undefined ? (
            <span className={styles.amber}>{tooLong}</span>
          ) : null}
        </span>
        <Button kind={note ? "note" : "primary"} blocked={blocked} onClick={send}>
          {note ? t("inbox.composer.add_note") : t("inbox.composer.send")}
        </Button>
      </div>
    </div>
  );
}

function ModeButton({
  on,
  label,
  icon = false,
  disabled,
  onClick,
}: {
  readonly on: boolean;
  readonly label: string;
  readonly icon?: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" className={cx(styles.mode, on && styles.modeOn)} aria-pressed={on} disabled={disabled} onClick={onClick}>
      {icon && <Icon name="lock" size="s" />}
      {label}
    </button>
  );
}

function languageName(language: string | null, reader: string): string {
  if (language === null) return "";
  try {
    return new Intl.DisplayNames(reader, { type: "language" }).of(language) ?? "";
  } catch {
    // What a visitor's browser called its language need not be one.
    return "";
  }
}

/** Tells colleagues (and, for a reply, the visitor) that I write. */
function useTyping(conversation: ConversationRef, note: boolean): (on: boolean) => void {
  const call = useCall();
  const on = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useEffectEvent((next: boolean) => {
    if (on.current === next) return;
    on.current = next;
    void call("inbox.typing", { tenantId: conversation.tenantId, conversationId: conversation.conversationId, on: next, note }).catch(
      () => undefined,
    );
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      tell(false);
    },
    [],
  );
  return (next) => {
    clearTimeout(timer.current);
    tell(next);
    if (next) timer.current = setTimeout(() => tell(false), typingMs);
  };
}

/** Remembers at which message I began to write, and asks once when somebody answered since. */
function useCollision(messages: readonly MessageLine[], lastNumber: number, writing: boolean) {
  const [began, setBegan] = useState<number | undefined>(undefined);
  const [seenAt, setSeenAt] = useState<number | undefined>(undefined);
  const [asked, setAsked] = useState(false);
  if (writing && began === undefined) setBegan(lastNumber);
  if (!writing && began !== undefined) {
    setBegan(undefined);
    setSeenAt(undefined);
    setAsked(false);
  }
  const message = answeredMeanwhile(messages, began, seenAt);
  return {
    collision: message === undefined ? undefined : { message, asked },
    answer(what: "ask" | "seen" | "clear") {
      setAsked(what === "ask");
      if (what === "seen") setSeenAt(lastNumber);
    },
  };
}
