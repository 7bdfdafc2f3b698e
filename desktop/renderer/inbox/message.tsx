import { linkify, type TextSegment } from "@switchboard/shared/model/text.ts";
import { memo, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MessageLine } from "../../bridge/inbox.ts";
import { useCall, useLive } from "../live.tsx";
import { RejectionCard } from "../outbox/rejection-card.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute, useTicker } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { mentionParts } from "./mention-parts.ts";
import styles from "./message.module.css";

export interface MessageProps {
  readonly message: MessageLine;
  readonly first: boolean;
  readonly last: boolean;
  readonly offline: boolean;
  readonly tenantId: string;
  readonly onEdit: (message: MessageLine) => void;
  readonly onDiscard: (message: MessageLine) => void;
  readonly onResend: (message: MessageLine) => void;
}

/** A message that is sent within this time never looks as if it waited. */
const quickMs = 700;

export const Message = memo(function Message(props: MessageProps) {
  const { message } = props;
  if (message.kind === "note") return <Note {...props} />;
  if (message.kind === "system") return <p className={styles.system}>{message.body}</p>;
  const out = message.kind !== "visitor";
  return (
    <>
      {props.first && out && !message.mine && <Author message={message} />}
      {message.send === "rejected" ? (
        <Rejected {...props} />
      ) : message.send === "confirmed" ? (
        <Confirmed {...props} />
      ) : (
        <Waiting {...props} />
      )}
    </>
  );
});

function Author({ message }: { readonly message: MessageLine }) {
  const { t } = useTranslation();
  return <p className={styles.author}>{message.kind === "bot" ? t("inbox.timeline.bot") : message.author?.name}</p>;
}

function Confirmed({ message, last }: MessageProps) {
  const out = message.kind !== "visitor";
  return (
    <>
      <p className={cx(styles.bubble, out ? styles.out : styles.in)} dir="auto" lang={scriptLanguage(message.body)}>
        <Body text={message.body} />
      </p>
      {last && <Meta message={message} out={out} />}
    </>
  );
}

function Meta({ message, out }: { readonly message: MessageLine; readonly out: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const time = format.time(Date.parse(message.at));
  const title = format.full(Date.parse(message.at));
  if (!out || message.delivery === null)
    return (
      <p className={cx(styles.meta, out && styles.right)} title={title}>
        {time}
      </p>
    );
  return (
    <p className={cx(styles.meta, styles.right, message.delivery === "read" && styles.read)} title={title}>
      <Icon name={message.delivery === "sent" ? "check" : "checks"} size="xs" />
      {t(`states.message_at.${message.delivery}`, { time })}
    </p>
  );
}

/** Sending is said at once; that it waits only when it really does, so that nothing flickers on a good line. */
function Waiting(props: MessageProps) {
  const { message, offline, onEdit, onDiscard } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const [late, setLate] = useState(() => ticker.now() - Date.parse(message.at) > quickMs);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), quickMs);
    return () => clearTimeout(timer);
  }, []);
  const slow = late || offline;
  const time = format.time(Date.parse(message.at));
  return (
    <>
      <p className={cx(styles.bubble, styles.out, slow && styles.waiting)} dir="auto" lang={scriptLanguage(message.body)}>
        <Body text={message.body} />
      </p>
      {slow ? (
        <p className={cx(styles.meta, styles.right, styles.bar)}>
          <Icon name="cloudUp" size="s" />
          {offline
            ? t("inbox.timeline.written_offline", { time })
            : message.send === "sending"
              ? t("inbox.timeline.sending")
              : t("inbox.timeline.written", { time })}
          {message.send === "pending" && (
            <>
              <Button kind="link" size="s" onClick={() => onEdit(message)}>
                {t("common.edit")}
              </Button>
              <Button kind="link" size="s" onClick={() => onDiscard(message)}>
                {t("common.discard")}
              </Button>
            </>
          )}
        </p>
      ) : (
        <p className={cx(styles.meta, styles.right)}>
          <Icon name="clock" size="xs" />
          {t("inbox.timeline.sending")}
        </p>
      )}
    </>
  );
}

function Rejected({ message, onEdit, onDiscard, onResend }: MessageProps) {
  return (
    <div className={styles.rejected}>
      <RejectionCard
        rejection={message.rejection ?? { code: "other", data: {} }}
        text={message.body}
        kind={message.kind === "note" ? "note" : "reply"}
        onEdit={() => onEdit(message)}
        onDiscard={() => onDiscard(message)}
        onAgain={() => onResend(message)}
      />
    </div>
  );
}

function Note(props: MessageProps) {
  const { message, offline, onEdit, onDiscard } = props;
  const { t } = useTranslation();
  const format = useFormat();
  if (message.send === "rejected") return <Rejected {...props} />;
  return (
    <div className={cx(styles.note, message.send === "pending" && offline && styles.noteWaiting)}>
      <Icon name="lock" size="s" />
      <div className="grow">
        <p className={styles.noteHead}>
          {t("inbox.timeline.note", { name: message.mine ? t("inbox.pane.you") : (message.author?.name ?? t("inbox.event.somebody")) })}{" "}
          <time title={format.full(Date.parse(message.at))}>{format.time(Date.parse(message.at))}</time>
        </p>
        <p className={styles.noteBody} dir="auto" lang={scriptLanguage(message.body)}>
          <Body text={message.body} mentionsIn={props.tenantId} />
        </p>
        {message.send === "pending" && offline && (
          <p className={styles.noteHead}>
            {t("states.message.waiting")}{" "}
            <Button kind="link" size="s" onClick={() => onEdit(message)}>
              {t("common.edit")}
            </Button>
            <Button kind="link" size="s" onClick={() => onDiscard(message)}>
              {t("common.discard")}
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

/** Mentions are marked where a tenant's names are known to read them by. */
function Body({ text, mentionsIn }: { readonly text: string; readonly mentionsIn?: string }) {
  const segments = useMemo(() => linkify(text), [text]);
  return segments.map((segment, index) =>
    segment.kind === "link" ? (
      // Parts of one unchanging text: their place is their identity.
      <Link key={index} segment={segment} />
    ) : mentionsIn !== undefined ? (
      <Mentions key={index} text={segment.text} tenantId={mentionsIn} />
    ) : (
      segment.text
    ),
  );
}

function Mentions({ text, tenantId }: { readonly text: string; readonly tenantId: string }) {
  const people = useLive("people.list", { tenantId }, { enabled: text.includes("@") }).data?.members;
  const parts = useMemo(
    () =>
      mentionParts(
        text,
        (people ?? []).map(({ name }) => name),
      ),
    [text, people],
  );
  return parts.map((part, index) =>
    part.mention ? (
      <b key={index} className={styles.mention}>
        {part.text}
      </b>
    ) : (
      part.text
    ),
  );
}

/** Never followed by the page itself: the shell opens it, after it has looked at the address once more. */
function Link({ segment }: { readonly segment: Extract<TextSegment, { kind: "link" }> }) {
  const call = useCall();
  const { t } = useTranslation();
  return (
    <>
      <a
        href={segment.href}
        rel="noreferrer noopener"
        title={segment.href}
        onClick={(event) => {
          event.preventDefault();
          void call("shell.openExternal", { url: segment.href }).catch(() => undefined);
        }}
      >
        {segment.text}
      </a>
      {segment.mismatch && <span className={styles.host}> ({t("inbox.timeline.leads_to", { host: segment.host })})</span>}
    </>
  );
}

export function DayLine({ at }: { readonly at: number }) {
  const format = useFormat();
  return <p className={styles.day}>{format.dayLine(at, useMinute())}</p>;
}

export function UnreadLine() {
  const { t } = useTranslation();
  return (
    <p className={styles.unread}>
      <span>{t("inbox.timeline.unread")}</span>
    </p>
  );
}
