/** Who is there for conversations, and what happened to those that nobody answered. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const conversation = { conversationId: z.uuid() };
const timeline = { conversation: "conversationId", subject: "conversationId" } as const;

export const duties = ["available", "away", "off"] as const;
/** `away` is for a while and keeps one's conversations; `off` gives the open ones back to the queue. */
export type Duty = (typeof duties)[number];

export const availabilityChanged = defineEvent(
  "availability.changed",
  z.object({ memberId: z.uuid(), duty: z.enum(duties), doNotDisturb: z.boolean(), until: z.iso.datetime().nullable() }),
  { subject: "memberId" },
);
/** Not answered in time: the next operator has it. It is the whole assignment, and one line of the trail. */
export const conversationPassedOn = defineEvent(
  "conversation.passed_on",
  z.object({ ...conversation, from: z.uuid(), to: z.uuid(), minutes: z.number().int() }),
  timeline,
);
/** Not answered in time: whoever of these takes it first has it. */
export const conversationOffered = defineEvent(
  "conversation.offered",
  z.object({
    ...conversation,
    from: z.uuid().nullable(),
    /** Of the conversation; absent in events of before. */
    teamId: z.uuid().nullable().optional(),
    level: z.enum(["to_team", "to_everyone", "to_admins"]),
    memberIds: z.array(z.uuid()),
    minutes: z.number().int(),
  }),
  timeline,
);

export const routingEvents = [availabilityChanged, conversationPassedOn, conversationOffered];
