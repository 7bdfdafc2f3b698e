/** What happens in conversations. Texts are not repeated here: messages are entries of the log themselves. */
import { z } from "zod";
import { conversationStatuses } from "../model/states.ts";
import { defineEvent } from "./define.ts";

const conversation = { conversationId: z.uuid() };
const timeline = { conversation: "conversationId", subject: "conversationId" } as const;
const member = z.uuid().nullable();
const team = z.uuid().nullable();

export const conversationStarted = defineEvent(
  "conversation.started",
  z.object({ ...conversation, contactId: z.uuid(), visitorId: z.uuid().nullable(), channel: z.string(), offline: z.boolean() }),
  timeline,
);
export const conversationAssigned = defineEvent(
  "conversation.assigned",
  z.object({ ...conversation, from: member, to: member, reason: z.string().nullable() }),
  timeline,
);
export const conversationHandedOver = defineEvent(
  "conversation.handed_over",
  z.object({ ...conversation, fromTeam: team, toTeam: team, from: member, to: member, noteId: z.uuid().nullable() }),
  timeline,
);
/** Without a reason somebody put it back by hand. */
export const conversationReturned = defineEvent(
  "conversation.returned",
  z.object({ ...conversation, from: member, reason: z.enum(["off_duty", "not_here", "removed"]).optional() }),
  timeline,
);
export const conversationClosed = defineEvent(
  "conversation.closed",
  z.object({ ...conversation, from: z.enum(conversationStatuses) }),
  timeline,
);
/** Also written by the send function, when a visitor writes in a closed or snoozed conversation. */
export const conversationReopened = defineEvent(
  "conversation.reopened",
  z.object({ ...conversation, from: z.enum(conversationStatuses), by: z.enum(["visitor", "member", "time"]) }),
  timeline,
);
export const conversationSnoozed = defineEvent(
  "conversation.snoozed",
  z.object({ ...conversation, until: z.iso.datetime({ offset: true }) }),
  timeline,
);
export const conversationLabelled = defineEvent(
  "conversation.labelled",
  z.object({ ...conversation, added: z.array(z.uuid()), removed: z.array(z.uuid()) }),
  timeline,
);
export const conversationSubjectSet = defineEvent(
  "conversation.subject_set",
  z.object({ ...conversation, cleared: z.boolean() }),
  timeline,
);
/** A browser proved to belong to a contact that was known: its conversation went with it. */
export const conversationMoved = defineEvent("conversation.moved", z.object({ ...conversation, from: z.uuid(), to: z.uuid() }), timeline);

export const labelMade = defineEvent("label.made", z.object({ labelId: z.uuid() }), { subject: "labelId" });
export const labelChanged = defineEvent("label.changed", z.object({ labelId: z.uuid() }), { subject: "labelId" });
export const labelMerged = defineEvent("label.merged", z.object({ labelId: z.uuid(), into: z.uuid(), name: z.string() }), {
  subject: "labelId",
});
export const labelRemoved = defineEvent("label.removed", z.object({ labelId: z.uuid() }), { subject: "labelId" });

export const conversationEvents = [
  conversationStarted,
  conversationAssigned,
  conversationHandedOver,
  conversationReturned,
  conversationClosed,
  conversationReopened,
  conversationSnoozed,
  conversationLabelled,
  conversationSubjectSet,
  conversationMoved,
  labelMade,
  labelChanged,
  labelMerged,
  labelRemoved,
];
