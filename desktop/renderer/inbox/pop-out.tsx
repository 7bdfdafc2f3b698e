import { useEffect, useMemo, useRef, useState } from "react";
import { DialogHost } from "../ui/dialog.tsx";
import { useKeyHandler, useCommands } from "../commands/context.tsx";
import { useLive } from "../live.tsx";
import { SessionProvider, type SessionState } from "../session/session-context.tsx";
import { useConversationActs } from "./conversation-dialogs.tsx";
import { FocusWishContext, type FocusWish } from "./focus-wish.ts";
import type { ConversationRef } from "./layout.ts";
import { useToasts } from "../ui/toast-context.ts";
import { paneCommands } from "./pane-commands.ts";
import { ConversationPane, type PaneHandle } from "./pane.tsx";
import { useAnchors, useModes } from "./use-modes.ts";
import styles from "./pop-out.module.css";

export function PopOutWindow({
  state,
  account,
  shown,
}: {
  readonly state: SessionState;
  readonly account: NonNullable<SessionState["account"]>;
  readonly shown: ConversationRef;
}) {
  return (
    <SessionProvider state={state} account={account} scope={[shown.tenantId]}>
      <OnePane shown={shown} />
    </SessionProvider>
  );
}

function OnePane({ shown }: { readonly shown: ConversationRef }) {
  const [host, setHost] = useState<HTMLElement | null>(null);
  const modes = useModes();
  const anchors = useAnchors();
  const { actsOf, dialogs } = useConversationActs();
  const offline = useLive("sync.state", {}).data?.link !== "online";
  const toasts = useToasts();
  const handles = useRef(new Map<string, PaneHandle>());
  const pane = useMemo(() => ({ key: "window", shown, pinned: true }), [shown]);
  useKeyHandler();
  const open = useLive("conversation.open", { ...shown }).data;
  const [wish, setWish] = useState<FocusWish | undefined>("composer");
  const focusWish = useMemo(() => ({ wish, onMet: () => setWish(undefined) }), [wish]);
  useCommands({
    // The handle is asked for when a command runs, not here.
    // oxlint-disable-next-line react/refs
    ...paneCommands({
      open,
      acts: actsOf,
      handle: () => handles.current.get("window"),
      mode: modes.modeOf(shown.conversationId),
      setMode(mode) {
        modes.setMode(shown.conversationId, mode);
        setWish("composer");
      },
    }),
    undo: { run: toasts.undoLast },
  });
  useEffect(() => {
    if (open?.name !== undefined) document.title = open.name;
  }, [open?.name]);
  return (
    <main className={styles.window} ref={setHost}>
      <DialogHost value={host}>
        <FocusWishContext value={focusWish}>
          <ConversationPane
            pane={pane}
            number={1}
            focused={true}
            offline={offline}
            mode={modes.modeOf(shown.conversationId)}
            onMode={(mode) => modes.setMode(shown.conversationId, mode)}
            onFocus={() => undefined}
            onClosePane={() => globalThis.close()}
            onPin={() => undefined}
            onTakeNext={() => undefined}
            anchors={anchors}
            acts={actsOf}
            onGone={() => globalThis.close()}
            handles={handles}
          />
        </FocusWishContext>
        {dialogs}
      </DialogHost>
    </main>
  );
}
