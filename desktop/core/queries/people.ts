/** How people, contacts and labels are shown, in every query the same way. */
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { shownName } from "@switchboard/shared/model/aliases.ts";
import { initialOf } from "@switchboard/shared/model/initials.ts";
import { plainLine } from "@switchboard/shared/model/text.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Person } from "../../bridge/shapes.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import { presenceOf } from "../tenant/availability.ts";
import type { Tenant } from "../tenant/tenant.ts";

export interface Shower {
  tenant: Tenant;
  language: Language;
  member(id: string | null): Person | null;
  name(conversation: Rows["conversation"]): { name: string; named: boolean; initials: string };
  contactName(contactId: string): { name: string; named: boolean };
  labels(ids: readonly string[]): { id: string; name: string; colour: string }[];
  team(id: string | null): string | null;
}

/** Remembers for one run of one query what many rows have in common. */
export function createShower(desk: Desk, tenant: Tenant, watch: Watch): Shower {
  const { cache } = tenant.store;
  for (const topic of ["member", "contact", "team", "label", "presence"]) watch(topicOf(tenant, topic));
  watch("session");
  const language = desk.session.account()?.language ?? "en";
  const people = new Map<string, Person | null>();
  const person = (id: string): Person | null => {
    const row = cache.get("member", id);
    return row ? { id, name: plainLine(row.name), initials: initialOf(row.name), presence: presenceOf(tenant, id) } : null;
  };
  const contactName = (contactId: string) => {
    const { name, isAlias } = shownName({ id: contactId, name: cache.get("contact", contactId)?.name ?? null }, language);
    return { name, named: !isAlias };
  };
  return {
    tenant,
    language,
    member(id) {
      if (id === null) return null;
      let known = people.get(id);
      if (known === undefined) people.set(id, (known = person(id)));
      return known;
    },
    contactName,
    name(conversation) {
      const { contactId, visitorId, id } = conversation;
      const shown = contactName(contactId ?? visitorId ?? id);
      return { ...shown, initials: initialOf(shown.name) };
    },
    labels: (ids) => ids.flatMap((id) => cache.get("label", id) ?? []).map(({ id, name, colour }) => ({ id, name, colour })),
    team: (id) => (id === null ? null : (cache.get("team", id)?.name ?? null)),
  };
}
