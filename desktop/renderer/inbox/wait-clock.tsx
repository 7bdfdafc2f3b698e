import type { ConversationLine } from "../../bridge/inbox.ts";
import { useTenant } from "../session/session-context.tsx";
import { WaitPill } from "../ui/clock-pill.tsx";
import { waitTargetMs } from "./wait-target.ts";

/** How long the visitor waits for the team, measured by what their tenant has promised; nothing when nobody waits. */
export function WaitClock({
  line,
  className,
}: {
  readonly line: Pick<ConversationLine, "tenantId" | "waitingSince" | "startedAt">;
  readonly className?: string | undefined;
}) {
  const within = useTenant(line.tenantId)?.answerWithin;
  if (line.waitingSince === null) return null;
  return <WaitPill since={Date.parse(line.waitingSince)} targetMs={waitTargetMs(line, within)} className={className} />;
}
