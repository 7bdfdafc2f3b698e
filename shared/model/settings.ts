/**
 * The settings of a tenant: typed documents, one a subject, each saved, versioned and taken back on its own. A document is checked
 * here before it is saved, by the same rules in the console and on the server.
 */
import { languages } from "../i18n/languages.ts";
import type { Language } from "../i18n/languages.ts";
import { readBranding } from "./branding.ts";
import type { Branding } from "./branding.ts";
import { isDate, isTime, weekdays } from "./dates.ts";
import { formatDomain, parseDomain } from "./domains.ts";
import type { DomainProblem } from "./domains.ts";
import type { EscalationRules } from "./escalation.ts";
import { assignmentWays } from "./followup-assignment.ts";
import { overlapping } from "./hours.ts";
import type { Interval, WorkingHours } from "./hours.ts";
import { readLabelRules } from "./label-rules.ts";
import type { LabelRule } from "./label-rules.ts";
import { limits } from "./limits.ts";
import { also, anyOf, check, distinct, flag, listOf, object, oneOf, orNull, text, textLike, whole } from "./reading.ts";
import type { Checked, FieldCode, Read } from "./reading.ts";
import { readMinutesBefore } from "./reminders.ts";
import { strategies } from "./routing.ts";
import type { RoutingRules } from "./routing.ts";
import { isZone } from "./zones.ts";

export interface DomainSettings {
  /** Where the widget may be loaded; see `domains.ts`. */
  entries: readonly string[];
}

export interface HoursSettings extends WorkingHours {
  automaticReply: { enabled: boolean; texts: Partial<Record<Language, string>> };
}

export interface ConversationSettings {
  /** Operators see what a visitor types before it is sent. The widget says so; nothing of it is stored. */
  typingPreview: boolean;
  queuePosition: boolean;
  /** A conversation without a word for so long is closed; null: never by itself. */
  idleCloseMinutes: number | null;
  /** A reply written offline is sent by itself only when it is not older than this. */
  replyExpiryMinutes: number;
  /** How often the alarm rings until somebody takes the conversation. */
  alarmRepeatSeconds: number;
  /** Targets of the wait clock: amber from 80 %, red past it. */
  firstAnswerSeconds: number;
  laterAnswerSeconds: number;
  /** System notifications show the text of a message, not only who wrote. */
  notificationText: boolean;
  /** An unseen conversation is told by e-mail, to one person, after so long; null: never. */
  emailUnseenMinutes: number | null;
}

export type QueueRules = RoutingRules & EscalationRules;

export interface RoutingSettings extends QueueRules {
  /** Conversations at once for operators who have no limit of their own. */
  capacity: number;
  /** Teams that do it another way. */
  teams: readonly (QueueRules & { teamId: string })[];
  /** Labels that a new conversation is given by itself, so that it finds whoever has the skill. */
  labelRules: readonly LabelRule[];
}

export const followupAssignments = ["off", ...assignmentWays] as const;

export interface WorkSettings {
  /** A follow-up that nobody completed is missed after this. */
  graceMinutes: number;
  /** Types beside call, e-mail, message and meeting. */
  followupTypes: readonly string[];
  /** Whether follow-ups without an assignee are given out, and how. */
  followupAssignment: (typeof followupAssignments)[number];
  /** Minutes before the due time, for people who have not chosen their own. */
  taskReminders: readonly number[];
  followupReminders: readonly number[];
}

export interface IdentitySettings {
  /** Every operation of the widget needs a visitor that the tenant's site has identified. */
  enforced: boolean;
}

export interface LanguageSettings {
  /** What speaks when nothing of the visitor's languages is offered. */
  first: Language;
  offered: readonly Language[];
}

/** How many days what is finished is kept; null: for ever. Afterwards the server deletes it. */
export interface RetentionSettings {
  /** Closed conversations, from when they were closed. */
  conversationDays: number | null;
  /** Tasks and follow-ups that are over, from when they ended. */
  workDays: number | null;
  /** Contacts of whom nothing else is left, from when they were last seen or changed. */
  contactDays: number | null;
}

export interface Settings {
  branding: Branding;
  domains: DomainSettings;
  hours: HoursSettings;
  conversations: ConversationSettings;
  routing: RoutingSettings;
  work: WorkSettings;
  identity: IdentitySettings;
  languages: LanguageSettings;
  retention: RetentionSettings;
}

export type SettingsKind = keyof Settings;

const minutesOrNull = (least: number, most: number) => orNull(whole({ least, most }));

const readInterval: Read<Interval> = also(
  object<Interval>({ from: textLike(isTime, "time"), to: textLike((to) => isTime(to) || to === "24:00", "time") }),
  ({ from, to }, at, report) => {
    if (from === to) report(`${at}.to`, "interval_order");
  },
);
const readIntervals: Read<Interval[]> = also(listOf(readInterval, { most: limits.intervalsPerDay }), (intervals, at, report) => {
  if (overlapping(intervals)) report(at, "interval_overlap");
});

const readHours: Read<HoursSettings> = object<HoursSettings>({
  zone: textLike(isZone, "zone"),
  always: flag,
  week: anyOf(
    weekdays.map((day) => String(day) as `${typeof day}`),
    readIntervals,
  ),
  holidays: distinct(
    listOf(object({ date: textLike(isDate, "date"), name: text({ most: limits.holidayName }), intervals: readIntervals }), {
      most: limits.holidays,
    }),
    (holiday) => holiday.date,
    "date",
  ),
  automaticReply: object({ enabled: flag, texts: anyOf(languages, text({ most: limits.automaticReply })) }),
});

const domainCode: Readonly<Record<DomainProblem, FieldCode>> = {
  empty: "domain_empty",
  too_long: "domain_not",
  not_a_domain: "domain_not",
  wildcard: "domain_wildcard",
  scheme: "domain_scheme",
};

/** Kept as it is compared, so that the same domain is not listed twice in two spellings. */
const readDomain: Read<string> = (value, at, report) => {
  if (typeof value !== "string") {
    report(at, "wrong_type");
    return "";
  }
  const parsed = parseDomain(value);
  if (parsed.ok) return formatDomain(parsed.domain);
  report(at, domainCode[parsed.problem]);
  return "";
};

const queueFields = {
  strategy: oneOf(strategies),
  preferLastOperator: flag,
  skillWaitSeconds: whole({ least: 0, most: 3_600 }),
  teamWaitSeconds: minutesOrNull(0, 3_600),
  answerWithinSeconds: minutesOrNull(30, 86_400),
  passOnTimes: whole({ least: 0, most: 10 }),
};

const daysOrNull = () => orNull(whole({ least: limits.retentionDaysLeast, most: limits.retentionDaysMost }));

const readers: { readonly [K in SettingsKind]: Read<Settings[K]> } = {
  branding: readBranding,
  domains: object<DomainSettings>({ entries: distinct(listOf(readDomain, { most: limits.domainsPerTenant }), (entry) => entry) }),
  hours: readHours,
  conversations: object<ConversationSettings>({
    typingPreview: flag,
    queuePosition: flag,
    idleCloseMinutes: minutesOrNull(5, 30 * 24 * 60),
    replyExpiryMinutes: whole({ least: 1, most: 24 * 60 }),
    alarmRepeatSeconds: whole({ least: 5, most: 60 }),
    firstAnswerSeconds: whole({ least: 10, most: 86_400 }),
    laterAnswerSeconds: whole({ least: 10, most: 86_400 }),
    notificationText: flag,
    emailUnseenMinutes: minutesOrNull(1, 24 * 60),
  }),
  routing: object<RoutingSettings>({
    ...queueFields,
    capacity: whole({ least: 1, most: 100 }),
    teams: distinct(
      listOf(object({ teamId: text({ least: 1, most: 64 }), ...queueFields }), { most: 200 }),
      (team) => team.teamId,
      "teamId",
    ),
    labelRules: readLabelRules,
  }),
  work: object<WorkSettings>({
    graceMinutes: whole({ least: 0, most: 24 * 60 }),
    followupTypes: distinct(listOf(text({ least: 1, most: limits.followupType }), { most: 30 }), (type) => type.toLowerCase()),
    followupAssignment: oneOf(followupAssignments),
    taskReminders: readMinutesBefore,
    followupReminders: readMinutesBefore,
  }),
  identity: object<IdentitySettings>({ enforced: flag }),
  languages: also(
    object<LanguageSettings>({
      first: oneOf(languages),
      offered: distinct(listOf(oneOf(languages), { least: 1, most: languages.length }), String),
    }),
    ({ first, offered }, at, report) => {
      if (!offered.includes(first)) report(at === "" ? "first" : `${at}.first`, "unknown_choice");
    },
  ),
  retention: object<RetentionSettings>({ conversationDays: daysOrNull(), workDays: daysOrNull(), contactDays: daysOrNull() }),
};

export const settingsKinds = Object.keys(readers) as SettingsKind[]; // the table above is the only source of kinds

export function isSettingsKind(value: string): value is SettingsKind {
  return Object.hasOwn(readers, value);
}

export function checkSettings<K extends SettingsKind>(kind: K, document: unknown): Checked<Settings[K]> {
  return check(readers[kind], document);
}

/**
 * A stored document as it counts today. A version that was saved before a field existed takes that field from the defaults; one that
 * breaks today's rules counts as the defaults whole, because half a document was never anybody's wish.
 */
export function completeSettings<K extends SettingsKind>(
  kind: K,
  stored: Readonly<Record<string, unknown>>,
  defaults: Settings[K],
): Settings[K] {
  const known = Object.fromEntries(Object.entries(stored).filter(([key]) => Object.hasOwn(defaults, key)));
  const checked = checkSettings(kind, { ...defaults, ...known });
  return checked.ok ? checked.value : defaults;
}

/** The rules that count for a team's queue. */
export function queueRulesFor(routing: RoutingSettings, teamId: string | null): QueueRules {
  return routing.teams.find((team) => team.teamId === teamId) ?? routing;
}
