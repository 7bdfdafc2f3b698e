/**
 * How a tenant's widget looks and speaks. Only data: the widget computes from the one colour what it writes on it (`colours.ts`), so
 * that every choice stays readable.
 */
import { languages } from "../i18n/languages.ts";
import type { Language } from "../i18n/languages.ts";
import { contrast, shadeAgainst, textOn } from "./colours.ts";
import { initialOf } from "./initials.ts";
import { limits } from "./limits.ts";
import { also, anyOf, distinct, flag, listOf, object, oneOf, orNull, text, textLike, whole } from "./reading.ts";
import type { Read } from "./reading.ts";
import { graphemes } from "./text.ts";

export const themes = ["light", "dark", "device"] as const;
export type Theme = (typeof themes)[number];

export const launcherIcons = ["chat", "question", "hand"] as const;
export type LauncherIcon = (typeof launcherIcons)[number];

/** What a visitor reads, in one language. An empty text means that the widget's own sentence speaks. */
export interface WidgetTexts {
  title: string;
  firstLine: string;
  /** Beside the launcher, closable; empty for none. */
  greeting: string;
  away: string;
  launcherLabel: string;
  /** Asked for before the first message; empty for no question. */
  consent: string;
}

export const formFieldKinds = ["text", "long-text", "email", "phone", "choice", "consent"] as const;
export type FormFieldKind = (typeof formFieldKinds)[number];

export interface FormField {
  /** `name`, `email`, `phone` and `company` fill the contact; any other is a field of the tenant's own. */
  key: string;
  kind: FormFieldKind;
  label: Partial<Record<Language, string>>;
  required: boolean;
  /** For `choice`: the same in every language. */
  choices: readonly string[];
}

export interface Branding {
  colour: string;
  theme: Theme;
  /** A file of the tenant, not an address. */
  logoId: string | null;
  position: "left" | "right";
  offsetSide: number;
  offsetBottom: number;
  launcherIcon: LauncherIcon;
  /** "Powered by Switchboard" in the footer. */
  productName: boolean;
  texts: Partial<Record<Language, WidgetTexts>>;
  preChat: { enabled: boolean; fields: readonly FormField[] };
  /** Asked when nobody is available. One of e-mail and phone must be among them, else nobody could answer. */
  offlineFields: readonly FormField[];
}

export function isColour(value: string): boolean {
  return /^#[0-9a-f]{6}$/u.test(value);
}

const kindOfKey: Readonly<Record<string, FormFieldKind>> = { name: "text", email: "email", phone: "phone", company: "text" };

const readField: Read<FormField> = also(
  object<FormField>({
    key: textLike((key) => /^[a-z][a-z0-9_]{0,39}$/u.test(key), "wrong_type"),
    kind: oneOf(formFieldKinds),
    label: anyOf(languages, text({ least: 1, most: limits.formLabel })),
    required: flag,
    choices: distinct(listOf(text({ least: 1, most: limits.formLabel }), { most: limits.formChoices }), (choice) => choice),
  }),
  (field, at, report) => {
    if (field.kind === "choice" && field.choices.length < 2) report(`${at}.choices`, "too_few", { count: 2 });
    if (field.kind !== "choice" && field.choices.length > 0) report(`${at}.choices`, "too_many", { count: 0 });
    const kind = Object.hasOwn(kindOfKey, field.key) ? kindOfKey[field.key] : undefined;
    if (kind !== undefined && kind !== field.kind) report(`${at}.kind`, "unknown_choice");
    // The widget knows what name, e-mail, phone and company are called; other fields need a name of their own.
    if (kind === undefined && Object.keys(field.label).length === 0) report(`${at}.label`, "required");
  },
);

const readFields: Read<FormField[]> = distinct(listOf(readField, { most: limits.formFields }), (field) => field.key, "key");

const readTexts = object<WidgetTexts>({
  title: text({ most: limits.widgetTitle }),
  firstLine: text({ most: limits.widgetFirstLine }),
  greeting: text({ most: limits.widgetFirstLine }),
  away: text({ most: limits.widgetAway }),
  launcherLabel: text({ most: limits.widgetTitle }),
  consent: text({ most: limits.widgetConsent }),
});

export const readBranding: Read<Branding> = object<Branding>({
  colour: textLike(isColour, "color"),
  theme: oneOf(themes),
  logoId: orNull(text({ least: 1, most: 64 })),
  position: oneOf(["left", "right"]),
  offsetSide: whole({ least: 0, most: 120 }),
  offsetBottom: whole({ least: 0, most: 200 }),
  launcherIcon: oneOf(launcherIcons),
  productName: flag,
  texts: anyOf(languages, readTexts),
  preChat: object({ enabled: flag, fields: readFields }),
  offlineFields: also(readFields, (fields, at, report) => {
    // An own question for an address is an answer among others: nobody writes to it.
    if (!fields.some(({ key }) => key === "email" || key === "phone")) report(at, "required");
  }),
});

/** What the settings page says about a colour: how it reads on itself and on the chat's ground, and the shade that is used instead. */
export function judgeColour(
  colour: string,
  ground: string,
): { textColour: string; textContrast: number; shade: string; adjusted: boolean } {
  const textColour = textOn(colour);
  const shade = shadeAgainst(ground, colour);
  return { textColour, textContrast: Math.round(contrast(colour, textColour) * 10) / 10, shade, adjusted: shade !== colour };
}

/** How many texts of a language are not written yet, for the count on its tab. */
export function missingTexts(branding: Pick<Branding, "texts">, language: Language, original: Language): number {
  const own = branding.texts[language];
  const written = branding.texts[original];
  return Object.entries(written ?? {}).filter(([key, value]) => value !== "" && (own?.[key as keyof WidgetTexts] ?? "") === "").length;
}

/** What a reader of this language sees: the own text, else the one of the tenant's first language; empty ones are the widget's to say. */
export function textsFor(branding: Pick<Branding, "texts">, language: Language, original: Language): WidgetTexts {
  const own = branding.texts[language];
  const first = branding.texts[original];
  // A name is a name in every language; a sentence in the wrong one would be worse than the widget's own. Consent is asked of all, or of
  // nobody: without it nothing begins.
  const consent = Object.values(branding.texts).find((texts) => texts.consent !== "")?.consent ?? "";
  const empty: WidgetTexts = { title: "", firstLine: "", greeting: "", away: "", launcherLabel: "", consent: "" };
  return { ...empty, ...own, title: own?.title || first?.title || "", consent: own?.consent || first?.consent || consent };
}

/** Tenant tags take these in order, and begin again after the last; `--ten-<name>` in the design tokens. */
export const tenantColours = ["teal", "rust", "plum", "steel", "olive", "rose", "bronze", "slate"] as const;
export type TenantColour = (typeof tenantColours)[number];

export function tenantColour(index: number): TenantColour {
  return tenantColours[((index % tenantColours.length) + tenantColours.length) % tenantColours.length] ?? "slate";
}

/** Two letters for the tag of a tenant: those of the first two words, or the first two of one word. */
export function tenantTag(name: string): string {
  const words = name.split(/[\s\p{P}]+/u).filter((word) => word !== "");
  if (words.length > 1) return words.slice(0, 2).map(initialOf).join("");
  const letters = graphemes(words[0] ?? "");
  return [letters[0] ?? "", letters[1] ?? ""].join("").toUpperCase();
}
