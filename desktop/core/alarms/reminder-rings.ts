/** Reminders as rings: each on its own, or one card for all when there are more than three; those older than twelve hours not at all. */
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { present } from "@switchboard/shared/model/reminders.ts";
import type { Due } from "../reminders/due.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { nameOf, type About } from "./about.ts";
import type { Ring } from "./rings.ts";

export interface ReminderRing extends Ring {
  due: readonly Due[];
  title: string;
}

export const isReminder = (ring: Ring): ring is ReminderRing => "due" in ring;

const keyOf = ({ aboutId, ringsAt }: Due) => `${aboutId}@${ringsAt}`;

export function reminderRings(
  tenant: Tenant,
  due: readonly Due[],
  language: Language,
  lineOf: (about: About) => string,
): { rings: ReminderRing[]; due: readonly Due[] } {
  const { tenantId } = tenant;
  const items = due.map((one) => ({ id: keyOf(one), at: one.ringsAt, due: one }));
  const { single, grouped } = present(items, tenant.now());
  const aboutOf = (one: Due): About => ({ view: one.about, id: one.aboutId });
  const name = (one: Due) => nameOf(tenant, aboutOf(one), language);
  const ring = (id: string, some: readonly Due[], title: string, text: string): ReminderRing[] => {
    const first = some[0];
    if (!first) return [];
    const since = Math.min(...some.map(({ ringsAt }) => ringsAt));
    const about = aboutOf(first);
    return [
      { id, kind: "reminder", tenantId, about, since, text, byId: null, noticeId: null, mark: some.map(keyOf).join(), due: some, title },
    ];
  };
  const cards = single.flatMap((one) => ring(`reminder/${one.id}`, [one.due], name(one.due), lineOf(aboutOf(one.due))));
  const all = grouped.map((one) => one.due);
  return {
    rings: [
      ...cards,
      ...ring(`reminders/${tenantId}`, all, translateTo(language)("alarms.reminders", { count: all.length }), all.map(name).join(" · ")),
    ],
    due,
  };
}
