/** Makes the demo's tasks and follow-ups by the API, each in the name of whoever has it, so that nobody is told of own work. */
import { conversationsApi } from "../../shared/api/conversations.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import type { Client } from "../../shared/client/client.ts";
import { addDays, wallTime } from "../../shared/model/dates.ts";
import { dueInstant } from "../../shared/model/tasks.ts";
import { createZone, type Zone } from "../../shared/model/zones.ts";
import { newId } from "../core/ids.ts";
import type { DemoAdmin, DemoFollowup, DemoTask, DemoWork } from "./work.ts";

export interface DemoPlace {
  zone: string;
  now: Date;
  conversations: readonly string[];
  admins: Readonly<Record<DemoAdmin, { client: Client; memberId: string }>>;
}

export async function promise(place: DemoPlace, { tasks, followups }: DemoWork): Promise<void> {
  const zone = createZone(place.zone);
  for (const task of tasks) await makeTask(place, zone, task);
  let previousId: string | null = null;
  for (const followup of followups) previousId = await makeFollowup(place, zone, followup, previousId);
}

const by = ({ admins }: DemoPlace, who: DemoAdmin | null) => admins[who ?? "admin"];

async function aboutOf(place: DemoPlace, of: number | undefined): Promise<{ conversationId: string | null; contactId: string | null }> {
  const conversationId = of === undefined ? undefined : place.conversations[of];
  if (conversationId === undefined) return { conversationId: null, contactId: null };
  const { contactId } = await place.admins.admin.client.call(conversationsApi.get, { params: { conversationId } });
  return { conversationId, contactId };
}

async function makeTask(place: DemoPlace, zone: Zone, task: DemoTask): Promise<void> {
  const { client, memberId } = by(place, task.who);
  const { title, description = "", day, time = null, priority = "normal", status = "open", comments = [] } = task;
  const due = day === null ? null : { date: addDays(zone.dateAt(place.now.getTime()), day), time };
  const taskId = newId();
  await client.call(tasksApi.create, {
    body: {
      id: taskId,
      title,
      description,
      priority,
      ...(await aboutOf(place, task.of)),
      assigneeId: task.who === null ? null : memberId,
      due: due === null ? null : { at: new Date(dueInstant(due, zone)).toISOString(), zone: zone.id },
      dueAllDay: due !== null && time === null,
      remindBefore: quietToday(day),
    },
  });
  const params = { taskId };
  for (const [who, body] of comments) await by(place, who).client.call(tasksApi.comment, { params, body: { id: newId(), body } });
  if (status !== "open") await client.call(tasksApi.move, { params, body: { to: status } });
}

async function makeFollowup(place: DemoPlace, zone: Zone, one: DemoFollowup, before: string | null): Promise<string> {
  const { client, memberId } = by(place, one.who);
  const followupId = newId();
  const at = zone.instantOf(wallTime(addDays(zone.dateAt(place.now.getTime()), one.day), one.time));
  await client.call(followupsApi.create, {
    body: {
      id: followupId,
      type: one.type,
      channel: one.channel,
      notes: one.what,
      minutes: one.minutes ?? 30,
      ...(await aboutOf(place, one.of)),
      assigneeId: one.who === null ? null : memberId,
      due: { at: new Date(at).toISOString(), zone: zone.id },
      previousId: one.next === true ? before : null,
      recurrence: one.recurrence ? { ...one.recurrence, weekdays: [...one.recurrence.weekdays] } : null,
      remindBefore: quietToday(one.day),
    },
  });
  if (one.outcome !== undefined)
    await client.call(followupsApi.complete, { params: { followupId }, body: { outcome: one.outcome, notes: "" } });
  return followupId;
}

/** Whoever tries the demo makes things ring; what was there before stays quiet on the first day. */
const quietToday = (day: number | null): number[] | null => (day !== null && day <= 1 ? [] : null);
