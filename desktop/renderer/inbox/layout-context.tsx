import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { useRemembered } from "../memory/memory-context.tsx";
import { openBeside, openConversation, repairLayout, type ConversationRef, type Layout } from "./layout.ts";
import { FocusWishContext, type FocusWish } from "./focus-wish.ts";

/** Whoever asks for it is drawn with each change of the panes. */
export interface LayoutState {
  readonly layout: Layout;
  /** The message that a pane shall go to once it has drawn it. */
  readonly goal: MessageGoal | undefined;
}

/** The same all along, so that whoever only opens something is not drawn with the panes. */
export interface LayoutActs {
  readonly setLayout: (next: Layout | ((before: Layout) => Layout)) => void;
  readonly setWish: (wish: FocusWish | undefined) => void;
  readonly setGoal: (goal: MessageGoal | undefined) => void;
  /** Shows a conversation and puts the focus into its composer, or goes to one of its messages. */
  readonly open: (ref: ConversationRef, beside: boolean, message?: MessagePlace | null) => void;
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
const LayoutActsContext = createContext<LayoutActs | undefined>(undefined);

/** Above all pages, because the palette, an alarm or the outbox open conversations from anywhere. */
export function LayoutProvider({ children }: { readonly children: ReactNode }) {
  const [layout, setLayout] = useRemembered<Layout>("layout", repairLayout);
  const [wish, setWish] = useState<FocusWish | undefined>(undefined);
  const [goal, setGoal] = useState<MessageGoal | undefined>(undefined);
  const acts = useMemo<LayoutActs>(
    () => ({
      setLayout,
      setWish,
      setGoal,
      open(ref, beside, message = null) {
        setLayout((before) => (beside ? openBeside(before, ref) : openConversation(before, ref)));
        setWish(message === null ? "composer" : undefined);
        setGoal(message === null ? undefined : { conversationId: ref.conversationId, ...message });
      },
    }),
    [setLayout],
  );
  const state = useMemo(() => ({ layout, goal }), [layout, goal]);
  const focusWish = useMemo(() => ({ wish, onMet: () => setWish(undefined) }), [wish]);
  return (
    <LayoutActsContext value={acts}>
      <FocusWishContext value={focusWish}>
        <LayoutContext value={state}>{children}</LayoutContext>
      </FocusWishContext>
    </LayoutActsContext>
  );
}

export function useLayout(): LayoutState {
  const state = use(LayoutContext);
  if (state === undefined) throw new Error("no layout: wrap the page in LayoutProvider");
  return state;
}

export function useLayoutActs(): LayoutActs {
  const acts = use(LayoutActsContext);
  if (acts === undefined) throw new Error("no layout: wrap the page in LayoutProvider");
  return acts;
}
