/**
 * What a widget is told, from the tenant's settings: the server answers it to browsers, and the console shows a draft by it. Only what
 * a visitor may see; one language, and hours only as "open or not, until when".
 */
import type { Language } from "../i18n/languages.ts";
import { textsFor, type FormField } from "./branding.ts";
import { createHours } from "./hours.ts";
import type { Settings } from "./settings.ts";

export type WidgetSettings = Pick<Settings, "branding" | "hours" | "conversations" | "identity" | "languages">;

export interface WidgetConfigInput {
  tenant: { key: string; name: string };
  settings: WidgetSettings;
  language: Language;
  now: number;
  version: string;
  logoUrl: string | null;
}

export function widgetConfig({ tenant, settings, language, now, version, logoUrl }: WidgetConfigInput) {
  const { branding, conversations, identity, languages } = settings;
  const { first } = languages;
  const texts = textsFor(branding, language, first);
  const hours = createHours(settings.hours);
  const changesAt = hours.nextChange(now);
  const field = (one: FormField) => ({
    key: one.key,
    kind: one.kind,
    label: one.label[language] ?? one.label[first] ?? "",
    required: one.required,
    choices: [...one.choices],
  });
  return {
    version,
    tenant,
    language,
    serverTime: new Date(now).toISOString(),
    look: {
      colour: branding.colour,
      theme: branding.theme,
      logoUrl,
      position: branding.position,
      offsetSide: branding.offsetSide,
      offsetBottom: branding.offsetBottom,
      launcherIcon: branding.launcherIcon,
      launcherLabel: texts.launcherLabel,
      productName: branding.productName,
    },
    texts: {
      title: texts.title,
      firstLine: texts.firstLine,
      greeting: texts.greeting,
      away: texts.away,
      consent: texts.consent,
    },
    behaviour: {
      preChat: branding.preChat.enabled,
      offlineForm: branding.offlineFields.length > 0,
      queuePosition: conversations.queuePosition,
      typingPreview: conversations.typingPreview,
      identityRequired: identity.enforced,
    },
    preChatFields: branding.preChat.fields.map(field),
    offlineFields: branding.offlineFields.map(field),
    hours: {
      state: hours.isOpen(now) ? ("open" as const) : ("closed" as const),
      changesAt: changesAt === null ? null : new Date(changesAt).toISOString(),
      zone: settings.hours.zone,
    },
  };
}
