/** What can be done with the conversation of a pane, by keys and from the palette: the same in the console and in a window of its own. */
import type { CommandTable } from "../commands/context.tsx";
import type { ConversationActs } from "./conversation-acts.ts";
import type { OpenConversation, PaneHandle } from "./pane.tsx";
import type { ComposerMode } from "./use-draft.ts";

export interface PaneCommandsInput {
  /** Undefined while nothing is open; null when it is not here. */
  readonly open: OpenConversation | null | undefined;
  readonly acts: (open: OpenConversation) => ConversationActs;
  readonly handle: () => PaneHandle | undefined;
  readonly mode: ComposerMode;
  readonly setMode: (mode: ComposerMode) => void;
}

export function paneCommands({ open, acts, handle, mode, setMode }: PaneCommandsInput): CommandTable {
  if (open == null) return {};
  const of = acts(open);
  return {
    "conversation.close": of.closeOrReopen,
    "conversation.snooze": of.snooze,
    "conversation.label": of.label,
    ...(open.can.editContact ? { "contact.label": of.labelContact } : {}),
    "conversation.unread": of.unread,
    "conversation.assign": of.assign,
    "conversation.handOver": of.handOver,
    "conversation.backToQueue": of.backToQueue,
    "conversation.block": of.block,
    "conversation.copyLink": of.copyLink,
    "composer.reply": () => setMode("reply"),
    "composer.note": () => setMode("note"),
    "composer.switch": () => setMode(mode === "note" ? "reply" : "note"),
    // What is written is not sent by somebody who is elsewhere on the page.
    "composer.send": () => document.activeElement?.closest("[data-pane-focused]") != null && handle()?.send(),
    "composer.sendAndClose": () => {
      const sending = handle()?.send();
      if (sending !== "held" && open.status !== "closed") of.closeOrReopen();
    },
    "composer.canned": () => handle()?.openCanned(),
  };
}
