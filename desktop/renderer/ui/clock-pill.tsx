import { useElapsed } from "../text/now.tsx";
import { useFormat } from "../text/format-context.tsx";
import { waitTone, type WaitTone } from "../text/clocks.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import styles from "./clock-pill.module.css";

export interface WaitPillProps {
  /** When the first unanswered message of the visitor came (server time). */
  readonly since: number;
  readonly targetMs: number;
  readonly className?: string | undefined;
}

/** Unanswered by the team: grey, amber from 80 % of the target, red past it. Silent for screen readers but labelled in words. */
export function WaitPill({ since, targetMs, className }: WaitPillProps) {
  const waitMs = useElapsed(since, "clock");
  const format = useFormat();
  const tone: WaitTone = waitTone(waitMs, targetMs);
  return (
    <span className={cx(styles.pill, tone !== "calm" && styles[tone], className)} role="img" aria-label={format.waitingWords(waitMs)}>
      <Icon name="reply" size="xs" mirrored={true} />
      {format.clock(waitMs)}
    </span>
  );
}

/** How long the conversation is open. Never coloured. */
export function Age({ since, className }: { readonly since: number; readonly className?: string | undefined }) {
  const ageMs = useElapsed(since, "minute");
  const format = useFormat();
  return <span className={cx(styles.age, className)}>{format.age(ageMs)}</span>;
}
