/** Follow-ups. Only for those who may manage them: scope `admins`. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { feedScopes } from "../../shared/api/calendar.ts";
import { followupChannels, followupOutcomes, followupStatuses } from "../../shared/model/followups.ts";
import type { FollowupRow } from "../../shared/sync/rows/work.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Followup = defineEntity({
  name: "Followup",
  tableName: "followup",
  ...tenantScoped,
  indexes: [
    { properties: ["tenantId", "dueAt"] },
    { properties: ["tenantId", "assigneeId", "status"] },
    { properties: ["tenantId", "conversationId"] },
    { properties: ["tenantId", "contactId"] },
    { properties: ["tenantId", "previousId"] },
    { name: "followup_scheduled", properties: ["tenantId", "dueAt"], where: "status = 'scheduled'" },
    { name: "followup_unassigned", properties: ["tenantId", "dueAt"], where: "status = 'scheduled' and assignee_id is null" },
  ],
  properties: {
    ...tenantColumns,
    conversationId: p.uuid().nullable(),
    contactId: p.uuid().nullable(),
    previousId: p.uuid().nullable(),
    type: p.text(),
    channel: p.enum(followupChannels),
    dueAt: instant(),
    dueZone: p.text(),
    minutes: p.integer(),
    notes: p.text(),
    assigneeId: p.uuid().nullable(),
    status: p.enum(followupStatuses),
    outcome: p.enum(followupOutcomes).nullable(),
    outcomeNotes: p.text(),
    recurrence: p.json<FollowupRow["recurrence"]>().nullable(),
    remindBefore: p.json<number[]>().nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
    completedAt: instant().nullable(),
    completedBy: p.uuid().nullable(),
  },
});
export type Followup = InferEntity<typeof Followup>;

/** Whose turn it was when follow-ups were given out; `id` is the member's. */
const FollowupTurn = defineEntity({
  name: "FollowupTurn",
  tableName: "followup_turn",
  ...tenantScoped,
  properties: { ...tenantColumns, lastGivenAt: instant() },
});

/** A secret address under which another program reads a member's follow-ups. */
export const CalendarFeed = defineEntity({
  name: "CalendarFeed",
  tableName: "calendar_feed",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "memberId"] }],
  uniques: [{ properties: ["tenantId", "secretHash"] }],
  properties: {
    ...tenantColumns,
    memberId: p.uuid(),
    name: p.text(),
    scope: p.enum(feedScopes),
    secretHash: p.blob(),
    createdAt: instant(),
    lastReadAt: instant().nullable(),
  },
});
export type CalendarFeed = InferEntity<typeof CalendarFeed>;

export const followupTables = [
  table(Followup, {
    references: {
      conversation_id: "conversation",
      contact_id: "contact",
      previous_id: "followup",
      assignee_id: "member",
      created_by: "member",
      completed_by: "member",
    },
    // With the person or the conversation goes what was promised about them.
    cascade: ["conversation_id", "contact_id"],
    synced: { entity: "followup", scope: "'admins'" },
  }),
  table(CalendarFeed, { references: { member_id: "member" } }),
  table(FollowupTurn, { references: { id: "member" }, grants: ["select", "insert", "update"] }),
];
