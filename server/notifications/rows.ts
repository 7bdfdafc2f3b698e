import { dismissNotice, doneReminder, reportReminder, snoozeReminder } from "../../shared/sync/mutators/reminders.ts";
import type { NoticeRow, ReminderRow } from "../../shared/sync/rows/work.ts";
import { fragment, sql } from "../core/database/sql.ts";
import { mutation } from "../core/sync/mutation.ts";
import { rowsOf, syncedEntity } from "../core/sync/synced.ts";
import type { Unit } from "../core/work.ts";
import { Notice, Reminder } from "./entities.ts";

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;
const date = (text: string | null) => (text === null ? null : new Date(text));

const toReminderRow = (one: Reminder): ReminderRow => ({
  id: one.id,
  memberId: one.memberId,
  about: one.about,
  aboutId: one.aboutId,
  due: { at: one.dueAt.toISOString(), zone: one.dueZone },
  state: one.state,
  snoozedUntil: iso(one.snoozedUntil),
  firedAt: iso(one.firedAt),
});

const toNoticeRow = (one: Notice): NoticeRow => ({
  id: one.id,
  memberId: one.memberId,
  kind: one.kind,
  about: one.about ?? null,
  aboutId: one.aboutId ?? null,
  byId: one.byId ?? null,
  data: one.data,
  at: one.at.toISOString(),
  dismissedAt: iso(one.dismissedAt),
});

const reminders = rowsOf(Reminder, toReminderRow);
const notices = rowsOf(Notice, toNoticeRow);

/** They hang on few of the thousands that a page may hold, so those few are found past the ORM. */
async function idsAbout(unit: Unit, table: "reminder" | "notice", aboutIds: readonly string[]): Promise<string[]> {
  const found = await unit.rows<{ id: string }>(sql`
    select row.id from ${fragment(table)} row where row.tenant_id = ${unit.tenantId}
      and row.about_id = any(array(select value::uuid from jsonb_array_elements_text(${JSON.stringify(aboutIds)}::jsonb)))`);
  return found.map(({ id }) => id);
}

/** Devices only mark what the server made: neither is ever created or deleted by a mutation. */
export const syncedNotifications = [
  syncedEntity<"reminder">({
    entity: "reminder",
    ...reminders,
    ofParents: async (unit, aboutIds) => reminders.load(unit, await idsAbout(unit, "reminder", aboutIds)),
    async save({ em, tenantId }, { id, state, snoozedUntil, firedAt }) {
      em.assign(await em.findOneOrFail(Reminder, { tenantId, id }), { state, snoozedUntil: date(snoozedUntil), firedAt: date(firedAt) });
    },
  }),
  syncedEntity<"notice">({
    entity: "notice",
    ...notices,
    ofParents: async (unit, aboutIds) => notices.load(unit, await idsAbout(unit, "notice", aboutIds)),
    async save({ em, tenantId }, { id, dismissedAt }) {
      em.assign(await em.findOneOrFail(Notice, { tenantId, id }), { dismissedAt: date(dismissedAt) });
    },
  }),
];

export const notificationMutations = [doneReminder, snoozeReminder, reportReminder, dismissNotice].map((mutator) =>
  mutation(mutator, { may: "any" }),
);
