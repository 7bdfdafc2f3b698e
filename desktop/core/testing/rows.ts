/** Rows for tests of the store and of queries: whole and valid, each field can be set. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";

/** Readable ids that are UUIDs: the same number is the same id. */
export const testId = (number: number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;

const at = "2026-03-02T09:00:00.000Z";

export const conversationOf = (id: string, fields: Partial<Rows["conversation"]> = {}): Rows["conversation"] => ({
  id,
  contactId: null,
  visitorId: null,
  channel: "chat",
  status: "open",
  subject: null,
  teamId: null,
  assigneeId: null,
  assignReason: null,
  labelIds: [],
  startedAt: at,
  closedAt: null,
  snoozedUntil: null,
  lastNumber: 0,
  lastAt: at,
  preview: "",
  lastKind: null,
  waitingSince: null,
  visitorReadNumber: 0,
  visitorDeliveredNumber: 0,
  ...fields,
});

export const contactOf = (id: string, fields: Partial<Rows["contact"]> = {}): Rows["contact"] => ({
  id,
  name: null,
  alias: "Amber Finch",
  email: null,
  phone: null,
  company: null,
  jobTitle: null,
  language: null,
  attributes: {},
  verified: false,
  createdAt: at,
  ...fields,
});

const unfinished = { remindBefore: null, createdBy: null, createdAt: at, updatedAt: at, completedAt: null, completedBy: null };

export const taskOf = (id: string, fields: Partial<Rows["task"]> = {}): Rows["task"] => ({
  id,
  conversationId: null,
  contactId: null,
  messageId: null,
  title: "Reserve one celadon set",
  description: "",
  due: null,
  dueAllDay: false,
  priority: "normal",
  assigneeId: null,
  status: "open",
  labelIds: [],
  ...unfinished,
  ...fields,
});

export const followupOf = (id: string, fields: Partial<Rows["followup"]> = {}): Rows["followup"] => ({
  id,
  conversationId: null,
  contactId: null,
  previousId: null,
  type: "call",
  channel: "phone",
  due: { at, zone: "Asia/Bangkok" },
  minutes: 30,
  notes: "",
  assigneeId: null,
  status: "scheduled",
  outcome: null,
  outcomeNotes: "",
  recurrence: null,
  ...unfinished,
  ...fields,
});

export const reminderOf = (id: string, fields: Partial<Rows["reminder"]> = {}): Rows["reminder"] => ({
  id,
  memberId: testId(1),
  about: "task",
  aboutId: testId(2),
  due: { at, zone: "Asia/Bangkok" },
  state: "armed",
  snoozedUntil: null,
  firedAt: null,
  ...fields,
});
