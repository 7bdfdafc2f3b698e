/** Who gets a conversation: whether I am there for one, what waits, and taking the next. */
import { z } from "zod";
import { duties } from "../events/routing.ts";
import { escalationLevels } from "../model/escalation.ts";
import { queueReasons } from "../model/routing.ts";
import { contract, member } from "./contract.ts";
import { id, instant } from "./fields.ts";

export const presences = ["available", "do_not_disturb", "not_reachable", "off_duty"] as const;

export const availabilityShape = z.object({
  memberId: id("member"),
  duty: z.enum(duties),
  doNotDisturb: z.boolean(),
  /** Do not disturb ends then by itself. */
  until: instant().nullable(),
  /** What that means now, with working hours and a live console. */
  presence: z.enum(presences),
  load: z.number().int(),
  capacity: z.number().int(),
  /** When it was their turn last, and since when they have nothing to do: what the strategies go by. */
  lastAssignedAt: instant().nullable(),
  idleSince: instant().nullable(),
});
export type AvailabilityShape = z.output<typeof availabilityShape>;

export const waitingShape = z.object({
  conversationId: id("conversation"),
  teamId: id("team").nullable(),
  waitingSince: instant(),
  /** 1 is next in its team's queue. */
  position: z.number().int(),
  /** Why nobody has it yet. Null while it is being given out. */
  reason: z.enum(queueReasons).nullable(),
  level: z.enum(escalationLevels),
});

export const routingApi = {
  availabilities: contract({
    name: "routing.availabilities",
    method: "GET",
    path: "/api/v1/routing/availability",
    access: member("team.read"),
    summary: "Who is there for conversations, and how many each has",
    output: z.object({ items: z.array(availabilityShape) }),
  }),
  setAvailability: contract({
    name: "routing.setAvailability",
    method: "PUT",
    path: "/api/v1/routing/availability",
    access: member("conversations.reply"),
    summary: "Say whether I am there for conversations",
    description: "`off` gives my open conversations back to the queue. `until` ends do-not-disturb by itself.",
    body: z.strictObject({ duty: z.enum(duties), doNotDisturb: z.boolean().default(false), until: instant().nullable().default(null) }),
    output: availabilityShape,
  }),
  queue: contract({
    name: "routing.queue",
    method: "GET",
    path: "/api/v1/routing/queue",
    access: member("conversations.read"),
    summary: "Conversations that wait, longest first, and why",
    output: z.object({ items: z.array(waitingShape) }),
  }),
  takeNext: contract({
    name: "routing.takeNext",
    method: "POST",
    path: "/api/v1/routing/take-next",
    access: member("conversations.assign"),
    summary: "Take the conversation that waits longest; null when none does",
    output: z.object({ conversationId: id("conversation").nullable() }),
  }),
};
