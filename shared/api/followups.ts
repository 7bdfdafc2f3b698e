/** Follow-ups: promises to get back at a time by a channel. Only for members who may manage them. */
import { z } from "zod";
import { channelWarnings, followupChannels, followupOutcomes, followupStatuses } from "../model/followups.ts";
import { limits } from "../model/limits.ts";
import { followupRow, recurrenceShape } from "../sync/rows/work.ts";
import { contract, member } from "./contract.ts";
import { id, instant, newId, page, pageQuery, planned, text } from "./fields.ts";
import { historyShape } from "./tasks.ts";

const may = member("followups.manage");
const params = z.strictObject({ followupId: id("followup") });

export const followupShape = followupRow.extend({
  /** What is missing for the chosen channel; the follow-up is saved all the same. */
  warning: z.enum(channelWarnings).nullable(),
  can: z.object({ edit: z.boolean(), complete: z.boolean(), move: z.boolean(), reopen: z.boolean(), delete: z.boolean() }),
});
export type FollowupShape = z.output<typeof followupShape>;

const recurrence = z.strictObject({
  every: recurrenceShape.shape.every,
  interval: z.number().int().min(1).max(99),
  weekdays: recurrenceShape.shape.weekdays,
  end: recurrenceShape.shape.end,
});

const fields = {
  type: text(limits.followupType),
  channel: z.enum(followupChannels),
  minutes: z.number().int().min(0).max(1_440),
  notes: text(limits.followupNotes, 0),
  assigneeId: id("member").nullable(),
  contactId: id("contact").nullable(),
  recurrence: recurrence.nullable(),
  remindBefore: z.array(z.number().int().min(0).max(525_600)).max(limits.remindersPerItem).nullable(),
};

export const followupsApi = {
  list: contract({
    name: "followups.list",
    method: "GET",
    path: "/api/v1/followups",
    access: may,
    summary: "Follow-ups by time, filtered",
    query: z.strictObject({
      ...pageQuery,
      from: instant().optional(),
      to: instant().optional(),
      status: z.enum(followupStatuses).optional(),
      assigneeId: id("member").optional(),
      unassigned: z.enum(["true"]).optional(),
      conversationId: id("conversation").optional(),
      contactId: id("contact").optional(),
      type: text(limits.followupType).optional(),
    }),
    output: page(followupShape),
  }),
  create: contract({
    name: "followups.create",
    method: "POST",
    path: "/api/v1/followups",
    access: may,
    summary: "Schedule a follow-up",
    description: "Repeatable by its `id`. A channel without an address is a `warning` in the answer, not an error.",
    body: z.strictObject({
      id: newId(),
      due: planned(),
      ...fields,
      minutes: fields.minutes.default(30),
      notes: fields.notes.default(""),
      assigneeId: fields.assigneeId.default(null),
      contactId: fields.contactId.default(null),
      recurrence: fields.recurrence.default(null),
      remindBefore: fields.remindBefore.default(null),
      conversationId: id("conversation").nullable().default(null),
      /** The follow-up this one came out of. */
      previousId: id("followup").nullable().default(null),
    }),
    output: followupShape,
    status: 201,
    errors: ["id_reused", "not_found"],
  }),
  get: contract({
    name: "followups.get",
    method: "GET",
    path: "/api/v1/followups/:followupId",
    access: may,
    summary: "One follow-up",
    params,
    output: followupShape,
  }),
  chain: contract({
    name: "followups.chain",
    method: "GET",
    path: "/api/v1/followups/:followupId/chain",
    access: may,
    summary: "The whole chain a follow-up belongs to, first promise first",
    params,
    output: z.object({ items: z.array(followupShape) }),
  }),
  update: contract({
    name: "followups.update",
    method: "PATCH",
    path: "/api/v1/followups/:followupId",
    access: may,
    summary: "Change fields; the last writer of a field wins",
    params,
    body: z.strictObject(fields).partial(),
    output: followupShape,
    errors: ["not_found"],
  }),
  move: contract({
    name: "followups.move",
    method: "POST",
    path: "/api/v1/followups/:followupId/time",
    access: may,
    summary: "Move to another time; a missed one gets a new chance",
    params,
    body: z.strictObject({ due: planned() }),
    output: followupShape,
    errors: ["stale_state"],
  }),
  complete: contract({
    name: "followups.complete",
    method: "POST",
    path: "/api/v1/followups/:followupId/completion",
    access: may,
    summary: "Complete with an outcome; a recurring one schedules its next occurrence",
    params,
    body: z.strictObject({ outcome: z.enum(followupOutcomes), notes: text(limits.followupNotes, 0).default("") }),
    output: followupShape,
    errors: ["stale_state"],
  }),
  cancel: contract({
    name: "followups.cancel",
    method: "POST",
    path: "/api/v1/followups/:followupId/cancellation",
    access: may,
    summary: "Cancel",
    params,
    output: followupShape,
    errors: ["stale_state"],
  }),
  reopen: contract({
    name: "followups.reopen",
    method: "POST",
    path: "/api/v1/followups/:followupId/reopening",
    access: may,
    summary: "Take a completion or cancellation back",
    params,
    output: followupShape,
    errors: ["stale_state"],
  }),
  delete: contract({
    name: "followups.delete",
    method: "DELETE",
    path: "/api/v1/followups/:followupId",
    access: may,
    summary: "Delete for good",
    params,
  }),
  history: contract({
    name: "followups.history",
    method: "GET",
    path: "/api/v1/followups/:followupId/history",
    access: may,
    summary: "Who changed what, newest first",
    params,
    query: z.strictObject(pageQuery),
    output: page(historyShape),
  }),
};
