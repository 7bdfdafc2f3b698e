/**
 * Makes what should ring heard: a sound that repeats until somebody takes it, a notification that stays, a badge that counts. It looks at
 * the rows after every change and at the clock, and never at where a change came from, so that an answer on any device silences all.
 */
import type { z } from "zod";
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import type { EventPayload } from "../../bridge/index.ts";
import type { alarmState } from "../../bridge/alarms.ts";
import { isoOf } from "../clock.ts";
import type { Personal } from "../personal.ts";
import type { Ports } from "../ports.ts";
import { Refusal } from "../refusal.ts";
import { dueNow, nextDueAt, showDue, type Due } from "../reminders/due.ts";
import type { Session } from "../session/session.ts";
import { done } from "../store/reminder-list.ts";
import { createTimer } from "../sync/back-off.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { authorOf, isSameAbout, nameOf, type About } from "./about.ts";
import { alarmRuleOf, isColleaguesWord, strongestReasons } from "@switchboard/shared/model/alarm-rules.ts";
import { createQuiet } from "./quiet.ts";
import { createAssigned } from "./assigned.ts";
import { createDueLine } from "./due-line.ts";
import { reminderRings, type ReminderRing } from "./reminder-rings.ts";
import { conversationRings, needsMe, noticeRings, withoutDoubles, type AlarmKind, type Ring } from "./rings.ts";

type State = z.output<typeof alarmState>;
type Sound = EventPayload<"alarm.sound">["sound"];

export interface Alarms {
  state(): State;
  /** Something of this tenant changed. */
  changed(tenant: Tenant, topics: ReadonlySet<string>): void;
  /** It is here or gone. */
  closed(tenantId: string): void;
  /** The computer woke, or its clock was set. */
  look(): void;
  viewing(conversations: readonly { tenantId: string; conversationId: string }[]): void;
  silence(minutes: number): void;
  answer(id: string, action: "done" | "snooze" | "open" | "dismiss", minutes?: number): void;
  test(): void;
  soundUnlocked(): void;
  /** The first page is there. */
  pageHere(): void;
  /** Nobody looks any more: the next page has to ask for its click again. */
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

/** A person waits behind these. Work that was given to me is said once and stays on screen. */
const repeating: ReadonlySet<AlarmKind> = new Set(["waiting", "assigned", "escalation"]);
const isRepeating = (ring: Ring) => repeating.has(ring.kind) && ring.about.view === "conversation";
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
/** A person who sees the window needs no second sign so soon. */
const unseenMs = 10_000;
const quietAfterMs = 12 * 3_600_000;
const mostNotifications = 3;
/** Until a page has opened its ears. */
const pageMs = 1_000;
const usualSnoozeMinutes = 10;

const isReminder = (ring: Ring): ring is ReminderRing => "due" in ring;

const soundOf = (kind: AlarmKind): Sound =>
  kind === "reminder" || kind === "missed"
    ? "reminder"
    : kind === "message" || kind === "mention" || kind === "comment"
      ? "message"
      : "alarm";

export function createAlarms({ ports, session, personal, tenants, emit, touched }: AlarmsOptions): Alarms {
  const { clock, shell } = ports;
  const rings = new Map<string, Map<string, Ring>>();
  const hidden = new Map<string, { mark: string; until: number | null }>();
  const later = new Map<string, () => void>();
  const changedTenants = new Set<string>();
  const assigned = createAssigned();
  const soon = createTimer(clock);
  const repeat = createTimer(clock);
  const nextLook = createTimer(clock);
  let viewed = new Set<string>();
  let silentUntil: number | null = null;
  let unlocked = false;
  let isPageHere = false;
  let hasEars = false;
  /** What sounded while no page was there to play it. */
  const unheard = new Set<Sound>();

  const language = () => session.account()?.language ?? "en";
  const all = () => [...rings.values()].flatMap((mine) => [...mine.values()]);
  const isViewed = (ring: Ring) => viewed.has(`${ring.tenantId}/${ring.about.id}`);
  const mustNotDisturb = () => personal.get("doNotDisturb") === true;
  const isSilent = () => mustNotDisturb() || (silentUntil !== null && clock.now() < silentUntil);
  const tenantOf = (tenantId: string) => tenants().find((one) => one.tenantId === tenantId);
  const quiet = createQuiet();
  const dueLine = createDueLine();
  const isHeld = (ring: Ring) => {
    const tenant = tenantOf(ring.tenantId);
    return tenant !== undefined && quiet.holds(tenant, ring);
  };
  /** Came in quiet hours: told when these are over, if it is still true. */
  const held = new Set<string>();
  /** As the person chose in Settings for this kind. */
  const ruleOf = ({ tenantId, kind }: Ring) => {
    const tenant = tenantOf(tenantId);
    return alarmRuleOf(tenant?.store.cache.get("preference", tenant.memberId)?.values ?? {}, kind);
  };
  /** What the system tells of: each visitor once, by the strongest of the reasons that the person wants to be told. */
  const toldBySystem = (tenantId: string) =>
    new Set(strongestReasons([...(rings.get(tenantId)?.values() ?? [])].filter((ring) => ruleOf(ring).system)).map(({ id }) => id));
  const isLoud = (ring: Ring) => isRepeating(ring) && ruleOf(ring).sound && !isHeld(ring);
  const sound = (name: Sound) => {
    if (isSilent()) return;
    if (hasEars) emit("alarm.sound", { sound: name });
    else unheard.add(name);
  };

  function evaluate(tenant: Tenant): void {
    const now = tenant.now();
    const before = rings.get(tenant.tenantId) ?? new Map<string, Ring>();
    const reader = { language: language(), zone: session.account()?.zone ?? "UTC" };
    const lineOf = (about: About) => dueLine(tenant, about, reader);
    const reminders = reminderRings(tenant, dueNow(tenant), reader.language, lineOf);
    const mine = [...conversationRings(tenant), ...assigned.rings(tenant, viewed), ...noticeRings(tenant, lineOf), ...reminders.rings];
    const current = new Map(
      withoutDoubles(mine)
        .filter((ring) => !isHidden(ring, now) && now - ring.since <= quietAfterMs && !(ring.kind === "message" && isViewed(ring)))
        .map((ring) => [ring.id, ring]),
    );
    rings.set(tenant.tenantId, current);
    for (const id of before.keys()) if (!current.has(id)) fallSilent(id);
    // Of reminders only those are news that were never shown here; of everything else, what has another mark than before.
    const fresh = new Set<Due>();
    showDue(tenant, reminders.due, (shown) => {
      for (const { due, stale } of shown) {
        if (!stale) fresh.add(due);
        if (due.reminderId !== null && due.firedAt === null) report(tenant, due.reminderId, now);
      }
    });
    // Whoever takes what waited has heard of its last message.
    const heard = ({ id, kind, mark, about }: Ring) =>
      before.get(id)?.mark === mark || (kind === "message" && before.get(`waiting/${about.id}`)?.mark === mark);
    const isNews = (ring: Ring) => (isReminder(ring) ? ring.due.some((due) => fresh.has(due)) : !heard(ring));
    for (const ring of mine) {
      if (ring.kind !== "message" || !isViewed(ring)) continue;
      if (heard(ring)) ticked.set(ring.id, ring.mark);
      else tick(ring);
    }
    tell(
      tenant,
      [...current.values()].filter((ring) => isNews(ring) || held.has(ring.id)),
    );
  }

  function report(tenant: Tenant, reminderId: string, now: number): void {
    try {
      tenant.mutate("reportReminder", { reminderId, firedAt: isoOf(now) });
    } catch (error) {
      // It rings in any case; without the report the server sends a mail as well.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  const ticked = new Map<string, string>();
  /** A message in the pane that I am reading. */
  function tick(ring: Ring): void {
    if (ticked.get(ring.id) === ring.mark) return;
    ticked.set(ring.id, ring.mark);
    if (!isHeld(ring)) sound("message");
  }

  function isHidden(ring: Ring, now: number): boolean {
    const one = hidden.get(ring.id);
    if (one === undefined) return false;
    if (one.until !== null ? now < one.until : one.mark === ring.mark) return true;
    hidden.delete(ring.id);
    return false;
  }

  function tell(tenant: Tenant, all: readonly Ring[]): void {
    for (const ring of all) if (isHeld(ring)) held.add(ring.id);
    const news = all.filter((ring) => !isHeld(ring));
    for (const ring of news) held.delete(ring.id);
    for (const kind of new Set(news.filter((ring) => ruleOf(ring).sound).map((ring) => soundOf(ring.kind)))) sound(kind);
    if (news.length > 0 && !isSilent()) shell.flash();
    const told = toldBySystem(tenant.tenantId);
    for (const ring of news.filter(({ id }) => told.has(id)).slice(0, mostNotifications)) notifySoon(tenant, ring);
  }

  function notifySoon(tenant: Tenant, ring: Ring): void {
    later.get(ring.id)?.();
    const show = () => {
      later.delete(ring.id);
      const mine = rings.get(ring.tenantId);
      const told = toldBySystem(ring.tenantId);
      if (!told.has(ring.id) || mine?.get(ring.id)?.mark !== ring.mark || isSilent() || isHeld(ring)) return;
      for (const weaker of mine.values()) if (isSameAbout(weaker.about, ring.about) && !told.has(weaker.id)) shell.clear(weaker.id);
      const { title, body } = words(tenant, ring);
      shell.notify({ tag: ring.id, title, body, sticky: repeating.has(ring.kind) || ring.kind === "reminder" || ring.kind === "missed" });
    };
    if (viewed.size === 0) show();
    else later.set(ring.id, clock.after(unseenMs, show));
  }

  function words(tenant: Tenant, ring: Ring): { title: string; body: string } {
    const t = translateTo(language());
    const count = isReminder(ring) ? ring.due.length : 1;
    const place = session.choices().find(({ tenantId }) => tenantId === ring.tenantId)?.name ?? "";
    const name = nameOf(tenant, ring.about, language());
    const by = authorOf(tenant, ring.byId);
    const title =
      count > 1
        ? t("alarms.reminders", { count })
        : by !== null && isColleaguesWord(ring.kind)
          ? t(`alarms.by.${ring.kind}`, { by, name })
          : t(`alarms.title.${ring.kind}`, { name });
    const text = tenant.settings().notificationText ? ring.text : "";
    return { title, body: [place, text].filter((line) => line !== "").join("\n") };
  }

  function fallSilent(id: string): void {
    later.get(id)?.();
    later.delete(id);
    held.delete(id);
    shell.clear(id);
  }

  /** One beat for everything that rings, at the pace of the tenant that rings fastest. */
  function beat(): void {
    const loud = all().filter(isLoud);
    if (loud.length === 0) return repeat.clear();
    const ms = 1_000 * Math.min(...loud.map(({ tenantId }) => tenantOf(tenantId)?.settings().alarmRepeatSeconds ?? 15));
    // A tenant that rings faster, or whose pace was heard of only now, does not wait for the slower beat.
    if (repeat.isSet() && (repeat.dueAt() ?? 0) - clock.now() <= ms) return;
    repeat.set(ms, () => {
      if (all().some(isLoud)) sound("alarm");
      beat();
      touched(new Set(["alarms"]));
    });
  }

  function run(): void {
    const due = tenants().filter(({ tenantId }) => changedTenants.has(tenantId));
    changedTenants.clear();
    for (const tenant of due) {
      if (tenant.isLocked()) {
        for (const id of rings.get(tenant.tenantId)?.keys() ?? []) fallSilent(id);
        rings.delete(tenant.tenantId);
        continue;
      }
      try {
        evaluate(tenant);
      } catch (error) {
        if (!tenant.health.noticed(error)) throw error;
      }
    }
    shell.badge(badge());
    beat();
    lookLater();
    touched(new Set(["alarms"]));
  }

  const badge = () =>
    tenants()
      .filter((tenant) => !tenant.isLocked())
      .reduce((sum, tenant) => sum + (tenant.health.written(() => needsMe(tenant)) ?? 0), 0);

  /** Until the next reminder, and once a minute: a clock that is set, or a computer that slept, is noticed by then. */
  function lookLater(): void {
    const waits = tenants().flatMap((tenant) => {
      const at = tenant.isLocked() ? null : tenant.health.written(() => nextDueAt(tenant));
      return [at, quiet.until(tenant)].flatMap((one) => (one === null || one === undefined ? [] : [one - tenant.now()]));
    });
    nextLook.set(Math.max(0, Math.min(lookEveryMs, ...waits)), look);
  }

  /** When it is quiet in every tenant: until the first of them is not. */
  function quietEverywhere(): string | null {
    const ends = tenants()
      .filter((tenant) => !tenant.isLocked())
      .map((tenant) => quiet.until(tenant));
    const until = ends.flatMap((end) => end ?? []);
    return until.length === 0 || until.length < ends.length ? null : isoOf(Math.min(...until));
  }

  function look(): void {
    for (const { tenantId } of tenants()) changedTenants.add(tenantId);
    run();
  }

  function ringsWith(id: string): { tenant: Tenant; ring: Ring } {
    for (const [tenantId, mine] of rings) {
      const ring = mine.get(id);
      const tenant = tenantOf(tenantId);
      if (ring && tenant) return { tenant, ring };
    }
    throw new Refusal("unknown", "This does not ring any more.");
  }

  function hide(ring: Ring, until: number | null): void {
    hidden.set(ring.id, { mark: ring.mark, until });
  }

  function answerReminder(tenant: Tenant, ring: ReminderRing, action: "done" | "snooze", minutes: number): void {
    const until = isoOf(tenant.now() + minutes * 60_000);
    for (const due of ring.due) {
      if (due.reminderId === null) {
        // The server does not know of it yet: here it is over, or comes again.
        if (action === "done") tenant.health.written(() => done(tenant.store.cacheFile, due));
      } else if (action === "done") tenant.mutate("doneReminder", { reminderId: due.reminderId });
      else tenant.mutate("snoozeReminder", { reminderId: due.reminderId, until });
    }
    if (action === "snooze") hide(ring, tenant.now() + minutes * 60_000);
  }

  return {
    state() {
      const now = clock.now();
      const nextRingAt = repeat.dueAt();
      const doNotDisturb = mustNotDisturb();
      const told = new Set([...rings.keys()].flatMap((tenantId) => [...toldBySystem(tenantId)]));
      return {
        ringing: all()
          .toSorted((a, b) => a.since - b.since)
          .flatMap((ring) => {
            const tenant = tenantOf(ring.tenantId);
            if (!tenant) return [];
            const { id, kind, tenantId, about, since, text } = ring;
            const name = isReminder(ring) ? ring.title : nameOf(tenant, about, language());
            const by = authorOf(tenant, ring.byId);
            return [{ id, kind, tenantId, about: { ...about, name }, since: isoOf(since), text, by, system: told.has(id) }];
          }),
        badge: badge(),
        doNotDisturb,
        silentUntil: silentUntil !== null && now < silentUntil ? isoOf(silentUntil) : quietEverywhere(),
        nextRingAt: nextRingAt === null ? null : isoOf(nextRingAt),
        repeatSeconds: Math.min(60, ...tenants().map((tenant) => tenant.settings().alarmRepeatSeconds)),
        sound: doNotDisturb ? "off" : shell.facts().host === "browser" && !unlocked ? "blocked" : "on",
      };
    },
    changed(tenant, topics) {
      if (!watched.some((topic) => topics.has(topic))) return;
      changedTenants.add(tenant.tenantId);
      if (!soon.isSet()) soon.set(soonMs, run);
    },
    closed(tenantId) {
      for (const id of rings.get(tenantId)?.keys() ?? []) fallSilent(id);
      rings.delete(tenantId);
      assigned.forget(tenantId);
      if (!soon.isSet()) soon.set(soonMs, run);
    },
    look,
    viewing(conversations) {
      viewed = new Set(conversations.map(({ tenantId, conversationId }) => `${tenantId}/${conversationId}`));
      look();
    },
    silence(minutes) {
      silentUntil = clock.now() + minutes * 60_000;
      clock.after(minutes * 60_000, () => touched(new Set(["alarms"])));
      touched(new Set(["alarms"]));
    },
    answer(id, action, minutes = usualSnoozeMinutes) {
      const { tenant, ring } = ringsWith(id);
      const { about, tenantId } = ring;
      // One card for several leads to the page on which all of them stand.
      const several = isReminder(ring) && ring.due.length > 1;
      if (action === "open") emit("session.goTo", { tenantId, view: about.view, id: several ? null : about.id, at: isoOf(clock.now()) });
      if (isReminder(ring)) answerReminder(tenant, ring, action === "snooze" ? "snooze" : "done", minutes);
      else if (action === "snooze") hide(ring, tenant.now() + minutes * 60_000);
      else if (ring.noticeId !== null) tenant.mutate("dismissNotice", { noticeId: ring.noticeId });
      else if (ring.kind === "assigned") assigned.seen(tenantId, about.id);
      // A waiting visitor cannot be put away, only taken: it comes back with the next beat but one.
      else if (action !== "open") hide(ring, ring.kind === "waiting" || ring.kind === "escalation" ? tenant.now() + 60_000 : null);
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
      unlocked = true;
      touched(new Set(["alarms"]));
    },
    pageHere() {
      // What rings already is heard when there is somebody to hear it.
      if (all().some(isLoud)) repeat.clear();
      isPageHere = true;
      clock.after(pageMs, () => {
        if (!isPageHere) return;
        hasEars = true;
        const stillRinging = new Set(all().flatMap((ring) => (ruleOf(ring).sound ? [soundOf(ring.kind)] : [])));
        const missed = [...unheard].filter((name) => stillRinging.has(name));
        unheard.clear();
        for (const name of new Set([...missed, ...(all().some(isLoud) ? (["alarm"] as const) : [])])) sound(name);
        beat();
      });
    },
    pageGone() {
      isPageHere = false;
      hasEars = false;
      unlocked = false;
      viewed = new Set();
    },
    stop() {
      for (const timer of [soon, repeat, nextLook]) timer.clear();
      for (const cancel of later.values()) cancel();
    },
  };
}
