/** Commands on live values, in parts that draw nothing: every message changes what they act on, and must not draw the inbox. */
import type { ConversationLine } from "../../bridge/inbox.ts";
import { useCommands } from "../commands/context.tsx";
import { useLive } from "../live.tsx";
import type { ConversationRef } from "./layout.ts";
import { paneCommands, type PaneCommandsInput } from "./pane-commands.ts";

export function FocusedConversationCommands({
  focused,
  ...given
}: Omit<PaneCommandsInput, "open"> & { readonly focused: ConversationRef | undefined }) {
  const open = useLive("conversation.open", focused === undefined ? { tenantId: "", conversationId: "" } : { ...focused }, {
    enabled: focused !== undefined,
  }).data;
  useCommands({
    ...paneCommands({ open, ...given }),
    "conversation.popOut": open == null ? undefined : () => given.acts(open).popOut(),
  });
  return null;
}

export function NextWaitingCommand({
  tenants,
  focused,
  onOpen,
}: {
  readonly tenants: "all" | string[];
  readonly focused: ConversationRef | undefined;
  readonly onOpen: (line: ConversationLine, beside: boolean) => void;
}) {
  const waiting = useLive("inbox.list", { tenants, queue: "mine", filter: { waiting: true }, limit: 10 }, { keep: true }).data?.items ?? [];
  const nextWaiting = () => {
    const at = waiting.findIndex((line) => line.id === focused?.conversationId);
    const next = waiting[(at + 1) % Math.max(1, waiting.length)];
    if (next !== undefined) onOpen(next, false);
  };
  useCommands({ "conversation.nextWaiting": waiting.length === 0 ? undefined : nextWaiting });
  return null;
}
