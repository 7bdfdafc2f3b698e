/**
 * Tasks and follow-ups of the demo, as data: days are counted from the day the demo is made, times are wall times of the tenant, so that
 * board and calendar live whenever it is. Among them what breaks pages: overdue, missed, without an address, chained, repeated,
 * overlapping, nobody's, Thai and very long.
 */
import type { PlainTime } from "../../shared/model/dates.ts";
import type { FollowupChannel, FollowupOutcome, FollowupType } from "../../shared/model/followups.ts";
import type { Recurrence } from "../../shared/model/recurrence.ts";
import type { TaskPriority, TaskStatus } from "../../shared/model/tasks.ts";

/** `admin` is the first admin, `colleague` the second where there is one. */
export type DemoAdmin = "admin" | "colleague";

export interface DemoTask {
  title: string;
  description?: string;
  /** The visitor whose conversation it came out of, by place in the list. */
  of?: number;
  day: number | null;
  /** Without a time the whole day. */
  time?: PlainTime;
  who: DemoAdmin | null;
  priority?: TaskPriority;
  status?: TaskStatus;
  comments?: readonly (readonly [DemoAdmin, string])[];
}

export interface DemoFollowup {
  what: string;
  type: FollowupType;
  channel: FollowupChannel;
  of?: number;
  day: number;
  time: PlainTime;
  minutes?: number;
  who: DemoAdmin | null;
  /** Comes out of the follow-up before it in this list. */
  next?: true;
  outcome?: FollowupOutcome;
  recurrence?: Recurrence;
}

export interface DemoWork {
  tasks: readonly DemoTask[];
  followups: readonly DemoFollowup[];
}

const weekly: Recurrence = { every: "weekly", interval: 1, weekdays: [], end: { kind: "after", times: 12 } };

const ceramics: DemoWork = {
  tasks: [
    {
      title: "Write to everybody whose order was late because of the holidays in the first week of January",
      day: -2,
      time: "17:00",
      who: "admin",
      priority: "urgent",
    },
    {
      title: "Reserve one celadon set",
      description: "She orders as soon as she knows what delivery costs. Keep one of the four sets aside.",
      of: 0,
      day: 1,
      time: "12:00",
      who: "admin",
      priority: "high",
    },
    { title: "ออกใบกำกับภาษีเต็มรูปแบบและส่งสำเนาทางอีเมล", of: 0, day: 0, who: "colleague" },
    { title: "Ask the courier about breakage on the way to Chiang Mai", of: 0, day: 2, time: "11:00", who: "admin" },
    {
      title: "Translate the care instructions",
      day: null,
      who: null,
      priority: "low",
      comments: [
        ["admin", "The English ones are on the second page of the leaflet."],
        ["colleague", "I can do Japanese, Thai needs a second pair of eyes."],
      ],
    },
    { title: "Book the second kiln for Saturday", of: 1, day: 3, time: "10:00", who: "colleague", priority: "high", status: "in_progress" },
    { title: "Find out what shipping to Lagos costs", of: 3, day: -1, time: "15:00", who: "colleague", status: "in_progress" },
    { title: "Supplier answer on the lead-free certificate", day: 6, time: "12:00", who: "admin", status: "waiting" },
    { title: "Send the workshop voucher", of: 4, day: 0, time: "09:00", who: "admin", status: "completed" },
  ],
  followups: [
    {
      what: "Ask whether the workshop date suits",
      type: "call",
      channel: "phone",
      of: 1,
      day: -3,
      time: "10:30",
      who: "admin",
      outcome: "no_answer",
    },
    { what: "Kiln class: try again", type: "call", channel: "phone", of: 1, day: 0, time: "14:50", who: "admin", next: true },
    { what: "Kiln class: send the papers", type: "email", channel: "email", of: 1, day: 4, time: "11:00", who: "admin", next: true },
    { what: "โทรหาหลังส่งของ ถามว่าชามแตกหรือไม่", type: "call", channel: "phone", of: 0, day: 1, time: "10:00", who: "admin" },
    { what: "Offer for 40 cups", type: "email", channel: "email", of: 4, day: -1, time: "16:00", who: null },
    {
      what: "Delivery to Lagos: tell the price",
      type: "message",
      channel: "chat",
      of: 3,
      day: 1,
      time: "10:15",
      who: "admin",
      minutes: 45,
    },
    { what: "Thank her for the voucher", type: "email", channel: "email", of: 4, day: 2, time: "15:00", who: "colleague" },
    { what: "Weekly kiln planning", type: "meeting", channel: "none", day: 2, time: "09:00", minutes: 45, who: null, recurrence: weekly },
  ],
};

const bikes: DemoWork = {
  tasks: [
    {
      title: "Ask the workshop for a fork in 52 cm, matt black",
      description: "> order LB-20871 arrived with a bent front fork\n\nThe frame is fine. Only the fork is needed.",
      of: 0,
      day: 0,
      time: "16:00",
      who: "admin",
      priority: "high",
    },
    { title: "Return label for Monday after 15:00", of: 0, day: -1, time: "12:00", who: "admin", status: "in_progress" },
    { title: "Size chart on the page of the city bike", day: null, who: null, priority: "low" },
  ],
  followups: [
    { what: "Courier slot confirmed?", type: "message", channel: "chat", of: 0, day: 1, time: "14:00", who: "admin" },
    { what: "Did 52 cm fit?", type: "call", channel: "phone", of: 1, day: 5, time: "11:00", who: "admin" },
  ],
};

/** By the place of the tenant. */
export const demoWork: readonly DemoWork[] = [ceramics, bikes];
