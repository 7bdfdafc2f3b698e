/** Whether a colleague answered while I was writing (INTERFACE 5): asked once, before the reply is sent. */
import type { MessageLine } from "../../bridge/inbox.ts";

/** The newest answer of somebody else that came after I began to write; undefined when there is none, or when I was asked already. */
export function answeredMeanwhile(
  messages: readonly MessageLine[],
  beganAt: number | undefined,
  askedAt: number | undefined,
): MessageLine | undefined {
  if (beganAt === undefined) return undefined;
  const after = Math.max(beganAt, askedAt ?? 0);
  return messages.findLast((message) => message.number > after && !message.mine && (message.kind === "operator" || message.kind === "bot"));
}
