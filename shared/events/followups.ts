/** What happens to follow-ups. Heard only by those who may manage follow-ups. */
import { z } from "zod";
import { assignmentReasons } from "../model/followup-assignment.ts";
import { defineEvent } from "./define.ts";

const followup = { followupId: z.uuid(), conversationId: z.uuid().nullable() };
const about = { subject: "followupId", conversation: "conversationId" } as const;

export const followupScheduled = defineEvent(
  "followup.scheduled",
  z.object({ ...followup, type: z.string(), channel: z.string(), dueAt: z.string(), assigneeId: z.uuid().nullable() }),
  about,
);
export const followupUpdated = defineEvent(
  "followup.updated",
  z.object({ ...followup, changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })) }),
  about,
);
export const followupAssigned = defineEvent(
  "followup.assigned",
  z.object({
    ...followup,
    from: z.uuid().nullable(),
    to: z.uuid().nullable(),
    /** Why, where nobody chose: how it was given out, or `left` when its person may not have it any more. */
    reason: z.enum([...assignmentReasons, "left"]).optional(),
  }),
  about,
);
export const followupMoved = defineEvent("followup.moved", z.object({ ...followup, from: z.string(), to: z.string() }), about);
export const followupCompleted = defineEvent(
  "followup.completed",
  z.object({ ...followup, type: z.string(), channel: z.string(), outcome: z.string(), late: z.boolean() }),
  about,
);
export const followupMissed = defineEvent("followup.missed", z.object({ ...followup, assigneeId: z.uuid().nullable() }), about);
export const followupCancelled = defineEvent("followup.cancelled", z.object(followup), about);
export const followupReopened = defineEvent("followup.reopened", z.object(followup), about);
export const followupDeleted = defineEvent("followup.deleted", z.object(followup), about);
