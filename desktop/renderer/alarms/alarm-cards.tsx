import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useKeysOf } from "../commands/context.tsx";
import { useTenant } from "../session/session-context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useNow } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button } from "../ui/button.tsx";
import { WaitPill } from "../ui/clock-pill.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";
import { inPlace, inSight, repeats } from "./cards.ts";
import { headline } from "./headline.ts";
import { useMedia } from "../inbox/use-size.ts";
import { useAttended } from "./use-attended.ts";
import { useCards } from "./use-cards.ts";
import styles from "./alarm-cards.module.css";

export type AlarmState = QueryOutput<"alarms.state">;
export type Ringing = AlarmState["ringing"][number];

export interface AlarmCardsProps {
  readonly state: AlarmState;
  /** Take the conversation, or open the place that rings. */
  readonly onTake: (ringing: Ringing) => void;
  readonly onSilence: () => void;
  readonly onDismiss: (ringing: Ringing) => void;
  /** Of a reminder: it comes again, on all devices, after so many minutes. */
  readonly onSnooze: (ringing: Ringing, minutes: number) => void;
}

const takeable: ReadonlySet<Ringing["kind"]> = new Set(["waiting", "escalation"]);

/**
 * Lower right, on every page, until somebody takes it. Two are drawn, in a low window one, and the rest is a number: the composer and the
 * header of the pane stay in sight.
 */
export function AlarmCards({ state, onTake, onSilence, onDismiss, onSnooze }: AlarmCardsProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [held, setHeld] = useState<readonly string[]>();
  const [attended, attend] = useAttended();
  const places = useMedia("(max-height: 680px)") ? 1 : 2;
  const cards = inPlace(inSight(useCards(state.ringing), places), held ?? []);
  if (cards.length === 0) return null;
  const drawn = all ? cards : cards.slice(0, places);
  const hidden = cards.length - drawn.length;
  if (attended !== (held !== undefined)) setHeld(attended ? drawn.map(({ id }) => id) : undefined);
  return (
    <section ref={attend} className={cx(styles.cards, all && styles.all)} aria-label={t("console.alarm.label")} data-region="alarms">
      {drawn.map((ringing, index) => (
        <AlarmCard
          key={ringing.id}
          ringing={ringing}
          state={state}
          first={index === 0}
          onTake={onTake}
          onSilence={onSilence}
          onDismiss={onDismiss}
          onSnooze={onSnooze}
        />
      ))}
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t("console.alarm.more", { count: hidden })}
        </button>
      )}
      {/* Each new card is said once, at once, and the others not again. */}
      <div className="vh" role="alert" aria-atomic="false">
        {drawn.map((ringing) => (
          <p key={ringing.id}>{headline(t, ringing)}</p>
        ))}
      </div>
    </section>
  );
}

function AlarmCard({
  ringing,
  state,
  first,
  onTake,
  onSilence,
  onDismiss,
  onSnooze,
}: AlarmCardsProps & { readonly ringing: Ringing; readonly first: boolean }) {
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  const title = useId();
  const take = takeable.has(ringing.kind);
  const within = useTenant(ringing.tenantId)?.answerWithin;
  const since = Date.parse(ringing.since);
  return (
    <div className={styles.card} role="group" aria-labelledby={title}>
      <div className={styles.head}>
        <Icon name={ringing.kind === "reminder" || ringing.kind === "missed" ? "clock" : "ring"} className={styles.ring} />
        <b id={title} className={cx("grow", styles.name)} lang={scriptLanguage(ringing.about.name)}>
          {ringing.kind === "waiting" ? ringing.about.name : headline(t, ringing)}
        </b>
        <TenantMark tenantId={ringing.tenantId} />
        {(take || ringing.kind === "message") && (
          <WaitPill since={since} targetMs={1000 * (within?.[take ? "firstSeconds" : "laterSeconds"] ?? 0)} />
        )}
      </div>
      {ringing.text !== "" && (
        <p className={styles.text} lang={scriptLanguage(ringing.text)}>
          {ringing.about.view !== "conversation" ? ringing.text : `“${ringing.text}”`}
        </p>
      )}
      <div className={styles.actions}>
        <Button kind="primary" keys={take && first ? keysOf("conversation.takeNext") : undefined} onClick={() => onTake(ringing)}>
          {take ? t("console.alarm.take") : t("console.alarm.open")}
        </Button>
        {ringing.kind === "reminder" || ringing.kind === "missed" ? (
          <>
            <Button icon="check" onClick={() => onDismiss(ringing)}>
              {t("console.alarm.done")}
            </Button>
            <Snooze onSnooze={(minutes) => onSnooze(ringing, minutes)} />
          </>
        ) : !repeats(ringing) ? (
          <Button onClick={() => onDismiss(ringing)}>{t("console.alarm.dismiss")}</Button>
        ) : (
          <Button onClick={onSilence}>{t("console.alarm.silence")}</Button>
        )}
        <span className="grow" />
        {repeats(ringing) && state.nextRingAt !== null && state.sound === "on" && !state.doNotDisturb && (
          <Again at={Date.parse(state.nextRingAt)} silentUntil={state.silentUntil === null ? 0 : Date.parse(state.silentUntil)} />
        )}
      </div>
    </div>
  );
}

function Snooze({ onSnooze }: { readonly onSnooze: (minutes: number) => void }) {
  const { t } = useTranslation();
  return (
    <Menu
      side="top"
      trigger={<Button icon="snooze">{t("tasks.snooze.label")}</Button>}
      entries={[
        { id: "10", label: t("tasks.snooze.minutes", { count: 10 }), run: () => onSnooze(10) },
        { id: "60", label: t("tasks.snooze.hours", { count: 1 }), run: () => onSnooze(60) },
        { id: "180", label: t("tasks.snooze.hours", { count: 3 }), run: () => onSnooze(180) },
        { id: "1440", label: t("tasks.snooze.hours", { count: 24 }), run: () => onSnooze(1440) },
      ]}
    />
  );
}

/** Counts down to the next ring; what is silent until later rings with the first beat after it. */
function Again({ at, silentUntil }: { readonly at: number; readonly silentUntil: number }) {
  const { t } = useTranslation();
  const now = useNow();
  const seconds = Math.ceil((Math.max(at, silentUntil) - now) / 1000);
  return seconds > 0 && <small className={styles.again}>{t("console.alarm.again", { seconds })}</small>;
}
