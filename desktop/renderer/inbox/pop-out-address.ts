import type { ConversationRef } from "./layout.ts";

const address = /^#\/?pop-out\/([0-9a-f-]{36})\/([0-9a-f-]{36})$/;

/** The address of one conversation in a window of its own; Electron's main process opens the same. */
export const popOutHash = (ref: ConversationRef): string => `#pop-out/${ref.tenantId}/${ref.conversationId}`;

export function readPopOut(hash: string): ConversationRef | undefined {
  const [, tenantId, conversationId] = address.exec(hash) ?? [];
  return tenantId === undefined || conversationId === undefined ? undefined : { tenantId, conversationId };
}
