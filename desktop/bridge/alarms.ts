/** What rings, and how this computer may ring. */
import { z } from "zod";
import { alarmKinds } from "@switchboard/shared/model/alarm-rules.ts";
import { command, event, query } from "./define.ts";
import { maybe, uuid, when } from "./shapes.ts";

export const alarmKind = z.enum(alarmKinds);

export const ringing = z.object({
  id: z.string(),
  kind: alarmKind,
  tenantId: uuid,
  about: z.object({ view: z.enum(["conversation", "task", "followup"]), id: uuid, name: z.string() }),
  since: when,
  text: z.string(),
  /** The colleague whose words ring; null when nobody's do, or when they are not known here. */
  by: maybe(z.string()),
  /** The system tells of it, too: the person wants it, and no stronger reason tells of the same visitor. */
  system: z.boolean(),
});

export const alarmState = z.object({
  ringing: z.array(ringing),
  /** Conversations that need me: the badge. */
  badge: z.number().int(),
  doNotDisturb: z.boolean(),
  silentUntil: maybe(when),
  repeatSeconds: z.number().int(),
  /** When the next repetition is due; null while nothing repeats. */
  nextRingAt: maybe(when),
  /** The browser host must be clicked once before a page may play sound. */
  sound: z.enum(["on", "off", "blocked"]),
});

export const alarms = {
  queries: { "alarms.state": query(z.strictObject({}), alarmState) },
  commands: {
    "alarms.silence": command(z.strictObject({ minutes: z.number().int().min(1).max(60) }), z.object({})),
    "alarms.doNotDisturb": command(z.strictObject({ on: z.boolean() }), z.object({})),
    "alarms.test": command(z.strictObject({}), z.object({})),
    "alarms.soundUnlocked": command(z.strictObject({}), z.object({})),
    /** Done, snoozed or opened from a notification; silences the other devices. */
    "alarms.answer": command(
      z.strictObject({
        id: z.string().max(200),
        action: z.enum(["done", "snooze", "open", "dismiss"]),
        minutes: z.number().int().min(1).max(10_080).optional(),
      }),
      z.object({}),
    ),
  },
  events: {
    /** Play this sound now, once; the core repeats the event while it rings. */
    "alarm.sound": event(z.object({ sound: z.enum(["alarm", "message", "reminder"]) })),
  },
};
