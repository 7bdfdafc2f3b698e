import { useMemo, useState } from "react";
import type { MessageLine, TimelineLine } from "../../bridge/inbox.ts";
import { useCall, useLive, useLivePages } from "../live.tsx";
import { useStable } from "../use-stable.ts";
import type { ConversationRef } from "./layout.ts";
import { olderWindows, windowOf } from "./message-pages.ts";

/** Windows of fifty that are drawn at once; a longer history slides through them, so that memory stays flat. */
const drawnWindows = 6;

export interface TimelineData {
  readonly messages: readonly MessageLine[] | undefined;
  readonly events: readonly TimelineLine[];
  /** Newest window only, for "3 new" while reading far above. */
  readonly newest: readonly MessageLine[];
  readonly earlier: "local" | "server" | "none" | "loading" | "failed";
  /** The newest messages are among those drawn. */
  readonly atNewest: boolean;
  readonly failed: boolean;
  readonly retry: () => void;
  readonly showOlder: () => void;
  readonly showNewer: () => void;
  readonly showNewest: () => void;
  /** Draws the window that this number is in, as far as this computer has it. */
  readonly showNumber: (number: number) => void;
}

export function useTimeline(ref: ConversationRef): TimelineData {
  const question = { tenantId: ref.tenantId, conversationId: ref.conversationId };
  const call = useCall();
  /** How many older windows are between the newest and the top of what is drawn. */
  const [depth, setDepth] = useState(0);
  const [asking, setAsking] = useState<"no" | "loading" | "failed">("no");
  const newest = useLive("conversation.messages", question);
  const newestMessages = useMemo(() => newest.data?.messages ?? [], [newest.data]);
  const oldest = newestMessages.find((message) => message.number > 0)?.number ?? 0;
  const windows = olderWindows(oldest, depth);
  const drawnOlder = windows.slice(Math.max(0, windows.length - (drawnWindows - 1)));
  const pages = useLivePages(
    "conversation.messages",
    drawnOlder.map((before) => ({ ...question, before })),
  );
  const atNewest = drawnOlder.length === windows.length;

  const values = useStable([...pages.map((page) => page.data).toReversed(), atNewest ? newest.data : undefined]);
  const { messages, events } = useMemo(
    () => ({
      messages: values.flatMap((value) => value?.messages ?? []),
      events: values.flatMap((value) => value?.timeline ?? []),
    }),
    [values],
  );
  const top = pages.at(-1)?.data ?? (windows.length === 0 ? newest.data : undefined);
  const firstNumber = messages.find((message) => message.number > 0)?.number ?? 0;
  const earlier = top?.earlier ?? "local";

  const showOlder = () => {
    if (earlier === "local" && pages.every((page) => page.data !== undefined)) setDepth(windows.length + 1);
    else if (earlier === "server" && asking === "no" && firstNumber > 1) {
      setAsking("loading");
      call("conversation.loadEarlier", { ...question, before: firstNumber }).then(
        () => {
          setAsking("no");
          setDepth(windows.length + 1);
        },
        () => setAsking("failed"),
      );
    }
  };
  return {
    messages: newest.data === undefined ? undefined : messages,
    events,
    newest: newestMessages,
    // A window that came from the server is local from now on.
    earlier: asking === "no" || earlier === "local" ? earlier : asking,
    atNewest,
    failed: newest.isError && newest.data === undefined,
    retry: () => {
      setAsking("no");
      void newest.refetch();
    },
    showOlder,
    showNewer: () => setDepth(Math.max(0, windows.length - 1)),
    showNewest: () => setDepth(0),
    showNumber: (number) => setDepth(windowOf(oldest, number)),
  };
}
