/** What a person is told: notices, and reminders that ring at a time. Both belong to one member (scope `member:<id>`). */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { aboutKinds, reminderStates } from "../../shared/sync/rows/work.ts";
import type { NoticeRow } from "../../shared/sync/rows/work.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Reminder = defineEntity({
  name: "Reminder",
  tableName: "reminder",
  ...tenantScoped,
  indexes: [
    { properties: ["tenantId", "about", "aboutId"] },
    { properties: ["tenantId", "memberId", "dueAt"] },
    { name: "reminder_unheard", properties: ["tenantId", "dueAt"], where: "state = 'armed' and fired_at is null and mailed_at is null" },
  ],
  // However often a plan is made anew, one reminder a person, thing and time.
  uniques: [{ name: "reminder_once", properties: ["tenantId", "memberId", "aboutId", "dueAt"] }],
  properties: {
    ...tenantColumns,
    memberId: p.uuid(),
    about: p.enum(aboutKinds),
    aboutId: p.uuid(),
    dueAt: instant(),
    dueZone: p.text(),
    state: p.enum(reminderStates),
    snoozedUntil: instant().nullable(),
    firedAt: instant().nullable(),
    /** When no device had shown it in time and a mail went out instead. */
    mailedAt: instant().nullable(),
  },
});
export type Reminder = InferEntity<typeof Reminder>;

export const Notice = defineEntity({
  name: "Notice",
  tableName: "notice",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "memberId", "at"] }, { properties: ["tenantId", "about", "aboutId"] }],
  // A reaction that runs twice tells nobody twice.
  uniques: [{ name: "notice_once", properties: ["tenantId", "memberId", "cause"] }],
  properties: {
    ...tenantColumns,
    memberId: p.uuid(),
    kind: p.text(),
    about: p.enum(aboutKinds).nullable(),
    aboutId: p.uuid().nullable(),
    byId: p.uuid().nullable(),
    data: p.json<NoticeRow["data"]>(),
    at: instant(),
    dismissedAt: instant().nullable(),
    /** The log entry that caused it. */
    cause: p.text(),
  },
});
export type Notice = InferEntity<typeof Notice>;

/** That somebody was told by mail of this wait of a conversation; `id` is the conversation's. */
const UnseenMail = defineEntity({
  name: "UnseenMail",
  tableName: "unseen_mail",
  ...tenantScoped,
  properties: { ...tenantColumns, waitingSince: instant(), memberId: p.uuid(), mailedAt: instant() },
});

/** The last morning of which a member was told by mail, in the zone of their choice; `id` is the member's. */
export const DigestSent = defineEntity({
  name: "DigestSent",
  tableName: "digest_sent",
  ...tenantScoped,
  properties: { ...tenantColumns, date: p.text() },
});

const own = "'member:' || row.member_id";

export const notificationTables = [
  table(Reminder, { references: { member_id: "member" }, synced: { entity: "reminder", scope: own, derived: ["mailed_at"] } }),
  table(UnseenMail, { references: { id: "conversation", member_id: "member" }, cascade: ["id"] }),
  table(Notice, { references: { member_id: "member" }, synced: { entity: "notice", scope: own } }),
  table(DigestSent, { references: { id: "member" }, grants: ["select", "insert", "update"] }),
];
