import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";
import { useRemembered } from "../memory/memory-context.tsx";
import { openBeside, openConversation, repairLayout, type ConversationRef, type Layout } from "./layout.ts";
import type { FocusWish } from "./pane.tsx";

export interface LayoutState {
  readonly layout: Layout;
  readonly setLayout: (next: Layout | ((before: Layout) => Layout)) => void;
  /** Where the focus shall go once the pane has drawn itself, which may be after its conversation was read. */
  readonly wish: FocusWish | undefined;
  readonly setWish: (wish: FocusWish | undefined) => void;
  /** Shows a conversation and puts the focus into its composer, or goes to one of its messages. */
  readonly open: (ref: ConversationRef, beside: boolean, message?: MessagePlace | null) => void;
  /** The message that a pane shall go to once it has drawn it. */
  readonly goal: MessageGoal | undefined;
  readonly setGoal: (goal: MessageGoal | undefined) => void;
}

export interface MessagePlace {
  readonly messageId: string;
  /** Its number where that is known: its window is drawn at once, instead of one after the other into the past. */
  readonly number: number | null;
}

export interface MessageGoal extends MessagePlace {
  readonly conversationId: string;
}

const LayoutContext = createContext<LayoutState | undefined>(undefined);

/** Above all pages, because the palette, an alarm or the outbox open conversations from anywhere. */
export function LayoutProvider({ children }: { readonly children: ReactNode }) {
  const [layout, setLayout] = useRemembered<Layout>("layout", repairLayout);
  const [wish, setWish] = useState<FocusWish | undefined>(undefined);
  const [goal, setGoal] = useState<MessageGoal | undefined>(undefined);
  const open = useCallback(
    (ref: ConversationRef, beside: boolean, message: MessagePlace | null = null) => {
      setLayout((before) => (beside ? openBeside(before, ref) : openConversation(before, ref)));
      setWish(message === null ? "composer" : undefined);
      setGoal(message === null ? undefined : { conversationId: ref.conversationId, ...message });
    },
    [setLayout, setWish, setGoal],
  );
  const state = useMemo(() => ({ layout, setLayout, wish, setWish, open, goal, setGoal }), [layout, setLayout, wish, open, goal]);
  return <LayoutContext value={state}>{children}</LayoutContext>;
}

export function useLayout(): LayoutState {
  const state = use(LayoutContext);
  if (state === undefined) throw new Error("no layout: wrap the page in LayoutProvider");
  return state;
}
