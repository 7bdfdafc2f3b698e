/**
 * Makes what should ring heard: a sound that repeats until somebody takes it, a notification that stays, a badge that counts. It looks at
 * the rows after every change and at the clock, and never at where a change came from, so that an answer on any device silences all.
 */
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import type { EventPayload } from "../../bridge/index.ts";
import { isoOf } from "../clock.ts";
import type { Personal } from "../personal.ts";
import type { Ports } from "../ports.ts";
import { dueNow, nextDueAt } from "../reminders/due.ts";
import type { Session } from "../session/session.ts";
import { createTimer } from "../sync/back-off.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { About } from "./about.ts";
import { answerRing, type Answer } from "./answer.ts";
import { createAssigned } from "./assigned.ts";
import { createDueLine } from "./due-line.ts";
import { createNews } from "./news.ts";
import { createPutAway } from "./put-away.ts";
import { createQuiet } from "./quiet.ts";
import { reminderRings } from "./reminder-rings.ts";
import { createRinging } from "./ringing.ts";
import { conversationRings, noticeRings, withoutDoubles, type Ring } from "./rings.ts";
import { badgeOf, stateOf, type AlarmState } from "./state.ts";
import { createBeat } from "./telling/beat.ts";
import { createChosen } from "./telling/chosen.ts";
import { createEars } from "./telling/ears.ts";
import { soundOf } from "./telling/kinds.ts";
import { createNotifications } from "./telling/notifications.ts";
import { createSilence } from "./telling/silence.ts";

export interface Alarms {
  state(): AlarmState;
  /** Something of this tenant changed. */
  changed(tenant: Tenant, topics: ReadonlySet<string>): void;
  /** It is here or gone. */
  closed(tenantId: string): void;
  /** The computer woke, or its clock was set. */
  look(): void;
  viewing(conversations: readonly { tenantId: string; conversationId: string }[]): void;
  silence(minutes: number): void;
  answer(id: string, action: Answer["action"], minutes?: number): void;
  test(): void;
  soundUnlocked(): void;
  /** The first page is there. */
  pageHere(): void;
  pageGone(): void;
  stop(): void;
}

export interface AlarmsOptions {
  ports: Ports;
  session: Session;
  personal: Personal;
  tenants: () => readonly Tenant[];
  emit: <N extends "alarm.sound" | "session.goTo">(name: N, payload: EventPayload<N>) => void;
  touched: (topics: ReadonlySet<string>) => void;
}

const watched = [
  "conversation",
  "conversationEvent",
  "readMark",
  "notice",
  "reminder",
  "task",
  "followup",
  "member",
  "teamMember",
  "outbox",
  "presence",
  "settings",
  "preference",
];
const soonMs = 50;
const lookEveryMs = 60_000;
const quietAfterMs = 12 * 3_600_000;
const usualSnoozeMinutes = 10;

export function createAlarms({ ports, session, personal, tenants, emit, touched }: AlarmsOptions): Alarms {
  const { clock, shell } = ports;
  const tellPages = () => touched(new Set(["alarms"]));
  const language = () => session.account()?.language ?? "en";
  const changedTenants = new Set<string>();
  const soon = createTimer(clock);
  const nextLook = createTimer(clock);
  let viewed: ReadonlySet<string> = new Set();

  const ringing = createRinging(tenants);
  const assigned = createAssigned();
  const putAway = createPutAway();
  const news = createNews();
  const dueLine = createDueLine();
  const quiet = createQuiet();
  const chosen = createChosen(ringing, quiet);
  const silence = createSilence({ clock, personal, changed: tellPages });
  const ears = createEars({ clock, silence, play: (sound) => emit("alarm.sound", { sound }) });
  const beat = createBeat({ clock, ringing, chosen, sound: () => ears.sound("alarm"), changed: tellPages });
  const notifications = createNotifications({
    ports,
    ringing,
    chosen,
    silence,
    language,
    tenantName: (tenantId) => session.choices().find((one) => one.tenantId === tenantId)?.name ?? "",
    isWindowInFront: () => viewed.size > 0,
  });

  const isReadNow = (ring: Ring) => ring.kind === "message" && viewed.has(`${ring.tenantId}/${ring.about.id}`);

  function evaluate(tenant: Tenant): void {
    const now = tenant.now();
    const before = ringing.of(tenant.tenantId);
    const reader = { language: language(), zone: session.account()?.zone ?? "UTC" };
    const lineOf = (about: About) => dueLine(tenant, about, reader);
    const reminders = reminderRings(tenant, dueNow(tenant), reader.language, lineOf);
    const mine = [...conversationRings(tenant), ...assigned.rings(tenant, viewed), ...noticeRings(tenant, lineOf), ...reminders.rings];
    const current = new Map(
      withoutDoubles(mine)
        .filter((ring) => !putAway.has(ring, now) && now - ring.since <= quietAfterMs && !isReadNow(ring))
        .map((ring) => [ring.id, ring]),
    );
    ringing.set(tenant.tenantId, current);
    for (const id of before.keys()) if (!current.has(id)) fallSilent(id);
    const untold = news.among(tenant, current.values(), before, reminders.due);
    // In the pane that I am reading it makes only a soft tick.
    for (const ring of mine.filter(isReadNow)) if (news.isFirstHeard(ring, before) && !chosen.isHeld(ring)) ears.sound("message");
    tell(tenant, untold);
  }

  function tell(tenant: Tenant, untold: readonly Ring[]): void {
    for (const ring of untold) news.hold(ring, chosen.isHeld(ring));
    const now = untold.filter((ring) => !chosen.isHeld(ring));
    for (const sound of new Set(now.filter(chosen.sounds).map(({ kind }) => soundOf(kind)))) ears.sound(sound);
    if (now.length > 0 && !silence.isOn()) shell.flash();
    notifications.show(tenant, now);
  }

  function fallSilent(id: string): void {
    news.forget(id);
    notifications.clear(id);
  }

  function drop(tenantId: string): void {
    for (const id of ringing.of(tenantId).keys()) fallSilent(id);
    ringing.drop(tenantId);
  }

  function run(): void {
    const due = tenants().filter(({ tenantId }) => changedTenants.has(tenantId));
    changedTenants.clear();
    for (const tenant of due) {
      if (tenant.isLocked()) drop(tenant.tenantId);
      else {
        try {
          evaluate(tenant);
        } catch (error) {
          if (!tenant.health.noticed(error)) throw error;
        }
      }
    }
    shell.badge(badgeOf(tenants()));
    beat.keep();
    lookLater();
    tellPages();
  }

  const runSoon = () => {
    if (!soon.isSet()) soon.set(soonMs, run);
  };

  function look(): void {
    for (const { tenantId } of tenants()) changedTenants.add(tenantId);
    run();
  }

  /** Until the next reminder, and once a minute: a clock that is set, or a computer that slept, is noticed by then. */
  function lookLater(): void {
    const waits = tenants().flatMap((tenant) => {
      const at = tenant.isLocked() ? null : tenant.health.written(() => nextDueAt(tenant));
      return [at, quiet.until(tenant)].flatMap((one) => (one === null || one === undefined ? [] : [one - tenant.now()]));
    });
    nextLook.set(Math.max(0, Math.min(lookEveryMs, ...waits)), look);
  }

  return {
    state: () =>
      stateOf({
        tenants: tenants(),
        ringing,
        chosen,
        silence,
        quiet,
        language: language(),
        nextRingAt: beat.nextAt(),
        isSoundBlocked: shell.facts().host === "browser" && !ears.isUnlocked(),
      }),
    changed(tenant, topics) {
      if (!watched.some((topic) => topics.has(topic))) return;
      changedTenants.add(tenant.tenantId);
      runSoon();
    },
    closed(tenantId) {
      drop(tenantId);
      assigned.forget(tenantId);
      runSoon();
    },
    look,
    viewing(conversations) {
      viewed = new Set(conversations.map(({ tenantId, conversationId }) => `${tenantId}/${conversationId}`));
      look();
    },
    silence: silence.askFor,
    answer(id, action, minutes = usualSnoozeMinutes) {
      const goTo = (place: Omit<EventPayload<"session.goTo">, "at">) => emit("session.goTo", { ...place, at: isoOf(clock.now()) });
      answerRing({ ...ringing.find(id), action, minutes }, { putAway, assigned, goTo });
      look();
    },
    test() {
      const t = translateTo(language());
      // By hand, so also while it is quiet.
      emit("alarm.sound", { sound: "alarm" });
      shell.flash();
      shell.notify({ tag: "test", title: t("alarms.test.title"), body: t("alarms.test.body"), sticky: false });
    },
    soundUnlocked() {
      ears.unlock();
      tellPages();
    },
    pageHere() {
      const isLoud = () => ringing.all().some(chosen.isLoud);
      // What rings already is heard when there is somebody to hear it.
      if (isLoud()) beat.stop();
      ears.open((missed) => {
        const still = new Set(ringing.all().flatMap((ring) => (chosen.sounds(ring) ? [soundOf(ring.kind)] : [])));
        const loud = isLoud() ? (["alarm"] as const) : [];
        for (const sound of new Set([...missed.filter((one) => still.has(one)), ...loud])) ears.sound(sound);
        beat.keep();
      });
    },
    pageGone() {
      ears.close();
      viewed = new Set();
    },
    stop() {
      for (const timer of [soon, nextLook]) timer.clear();
      beat.stop();
      notifications.stop();
    },
  };
}
