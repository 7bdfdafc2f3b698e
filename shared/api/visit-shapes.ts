/** What the widget is shown: the allow-lists of the visitor side. A field that is not here never reaches a browser of a visitor. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { id, instant, language, text } from "./fields.ts";

/** The public name of a tenant's widget, the `data-tenant` of the snippet. Not a secret. */
export const tenantKey = () =>
  z
    .string()
    .max(64)
    .regex(/^[a-z0-9][a-z0-9_-]*$/iu);

const colour = z.string().regex(/^#[0-9a-f]{6}$/u);

/** One question of a form. `name`, `email`, `phone` and `company` fill the contact; other keys become its own fields. */
export const formField = z.object({
  key: z.string(),
  kind: z.enum(["text", "long-text", "email", "phone", "choice", "consent"]),
  /** Empty for `name`, `email`, `phone` and `company` when the widget's own word is meant. */
  label: z.string(),
  required: z.boolean(),
  choices: z.array(z.string()),
});
export type VisitFormField = z.output<typeof formField>;

/** Whether somebody answers now. The widget flips by itself at `changesAt`, so the configuration may be cached. */
export const visitHours = z.object({
  state: z.enum(["open", "closed"]),
  changesAt: instant().nullable(),
  zone: z.string(),
});

export const visitConfig = z.object({
  /** Changes with every publication of the settings; the socket event `config` carries the newest. */
  version: z.string(),
  tenant: z.object({ key: z.string(), name: z.string() }),
  /** The language that the texts are in: the asked one when the tenant or Switchboard speaks it, else the tenant's default. */
  language: language(),
  serverTime: instant(),
  look: z.object({
    colour,
    theme: z.enum(["light", "dark", "device"]),
    logoUrl: z.string().nullable(),
    position: z.enum(["left", "right"]),
    offsetSide: z.number().int(),
    offsetBottom: z.number().int(),
    launcherIcon: z.enum(["chat", "question", "hand"]),
    launcherLabel: z.string(),
    /** "Powered by Switchboard" in the footer. */
    productName: z.boolean(),
  }),
  /** Texts of the tenant; an empty one means that the widget's own language file speaks. */
  texts: z.object({
    title: z.string(),
    firstLine: z.string(),
    greeting: z.string(),
    away: z.string(),
    consent: z.string(),
  }),
  behaviour: z.object({
    /** Ask before the first message. */
    preChat: z.boolean(),
    /** Out of hours, or when nobody is there: take a message and a way to answer. */
    offlineForm: z.boolean(),
    queuePosition: z.boolean(),
    /** What is typed is shown to operators before it is sent; the widget must say so. */
    typingPreview: z.boolean(),
    /** Every operation needs an identified visitor: the host page must call `identify` with a signed token. */
    identityRequired: z.boolean(),
  }),
  preChatFields: z.array(formField),
  offlineFields: z.array(formField),
  hours: visitHours,
});
export type VisitConfig = z.output<typeof visitConfig>;

/** A message as a visitor sees it. Notes have no such form. */
export const visitMessage = z.object({
  id: id("message"),
  /** 1, 2, 3 … without a gap in what this visitor may see of the conversation: a hole means that something is missing. */
  number: z.number().int(),
  from: z.enum(["visitor", "team", "bot", "system"]),
  /** Who of the team, by the name that the tenant shows; null for the visitor. */
  name: z.string().nullable(),
  text: z.string(),
  at: instant(),
});
export type VisitMessage = z.output<typeof visitMessage>;

export const visitConversation = z.object({
  id: id("conversation"),
  status: z.enum(["open", "closed"]),
  startedAt: instant(),
  /** Number of the newest message. */
  lastNumber: z.number().int(),
  /** How far the team has read, for the visitor's ticks. */
  teamRead: z.number().int(),
  /** How far this visitor has read; `lastNumber - visitorRead` is unread when the newest are from the team. */
  visitorRead: z.number().int(),
  /** Newest team messages that the visitor has not read. */
  unread: z.number().int(),
  /** Who answers, once somebody does. */
  answeredBy: z.object({ name: z.string() }).nullable(),
});
export type VisitConversation = z.output<typeof visitConversation>;

export const visitPerson = z.object({
  id: id("visitor"),
  /** What was given, or null: the widget never shows the alias that operators see. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  verified: z.boolean(),
});
export type VisitPerson = z.output<typeof visitPerson>;

/** Whether somebody would answer, and where the visitor stands. */
export const visitTeam = z.object({
  state: z.enum(["online", "busy", "away", "closed"]),
  /** Place in the queue, 1 is next; null when the conversation does not wait or the tenant does not show it. */
  position: z.number().int().nullable(),
  /** How long the wait may be, from how long talks took lately; null when too little is known, or when it is more than an hour. */
  waitSeconds: z.number().int().nullable(),
});
export type VisitTeam = z.output<typeof visitTeam>;

/** Newest messages, oldest first. `earlier` says that the history goes on: ask with `before` = the first message's id. */
export const visitMessages = z.object({ messages: z.array(visitMessage), earlier: z.boolean() });

/** Where the visitor is. All of it is said by a browser and shown as such. */
export const visitPage = z.strictObject({
  url: z.url({ protocol: /^https?$/u }).max(limits.url),
  title: text(limits.pageTitle, 0).default(""),
});

export const visitDevice = z.strictObject({
  language: text(35, 0).default(""),
  zone: text(limits.zone, 0).default(""),
  screen: z.enum(["phone", "tablet", "desktop"]).default("desktop"),
});

/** Values that the host page or a form gives. Always kept as unverified, except those inside a signed identity. */
export const visitAttributes = z
  .record(z.string().min(1).max(limits.attributeName), z.union([text(limits.attributeValue, 0), z.number().finite(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= limits.attributesPerContact, "has too many fields");
