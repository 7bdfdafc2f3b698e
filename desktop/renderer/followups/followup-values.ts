/** Between a form and what travels. */
import { addDays, dateOf, timeOf, wallTime } from "@switchboard/shared/model/dates.ts";
import { isBuiltInFollowupType, usualChannelOf, type FollowupChannel, type FollowupType } from "@switchboard/shared/model/followups.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";
import type { QueryOutput } from "../../bridge/index.ts";
import { minutesOfRemind } from "../tasks/reminder-choices.ts";
import type { DueFields } from "../tasks/due.ts";
import type { FollowupValues } from "./followup-fields.tsx";
import { tellTogether } from "./what-to-do.ts";

export type FollowupLine = QueryOutput<"followups.list">["items"][number];

export const typeOf: Readonly<Record<FollowupChannel, FollowupType>> = { phone: "call", email: "email", chat: "message", none: "meeting" };

/** A built-in type follows the channel, unless it had been given to this one by hand. */
export function typeFor(channel: FollowupChannel, before: string | undefined): string {
  if (before !== undefined && isBuiltInFollowupType(before) && usualChannelOf(before) === channel) return before;
  return typeOf[channel];
}

/** What the form holds of a type: a tenant's own one by name, a built-in one as "like the channel". */
export const chosenType = (type: string): string | null => (isBuiltInFollowupType(type) ? null : type);

export function instantOfFields(due: DueFields, zone: Zone): number | undefined {
  return due.date === null || due.time === null ? undefined : zone.instantOf(wallTime(due.date, due.time));
}

export function fieldsOfInstant(at: number, zone: Zone): DueFields {
  const wall = zone.wallAt(at);
  return { date: dateOf(wall), time: timeOf(wall) };
}

/** The day in which a moment lies; it has 23 or 25 hours when the clocks change. */
export function dayAround(at: number, zone: Zone): { readonly from: string; readonly to: string } {
  const day = zone.dateAt(at);
  return { from: new Date(zone.startOf(day)).toISOString(), to: new Date(zone.startOf(addDays(day, 1))).toISOString() };
}

export function plannedAt(at: number, zone: string): { readonly at: string; readonly zone: string } {
  return { at: new Date(at).toISOString(), zone };
}

export function fieldsThatTravel(values: FollowupValues, typeBefore: string | undefined) {
  return {
    type: values.type ?? typeFor(values.channel, typeBefore),
    channel: values.channel,
    minutes: values.minutes,
    notes: tellTogether(values),
    assigneeId: values.assigneeId,
    recurrence: values.recurrence,
    remindBefore: minutesOfRemind(values.remind),
  };
}

/** Only what was changed travels: two people who edit other fields both keep theirs. */
export function changedFields(before: FollowupValues, after: FollowupValues, typeBefore: string) {
  const stood = new Map<string, unknown>(Object.entries(fieldsThatTravel(before, typeBefore)));
  return Object.fromEntries(
    Object.entries(fieldsThatTravel(after, typeBefore)).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(stood.get(field)),
    ),
  );
}
