import { useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState, type Ref, useImperativeHandle } from "react";
import { useTranslation } from "react-i18next";
import type { MessageLine } from "../../bridge/inbox.ts";
import { useFormat } from "../text/format-context.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { EventLine } from "./event-line.tsx";
import type { MessageGoal } from "./layout-context.tsx";
import type { ConversationRef } from "./layout.ts";
import { DayLine, UnreadLine } from "./message.tsx";
import { MessageRow, stepToMessage } from "./message-row.tsx";
import { anchorOf, isAtEnd, restored, type Anchor, type Measured } from "./scroll-anchor.ts";
import { firstSeen, timelineRows } from "./timeline-rows.ts";
import { useReadMark, type ReadMarkInput } from "./use-read-mark.ts";
import type { TimelineData } from "./use-timeline.ts";
import styles from "./timeline.module.css";

export interface TimelineHandle {
  readonly toEnd: () => void;
}

export interface TimelineProps {
  readonly conversation: ConversationRef;
  readonly name: string;
  readonly data: TimelineData;
  /** What I have read of it, and what makes more of it read while its end is on screen. */
  readonly reading: Omit<ReadMarkInput, "active">;
  /** The focused pane's: only there is a message read by being on screen. */
  readonly focused: boolean;
  readonly unread: boolean;
  readonly offline: boolean;
  /** Where this conversation was left, and where to remember it. */
  readonly anchor: Anchor | undefined;
  readonly onAnchor: (anchor: Anchor | undefined) => void;
  readonly onEdit: (message: MessageLine) => void;
  readonly onDiscard: (message: MessageLine) => void;
  readonly onResend: (message: MessageLine) => void;
  /** The message to go to; older ones are shown until it is there. */
  readonly goal: MessageGoal | undefined;
  readonly onGoalMet: ((found: boolean) => void) | undefined;
  /** What may be made out of a message here. */
  readonly can: { readonly task: boolean; readonly followup: boolean };
  readonly handle?: Ref<TimelineHandle>;
}

/** How near to an edge the next window is asked for. */
const edgePx = 600;

export function Timeline(props: TimelineProps) {
  const { data, goal, onGoalMet, onAnchor } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  /** Only what was unread on opening is marked; what comes while I look is simply new. */
  const [unreadLineAt] = useState(props.unread ? props.reading.readNumber : undefined);
  const all = useMemo(
    () => timelineRows({ messages: data.messages ?? [], events: data.events, zone: format.zone, readNumber: unreadLineAt }),
    [data.messages, data.events, format.zone, unreadLineAt],
  );
  /** What is seen when it opens is drawn first; the other rows follow without holding it up. */
  const whole = useDeferredValue(true, goal !== undefined);
  const opensAt = props.anchor?.key ?? "unread";
  const rows = useMemo(() => (whole ? all : firstSeen(all, opensAt)), [whole, all, opensAt]);
  /** Undefined sticks to the end. */
  const anchor = useRef<Anchor | undefined>(props.anchor);
  const placed = useRef(false);
  const [atEnd, setAtEnd] = useState(true);
  const [leftAt, setLeftAt] = useState(Number.POSITIVE_INFINITY);

  /** Day lines are left out: the same day's line moves up when older messages of that day come in above it. */
  const measure = useCallback((): readonly Measured[] => {
    // From the top of what scrolls, so that what stands above the rows may change too.
    const base = (inner.current?.offsetTop ?? 0) - (scroller.current?.offsetTop ?? 0);
    return Array.from(inner.current?.querySelectorAll<HTMLElement>(":scope > [data-row]:not([data-row^='day '])") ?? [], (row) => ({
      key: row.dataset["row"] ?? "",
      top: base + row.offsetTop,
      height: row.offsetHeight,
    }));
  }, []);
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  const place = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const to = anchor.current === undefined ? undefined : restored(measure(), anchor.current);
    if (to === undefined) toEnd();
    else element.scrollTop = to;
  }, [measure, toEnd]);

  // Before the eye sees it: hold the anchor, or stick to the end. The first time goes to the first unread.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || rows.length === 0) return;
    if (!placed.current) {
      placed.current = true;
      const unread = inner.current?.querySelector<HTMLElement>('[data-row="unread"]');
      if (anchor.current === undefined && unread != null && element.scrollHeight > element.clientHeight)
        anchor.current = { key: "unread", offset: Math.min(element.clientHeight / 4, 96) };
    }
    place();
  }, [rows, place]);

  // To its window where the number is known, else window by window into the past, until it is drawn or there is nothing older.
  const sought = useRef<MessageGoal | undefined>(undefined);
  useEffect(() => {
    if (goal === undefined || data.messages === undefined) return;
    const row = inner.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(goal.messageId)}"]`);
    if (row != null) {
      anchor.current = { key: goal.messageId, offset: (scroller.current?.clientHeight ?? 0) / 3 };
      place();
      row.focus({ preventScroll: true });
      onGoalMet?.(true);
    } else if (goal.number !== null && sought.current !== goal) {
      sought.current = goal;
      data.showNumber(goal.number);
    } else if (data.earlier === "local" || data.earlier === "server") data.showOlder();
    else if (data.earlier !== "loading") onGoalMet?.(false);
  }, [goal, onGoalMet, data, place]);

  // A composer that grows, a splitter that moves: the same promise.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(place);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);

  const lastNumber = data.newest.at(-1)?.number ?? 0;
  const scrolled = () => {
    const element = scroller.current;
    if (element === null) return;
    // What is scrolled on the way there, or before all of it stands, is the page's own doing.
    if (goal !== undefined || !whole) return;
    const end = data.atNewest && isAtEnd(element.scrollTop, element.clientHeight, element.scrollHeight);
    anchor.current = end ? undefined : anchorOf(measure(), element.scrollTop);
    onAnchor(anchor.current);
    if (end !== atEnd) {
      setAtEnd(end);
      setLeftAt(end ? Number.POSITIVE_INFINITY : lastNumber);
    }
    if (element.scrollTop < edgePx && data.earlier !== "none") data.showOlder();
    if (!data.atNewest && element.scrollHeight - element.clientHeight - element.scrollTop < edgePx) data.showNewer();
  };
  useReadMark({ ...props.reading, active: props.focused && atEnd && data.messages !== undefined });

  const goToEnd = useCallback(() => {
    anchor.current = undefined;
    onAnchor(undefined);
    data.showNewest();
    toEnd();
  }, [data, onAnchor, toEnd]);
  useImperativeHandle(props.handle, () => ({ toEnd: goToEnd }), [goToEnd]);

  const arrived = atEnd ? 0 : data.newest.filter((message) => message.number > leftAt && !message.mine).length;
  return (
    <div className={styles.frame}>
      {/* The keys only move the focus from message to message. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        className={styles.scroller}
        onScroll={scrolled}
        role="log"
        aria-live="off"
        aria-label={t("inbox.timeline.label", { name: props.name })}
        // The log scrolls by arrow keys when it has the focus (WCAG 2.1.1).
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={stepToMessage}
      >
        <span className={styles.push} />
        <Earlier data={data} offline={props.offline} empty={rows.length === 0} />
        {data.failed ? (
          <ErrorState title={t("inbox.pane.error")} onRetry={data.retry}>
            {t("inbox.list.error_line")}
          </ErrorState>
        ) : data.messages === undefined ? (
          <Skeleton rows={4} look="bubble" />
        ) : (
          <div ref={inner} className={styles.rows}>
            {rows.map((row) => {
              switch (row.kind) {
                case "day":
                  return (
                    <div key={row.key} data-row={row.key}>
                      <DayLine at={row.at} />
                    </div>
                  );
                case "unread":
                  return (
                    <div key={row.key} data-row={row.key}>
                      <UnreadLine />
                    </div>
                  );
                case "event":
                  return (
                    <div key={row.key} data-row={row.key}>
                      <EventLine event={row.event} />
                    </div>
                  );
                case "message":
                  return (
                    <MessageRow
                      key={row.key}
                      message={row.message}
                      first={row.first}
                      last={row.last}
                      offline={props.offline}
                      conversation={props.conversation}
                      can={props.can}
                      onEdit={props.onEdit}
                      onDiscard={props.onDiscard}
                      onResend={props.onResend}
                    />
                  );
              }
            })}
          </div>
        )}
      </div>
      {!atEnd && (
        <div className={styles.pill}>
          <Button size="s" icon="chevronDown" onClick={goToEnd}>
            {arrived > 0 ? t("inbox.timeline.new", { count: arrived }) : t("inbox.timeline.newest")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Earlier({ data, offline, empty }: { readonly data: TimelineData; readonly offline: boolean; readonly empty: boolean }) {
  const { t } = useTranslation();
  if (data.messages === undefined) return null;
  switch (data.earlier) {
    case "none":
      return empty ? <EmptyState icon="chat" title={t("inbox.preview.nothing")} /> : null;
    case "local":
      return null;
    case "server":
      return (
        <p className={styles.edge}>
          {offline ? (
            <>
              <Icon name="cloudOff" size="xs" />
              {t("inbox.timeline.older_offline")}
            </>
          ) : (
            <Button size="s" kind="quiet" onClick={data.showOlder}>
              {t("inbox.timeline.load_older")}
            </Button>
          )}
        </p>
      );
    case "loading":
      return <output className={styles.edge}>{t("inbox.timeline.loading_older")}</output>;
    case "failed":
      return (
        <p className={styles.edge} role="alert">
          {t("inbox.timeline.older_failed")}
          <Button size="s" onClick={data.retry}>
            {t("common.try_again")}
          </Button>
        </p>
      );
  }
}
