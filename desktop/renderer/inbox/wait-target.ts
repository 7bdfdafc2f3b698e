/** The target of the wait clock (INTERFACE 3.2): an hour of silence is measured otherwise than a first hello. */
import type { OpenTenant } from "../../bridge/session.ts";

/** Written to a second later, it is still the message that began the conversation. */
const beganMs = 10_000;

/** Nobody has answered yet when the visitor waits since the conversation began. */
export function waitTargetMs(
  line: { readonly waitingSince: string | null; readonly startedAt: string },
  within: OpenTenant["answerWithin"] | undefined,
): number {
  if (line.waitingSince === null || within === undefined) return 0;
  const first = Date.parse(line.waitingSince) - Date.parse(line.startedAt) < beganMs;
  return (first ? within.firstSeconds : within.laterSeconds) * 1000;
}
