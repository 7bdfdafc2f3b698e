/** What a member keeps for oneself, on all devices: preferences and saved filters. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { remindersChosen } from "../../shared/events/preferences.ts";
import { reminderPreference } from "../../shared/model/reminders.ts";
import { deleteFilter, saveFilter, setPreference } from "../../shared/sync/mutators/people.ts";
import type { PreferenceRow, SavedFilterRow } from "../../shared/sync/rows/people.ts";
import { tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { sql } from "../core/database/sql.ts";
import { table } from "../core/database/table.ts";
import { feature } from "../core/feature.ts";
import { mutation, type Mutation } from "../core/sync/mutation.ts";
import { rowsOf, syncedEntity } from "../core/sync/synced.ts";

/** One row a member; `id` is the member's. */
export const Preference = defineEntity({
  name: "Preference",
  tableName: "preference",
  ...tenantScoped,
  properties: { ...tenantColumns, memberId: p.uuid(), values: p.json<PreferenceRow["values"]>() },
});
type Preference = InferEntity<typeof Preference>;

export const SavedFilter = defineEntity({
  name: "SavedFilter",
  tableName: "saved_filter",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "memberId"] }],
  properties: {
    ...tenantColumns,
    memberId: p.uuid(),
    view: p.enum(["inbox", "tasks", "followups", "contacts"] as const),
    name: p.text(),
    query: p.json<SavedFilterRow["query"]>(),
    position: p.double().$type<number>(),
  },
});
type SavedFilter = InferEntity<typeof SavedFilter>;

const own = "'member:' || row.member_id";

const toPreferenceRow = ({ id, memberId, values }: Preference): PreferenceRow => ({ id, memberId, values });
const toFilterRow = ({ id, memberId, view, name, query, position }: SavedFilter): SavedFilterRow => ({
  id,
  memberId,
  view,
  name,
  query,
  position,
});

const syncedPreference = syncedEntity<"preference">({
  entity: "preference",
  ...rowsOf(Preference, toPreferenceRow),
  async save({ em, tenantId }, row, isNew) {
    if (isNew) em.create(Preference, { tenantId, ...row });
    else em.assign(await em.findOneOrFail(Preference, { tenantId, id: row.id }), row, { merge: false });
  },
});

const syncedFilter = syncedEntity<"savedFilter">({
  entity: "savedFilter",
  ...rowsOf(SavedFilter, toFilterRow),
  async save({ em, tenantId }, row, isNew) {
    if (isNew) em.create(SavedFilter, { tenantId, ...row });
    else em.assign(await em.findOneOrFail(SavedFilter, { tenantId, id: row.id }), row);
  },
  async remove(unit, id) {
    await unit.rows(sql`delete from saved_filter where tenant_id = ${unit.tenantId} and id = ${id}`);
  },
});

const setOne = mutation(setPreference, {
  may: "any",
  tell: ({ happened, actor: { memberId } }, changes, args) => {
    const { key } = args as { key: string }; // parsed by the mutator's schema
    if (key === reminderPreference && changes.length > 0) happened(remindersChosen, { memberId });
  },
});

/** All of a member's stand in one row, so one is set after the other: of two devices, the second adds to what the first left. */
const setOneAfterAnother: Mutation = {
  ...setOne,
  async run(core, unit, args, context) {
    const row = `preferences:${unit.tenantId}:${unit.actor.memberId}`;
    await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${row}, 0))`);
    return setOne.run(core, unit, args, context);
  },
};

export const preferences = feature({
  name: "preferences",
  tables: [
    table(Preference, { references: { member_id: "member" }, synced: { entity: "preference", scope: own } }),
    table(SavedFilter, { references: { member_id: "member" }, synced: { entity: "savedFilter", scope: own } }),
  ],
  synced: [syncedPreference, syncedFilter],
  events: [remindersChosen],
  mutations: [setOneAfterAnother, mutation(saveFilter, { may: "any" }), mutation(deleteFilter, { may: "any" })],
});
