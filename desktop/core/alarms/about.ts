/** What an alarm is about, and what that is called. */
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { shownName } from "@switchboard/shared/model/aliases.ts";
import { plainLine } from "@switchboard/shared/model/text.ts";
import type { Tenant } from "../tenant/tenant.ts";

export interface About {
  view: "conversation" | "task" | "followup";
  id: string;
}

export const isSameAbout = (a: About, b: About) => a.view === b.view && a.id === b.id;

/** Who said it, as their colleagues know them. */
export const authorOf = ({ store }: Tenant, byId: string | null): string | null =>
  byId === null ? null : plainLine(store.cache.get("member", byId)?.name ?? "") || null;

export const contactName = ({ store }: Tenant, id: string, language: Language): string =>
  shownName({ id, name: store.cache.get("contact", id)?.name ?? null }, language).name;

export function nameOf(tenant: Tenant, about: About, language: Language): string {
  const { cache } = tenant.store;
  const contact = (id: string) => contactName(tenant, id, language);
  const t = translateTo(language);
  if (about.view === "task") return cache.get("task", about.id)?.title ?? t("alarms.something");
  if (about.view === "followup") {
    const followup = cache.get("followup", about.id);
    return followup?.contactId ? t("alarms.followup_with", { name: contact(followup.contactId) }) : t("alarms.something");
  }
  const row = cache.get("conversation", about.id);
  return row ? contact(row.contactId ?? row.visitorId ?? row.id) : t("alarms.something");
}
