/**
 * What a new tenant starts with, by its kind of business: settings, canned replies, labels, hours, sample conversations. All of it is the tenant's own from
 * the first minute and can be changed or thrown away. The texts are in `i18n/templates`.
 */
import en from "../i18n/templates/en.json" with { type: "json" };
import ja from "../i18n/templates/ja.json" with { type: "json" };
import th from "../i18n/templates/th.json" with { type: "json" };
import { languages } from "../i18n/languages.ts";
import type { Language } from "../i18n/languages.ts";
import type { Branding, FormField, WidgetTexts } from "./branding.ts";
import { businessTypes, type BusinessType } from "./business-types.ts";
import { labelColours } from "./colours.ts";
import { formatDomain, parseDomain } from "./domains.ts";
import { defaultEscalationRules } from "./escalation.ts";
import { defaultFollowupReminders, defaultGraceMinutes } from "./followups.ts";
import { weekOf } from "./hours.ts";
import type { Interval } from "./hours.ts";
import type { Weekday } from "./dates.ts";
import { limits } from "./limits.ts";
import { defaultRoutingRules } from "./routing.ts";
import type { Settings } from "./settings.ts";
import { defaultTaskReminders } from "./tasks.ts";
import { truncate } from "./text.ts";

const words = { en, th, ja } as const satisfies Record<Language, typeof en>;

/** In a file of their own, so that a screen that only names them does not carry the texts above. */
export { businessTypes, type BusinessType };

type TemplateType = Exclude<BusinessType, "other">;
type ReplyKey = keyof typeof en.replies;
type LabelKey = keyof typeof en.labels;
type SampleKey = keyof typeof en.samples;

/** Short enough to type after the slash, the same in every language. */
const shortcuts: Readonly<Record<ReplyKey, string>> = {
  hello: "hello",
  moment: "moment",
  goodbye: "bye",
  delivery: "ship",
  order_status: "order",
  return: "return",
  quote: "quote",
  meeting: "meet",
  brief: "brief",
  appointment: "appt",
  first_visit: "first",
  call_back: "call",
  steps: "steps",
  plans: "plans",
  known_problem: "known",
};

const everyBusiness: readonly ReplyKey[] = ["hello", "moment", "goodbye"];

interface Template {
  replies: readonly ReplyKey[];
  labels: readonly LabelKey[];
  samples: readonly SampleKey[];
  days: readonly Weekday[];
  intervals: readonly Interval[];
  saturday: readonly Interval[];
  colour: string;
  /** What the form asks when nobody is there. */
  asks: "email" | "phone";
}

const allDay = (from: string, to: string): readonly Interval[] => [{ from, to }];

const templates: Readonly<Record<TemplateType, Template>> = {
  shop: {
    replies: ["delivery", "order_status", "return"],
    labels: ["order", "delivery", "return", "product", "complaint"],
    samples: ["shop_delivery", "shop_return"],
    days: [1, 2, 3, 4, 5],
    intervals: allDay("10:00", "19:00"),
    saturday: allDay("10:00", "17:00"),
    colour: "#0a6259",
    asks: "email",
  },
  agency: {
    replies: ["quote", "meeting", "brief"],
    labels: ["enquiry", "quote", "project", "invoice"],
    samples: ["agency_quote", "agency_meeting"],
    days: [1, 2, 3, 4, 5],
    intervals: allDay("09:00", "18:00"),
    saturday: [],
    colour: "#7a2c73",
    asks: "email",
  },
  clinic: {
    replies: ["appointment", "first_visit", "call_back"],
    labels: ["appointment", "prescription", "results", "insurance", "urgent"],
    samples: ["clinic_appointment", "clinic_results"],
    days: [1, 2, 3, 4, 5],
    intervals: [...allDay("08:00", "12:00"), ...allDay("13:00", "17:00")],
    saturday: allDay("08:00", "12:00"),
    colour: "#2c4a73",
    asks: "phone",
  },
  software: {
    replies: ["steps", "plans", "known_problem"],
    labels: ["bug", "how_to", "billing", "feature", "urgent"],
    samples: ["software_bug", "software_plan"],
    days: [1, 2, 3, 4, 5],
    intervals: allDay("09:00", "18:00"),
    saturday: [],
    colour: "#3355d1",
    asks: "email",
  },
};

const templateOf = (type: BusinessType) => (type === "other" ? null : templates[type]);

export interface NewBusiness {
  name: string;
  /** The site that was given at sign-up; it may load the widget from the start. */
  site: string;
  type: BusinessType;
  language: Language;
  zone: string;
}

export function defaultSettings(business: NewBusiness): Settings {
  const { type, language, zone } = business;
  const template = templateOf(type) ?? templates.shop;
  const site = parseDomain(business.site);
  return {
    branding: brandingFor(business, template),
    domains: { entries: site.ok ? [formatDomain(site.domain)] : [] },
    hours: {
      zone,
      always: false,
      week: { ...weekOf(template.days, template.intervals), ...(template.saturday.length > 0 ? { 6: template.saturday } : {}) },
      holidays: [],
      automaticReply: { enabled: type !== "other", texts: type === "other" ? {} : inEach((each) => each.texts[type].automatic_reply) },
    },
    conversations: {
      typingPreview: false,
      queuePosition: true,
      idleCloseMinutes: null,
      replyExpiryMinutes: 10,
      alarmRepeatSeconds: 15,
      firstAnswerSeconds: 60,
      laterAnswerSeconds: 300,
      notificationText: false,
      emailUnseenMinutes: 15,
    },
    routing: { ...defaultRoutingRules, ...defaultEscalationRules, capacity: 8, teams: [], labelRules: [] },
    work: {
      graceMinutes: defaultGraceMinutes,
      followupTypes: [],
      followupAssignment: "off",
      taskReminders: [...defaultTaskReminders],
      followupReminders: [...defaultFollowupReminders],
    },
    identity: { enforced: false },
    languages: { first: language, offered: [...languages] },
    // Nothing is deleted that nobody has decided on.
    retention: { conversationDays: null, workDays: null, contactDays: null },
  };
}

function brandingFor({ name, type }: NewBusiness, template: Template): Branding {
  const title = truncate(name.trim(), limits.widgetTitle);
  const texts = (language: Language): WidgetTexts => ({
    title,
    firstLine: type === "other" ? "" : words[language].texts[type].first_line,
    greeting: "",
    away: type === "other" ? "" : words[language].texts[type].away,
    launcherLabel: "",
    consent: "",
  });
  const field = (key: "name" | "email" | "phone", required: boolean): FormField => ({
    key,
    kind: key === "name" ? "text" : key,
    label: {},
    required,
    choices: [],
  });
  return {
    colour: template.colour,
    theme: "device",
    logoId: null,
    position: "right",
    offsetSide: 24,
    offsetBottom: 24,
    launcherIcon: "chat",
    productName: true,
    texts: Object.fromEntries(languages.map((language) => [language, texts(language)])) as Record<Language, WidgetTexts>, // one for each
    preChat: { enabled: false, fields: [field("name", false), field("email", false)] },
    offlineFields: [field("name", true), field(template.asks, true)],
  };
}

/** A text of the templates in every language. */
function inEach(pick: (words: typeof en) => string): Record<Language, string> {
  return Object.fromEntries(languages.map((language) => [language, pick(words[language])])) as Record<Language, string>; // one for each
}

export interface StarterReply {
  shortcut: string;
  title: string;
  text: string;
}

/** Canned replies in the tenant's language. */
export function starterReplies(type: BusinessType, language: Language): StarterReply[] {
  const keys = [...everyBusiness, ...(templateOf(type)?.replies ?? [])];
  return keys.map((key) => ({ shortcut: shortcuts[key], ...words[language].replies[key] }));
}

/** Labels in the tenant's language, each of another colour. */
export function starterLabels(type: BusinessType, language: Language): { name: string; colour: string }[] {
  return (templateOf(type)?.labels ?? []).map((key, index) => ({
    name: words[language].labels[key],
    colour: labelColours[index % labelColours.length] ?? labelColours[0],
  }));
}

/** What a visitor asked, what the team noted and what it answered, in this order. */
export type SampleConversation = (typeof en.samples)[SampleKey];

/** Conversations to look at before the first visitor writes, in the tenant's language; the one that explains itself comes first. */
export function sampleConversations(type: BusinessType, language: Language): SampleConversation[] {
  const keys: readonly SampleKey[] = ["every", ...(templateOf(type)?.samples ?? [])];
  return keys.map((key) => words[language].samples[key]);
}
