export type WaitTone = "calm" | "near" | "late";

/** The wait clock is amber from 80 % of the target and red past it. A tenant without a target never colours it. */
export function waitTone(waitMs: number, targetMs: number): WaitTone {
  if (targetMs <= 0) return "calm";
  if (waitMs >= targetMs) return "late";
  return waitMs >= targetMs * 0.8 ? "near" : "calm";
}
