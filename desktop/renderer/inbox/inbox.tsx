import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { useCommands } from "../commands/context.tsx";
import { useBridge, useBridgeEvent } from "../live.tsx";
import { useRemembered } from "../memory/memory-context.tsx";
import { tenantsOf, useSession } from "../session/session-context.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { ResizablePanes } from "../ui/resizable-panes.tsx";
import { moveSplitter, repairShares } from "../ui/split-sizes.ts";
import { useToasts } from "../ui/toast-context.ts";
import { useLasting } from "../ui/use-lasting.ts";
import { ColumnResizer } from "./column-resizer.tsx";
import { ContextPanel } from "./context-panel.tsx";
import { useConversationActs } from "./conversation-dialogs.tsx";
import { ConversationList, type QueueTab } from "./conversation-list.tsx";
import { FocusedConversationCommands, NextWaitingCommand } from "./inbox-commands.tsx";
import {
  closePane,
  focusBy,
  focusPane,
  focusedRef,
  forgetConversation,
  paneMinPx,
  paneOf,
  pinPane,
  setPaneCount,
  visiblePanes,
  type ConversationRef,
} from "./layout.ts";
import { ConversationPane, type PaneHandle } from "./pane.tsx";
import { Peek } from "./peek.tsx";
import { useActs } from "./use-acts.ts";
import { useLayout, useLayoutActs } from "./layout-context.tsx";
import { useAnchors, useModes } from "./use-modes.ts";
import { useMedia, useSize } from "./use-size.ts";
import styles from "./inbox.module.css";

export interface InboxProps {
  readonly tab: QueueTab;
  readonly onTab: (tab: QueueTab) => void;
  readonly offline: boolean;
}

const refOf = (line: Pick<ConversationLine, "tenantId" | "id">): ConversationRef => ({ tenantId: line.tenantId, conversationId: line.id });

interface Columns {
  readonly list: number;
  readonly context: number;
  readonly showContext: boolean;
}
const usualColumns: Columns = { list: 316, context: 280, showContext: true };

function repairColumns(value: unknown): Columns {
  const given = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const within = (key: string, low: number, high: number, usual: number) =>
    typeof given[key] === "number" ? Math.min(high, Math.max(low, given[key])) : usual;
  return {
    list: within("list", 280, 420, usualColumns.list),
    context: within("context", 240, 400, usualColumns.context),
    showContext: given["showContext"] !== false,
  };
}

export function Inbox({ tab, onTab, offline }: InboxProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { port } = useBridge();
  const toasts = useToasts();
  const { refused } = useActs();
  const { layout, goal } = useLayout();
  const { setLayout, setWish, setGoal, open: openInLayout } = useLayoutActs();
  const [columns, setColumns] = useRemembered("columns", repairColumns);
  const modes = useModes();
  const anchors = useAnchors();
  const { actsOf, dialogs } = useConversationActs();
  const [peeked, setPeeked] = useState<ConversationLine | undefined>(undefined);
  const [overlay, setOverlay] = useState<"none" | "context" | "list">("none");
  const handles = useRef(new Map<string, PaneHandle>());
  const panesBox = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(panesBox);
  const contextOverlay = useMedia("(max-width: 1279px)");
  const listOverlay = useMedia("(max-width: 999px)");

  const focused = focusedRef(layout);
  const tenants = tenantsOf(session.scope);

  // Colleagues see who looks at what. Told by what the panes show, not by every focus.
  const shown = useMemo(() => layout.panes.flatMap((pane) => pane.shown ?? []), [layout.panes]);
  useEffect(() => {
    void port.command("inbox.viewing", { conversations: shown.map((ref) => ({ ...ref })) }).catch(() => undefined);
  }, [port, shown]);
  useEffect(() => () => void port.command("inbox.viewing", { conversations: [] }).catch(() => undefined), [port]);

  const handleOfFocused = () => handles.current.get(layout.panes[layout.focused]?.key ?? "");

  const open = useCallback(
    (ref: ConversationRef, beside: boolean) => {
      openInLayout(ref, beside);
      setPeeked(undefined);
      setOverlay("none");
    },
    [openInLayout],
  );
  const hideOverlay = useCallback(() => setOverlay("none"), []);
  const openLine = useCallback((line: ConversationLine, beside: boolean) => open(refOf(line), beside), [open]);
  const takeNext = useLasting(() => {
    port.command("inbox.takeNext", { tenants }).then(
      ({ taken }) => {
        if (taken === null) toasts.say(t("inbox.queue.taken_by_nobody"));
        else open({ ...taken }, false);
      },
      (error: unknown) => refused(error),
    );
  });
  useBridgeEvent("session.goTo", (place) => {
    if (place.view === "conversation" && place.id !== null) open({ tenantId: place.tenantId, conversationId: place.id }, false);
  });

  const setMode = (mode: "reply" | "note") => {
    if (focused === undefined) return;
    modes.setMode(focused.conversationId, mode);
    setWish("composer");
  };
  const resizeBy = (px: number) => {
    if (layout.panes.length < 2) return;
    const index = layout.focused === layout.panes.length - 1 ? layout.focused - 1 : layout.focused;
    const direction = layout.focused === layout.panes.length - 1 ? -1 : 1;
    setLayout({
      ...layout,
      shares: moveSplitter(repairShares(layout.shares, layout.panes.length), index, px * direction, width, paneMinPx),
    });
  };
  const goToPane = (index: number) => {
    setLayout(focusPane(layout, index));
    setWish("composer");
  };
  const toggleContext = () =>
    contextOverlay ? setOverlay(overlay === "context" ? "none" : "context") : setColumns({ ...columns, showContext: !columns.showContext });
  useCommands({
    "conversation.takeNext": takeNext,
    "pane.1": () => goToPane(0),
    "pane.2": () => goToPane(1),
    "pane.3": () => goToPane(2),
    "pane.4": () => goToPane(3),
    "pane.next": () => {
      setLayout(focusBy(layout, 1));
      setWish("composer");
    },
    "pane.previous": () => {
      setLayout(focusBy(layout, -1));
      setWish("composer");
    },
    "pane.close": () => setLayout(closePane(layout, layout.focused)),
    "pane.pin": () => setLayout(pinPane(layout, layout.focused, layout.panes[layout.focused]?.pinned !== true)),
    "pane.wider": () => resizeBy(32),
    "pane.narrower": () => resizeBy(-32),
    "panes.1": () => setLayout(setPaneCount(layout, 1)),
    "panes.2": () => setLayout(setPaneCount(layout, 2)),
    "panes.3": () => setLayout(setPaneCount(layout, 3)),
    "panes.4": () => setLayout(setPaneCount(layout, 4)),
    "context.toggle": toggleContext,
    // Where the list is hidden for want of room, its keys bring it.
    "list.down": listOverlay && overlay !== "list" ? () => setOverlay("list") : undefined,
    "list.up": listOverlay && overlay !== "list" ? () => setOverlay("list") : undefined,
  });

  const paneNumber = useCallback(
    (line: ConversationLine) => {
      const index = paneOf(layout, refOf(line));
      return index < 0 ? undefined : index + 1;
    },
    [layout],
  );
  const { rows } = visiblePanes(layout, width === 0 ? Number.POSITIVE_INFINITY : width, height);
  const onGoalMet = useCallback(
    (found: boolean) => {
      setGoal(undefined);
      if (!found) toasts.say(t("inbox.timeline.message_gone"));
    },
    [setGoal, toasts, t],
  );
  const pane = (index: number) => {
    const of = layout.panes[index];
    if (of === undefined) return { key: String(index), content: null };
    const id = of.shown?.conversationId;
    return {
      key: of.key,
      content: (
        <ConversationPane
          pane={of}
          number={index + 1}
          focused={index === layout.focused}
          offline={offline}
          mode={id === undefined ? "reply" : modes.modeOf(id)}
          onMode={(mode) => id !== undefined && modes.setMode(id, mode)}
          onFocus={() => setLayout((before) => focusPane(before, index))}
          onClosePane={() => setLayout(closePane(layout, index))}
          onPin={(pinned) => setLayout(pinPane(layout, index, pinned))}
          onTakeNext={takeNext}
          anchors={anchors}
          acts={actsOf}
          onGone={(ref) => setLayout(forgetConversation(layout, ref))}
          goal={goal !== undefined && goal.conversationId === id ? goal : undefined}
          onGoalMet={onGoalMet}
          handles={handles}
        />
      ),
    };
  };
  const hiddenPanes = layout.panes.length - rows.flat().length;
  // The list is what a console is opened for: it is drawn first, and the panes follow without holding it up.
  const listStands = useDeferredValue(true, false);
  const contextShown = listStands && (contextOverlay ? overlay === "context" : columns.showContext);
  return (
    <div
      className={styles.inbox}
      style={{ "--list-width": `${columns.list}px`, "--context-width": `${columns.context}px` } as React.CSSProperties}
    >
      <h1 className="vh">{t("inbox.title")}</h1>
      <NextWaitingCommand tenants={tenants} focused={focused} onOpen={openLine} />
      <FocusedConversationCommands
        focused={focused}
        acts={actsOf}
        handle={handleOfFocused}
        mode={focused === undefined ? "reply" : modes.modeOf(focused.conversationId)}
        setMode={setMode}
      />
      {(!listOverlay || overlay === "list" || focused === undefined) && (
        <div className={listOverlay && focused !== undefined ? styles.listOverlay : styles.listPlace}>
          <ConversationList
            tab={tab}
            onTab={onTab}
            paneOf={paneNumber}
            focusedId={focused?.conversationId}
            onOpen={openLine}
            onPeek={setPeeked}
            onTakeNext={takeNext}
          />
          {!listOverlay && (
            <ColumnResizer
              label={t("inbox.list.label")}
              side="start"
              width={columns.list}
              min={280}
              max={420}
              usual={316}
              onWidth={(list) => setColumns({ ...columns, list })}
            />
          )}
        </div>
      )}
      {listOverlay && focused !== undefined && (
        <div className={styles.strip}>
          <IconButton
            icon="list"
            label={t("inbox.list.show")}
            on={overlay === "list"}
            onClick={() => setOverlay(overlay === "list" ? "none" : "list")}
          />
        </div>
      )}
      <div className={styles.panes} ref={panesBox}>
        {hiddenPanes > 0 && (
          // They keep their place and come back with the room; until then they are a key or a click away.
          <p className={styles.hidden}>
            <Button size="s" kind="quiet" icon="columns" onClick={() => goToPane((layout.focused + 1) % layout.panes.length)}>
              {t("inbox.pane.hidden", { count: hiddenPanes })}
            </Button>
          </p>
        )}
        {(listStands ? rows : []).map((row) => (
          <ResizablePanes
            key={row.map((index) => layout.panes[index]?.key).join(" ")}
            minPx={paneMinPx}
            shares={rows.length === 1 && row.length === layout.panes.length ? layout.shares : undefined}
            onShares={(shares) => rows.length === 1 && row.length === layout.panes.length && setLayout({ ...layout, shares })}
            panes={row.map(pane)}
          />
        ))}
      </div>
      {contextShown && (
        <>
          {!contextOverlay && (
            <ColumnResizer
              label={t("inbox.context.label")}
              side="end"
              width={columns.context}
              min={240}
              max={400}
              usual={280}
              onWidth={(context) => setColumns({ ...columns, context })}
            />
          )}
          <ContextPanel conversation={focused} overlay={contextOverlay} acts={actsOf} onOpen={open} onHide={hideOverlay} />
        </>
      )}
      {peeked !== undefined && <Peek line={peeked} onClose={() => setPeeked(undefined)} onOpen={(beside) => openLine(peeked, beside)} />}
      {dialogs}
    </div>
  );
}
