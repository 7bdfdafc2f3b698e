/** Which reminders a task or a follow-up should have now. Called whenever one changed; safe to repeat. */
import { isFollowupOver } from "../../shared/model/followups.ts";
import { reminderChoiceOf, reminderPreference, reminderTimes, type ReminderChoice } from "../../shared/model/reminders.ts";
import { isTaskOver } from "../../shared/model/tasks.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import type { Settings } from "../../shared/model/settings.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import type { Unit } from "../core/work.ts";
import { Followup } from "../followups/index.ts";
import { Preference } from "../preferences/index.ts";
import { Task } from "../tasks/index.ts";
import { keepStanding } from "../team/index.ts";
import { settingsOf } from "../tenants/index.ts";
import { Reminder } from "./entities.ts";

interface Plan {
  about: "task" | "followup";
  aboutId: string;
  memberId: string;
  zone: string;
  times: readonly number[];
}

/**
 * What belongs to a task or a follow-up is told only to whoever may manage it, whatever stands in its row. Changes of the team wait from
 * here on, so nothing behind it may ask for a connection of its own.
 */
export async function mayBeTold(unit: Unit, memberId: string, needs: Permission): Promise<boolean> {
  const standing = await keepStanding(unit, memberId);
  return standing?.active === true && standing.permissions.has(needs);
}

async function reminderChoice(unit: Unit, memberId: string): Promise<ReminderChoice> {
  const kept = await unit.em.findOne(Preference, { tenantId: unit.tenantId, id: memberId });
  return reminderChoiceOf(kept?.values[reminderPreference]);
}

/**
 * One plan after another for the same thing, whose rows are read behind this. Two changes in quick succession are planned at once by two
 * workers; whoever had read the older state would cancel what the newer one had just armed, and nobody would plan again.
 */
export const oneAfterAnother = (unit: Unit, aboutId: string) =>
  unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`reminders:${unit.tenantId}:${aboutId}`}, 0))`);

/** What the tenant has for all; asked behind the lock of what is planned, so that nobody plans the older of two. */
type Usual = () => Promise<Settings["work"]>;
const usualOf = (core: Core, tenantId: string) => () => settingsOf(core, tenantId, "work");

/** Times that had passed when it was last changed are left out; those that passed since, while no worker ran, still ring. */
export const planTaskReminders = (core: Core, unit: Unit, taskId: string) => planTask(unit, taskId, usualOf(core, unit.tenantId));

export const planFollowupReminders = (core: Core, unit: Unit, followupId: string) =>
  planFollowup(unit, followupId, usualOf(core, unit.tenantId));

async function planTask(unit: Unit, taskId: string, usual: Usual, since?: Date): Promise<void> {
  const { tenantId } = unit;
  await oneAfterAnother(unit, taskId);
  const task = await unit.em.findOne(Task, { tenantId, id: taskId });
  if (!task) return forget(unit, taskId);
  const { assigneeId, dueAt } = task;
  if (isTaskOver(task.status) || !assigneeId || !dueAt) return cancelReminders(unit, taskId);
  const before = task.remindBefore ?? (await reminderChoice(unit, assigneeId)).tasks ?? (await usual()).taskReminders;
  if (!(await mayBeTold(unit, assigneeId, "tasks.manage"))) return cancelReminders(unit, taskId);
  await follow(unit, {
    about: "task",
    aboutId: taskId,
    memberId: assigneeId,
    zone: task.dueZone ?? "UTC",
    times: reminderTimes(dueAt.getTime(), before, (since ?? task.updatedAt).getTime()),
  });
}

async function planFollowup(unit: Unit, followupId: string, usual: Usual, since?: Date): Promise<void> {
  const { tenantId } = unit;
  await oneAfterAnother(unit, followupId);
  const one = await unit.em.findOne(Followup, { tenantId, id: followupId });
  if (!one) return forget(unit, followupId);
  const { assigneeId } = one;
  if (isFollowupOver(one.status) || !assigneeId) return cancelReminders(unit, followupId);
  const before = one.remindBefore ?? (await reminderChoice(unit, assigneeId)).followups ?? (await usual()).followupReminders;
  if (!(await mayBeTold(unit, assigneeId, "followups.manage"))) return cancelReminders(unit, followupId);
  await follow(unit, {
    about: "followup",
    aboutId: followupId,
    memberId: assigneeId,
    zone: one.dueZone,
    times: reminderTimes(one.dueAt.getTime(), before, (since ?? one.updatedAt).getTime()),
  });
}

/** So many are planned anew in one transaction, which stays short. */
const atOnce = 100;

/** What a person or the tenant now wants counts for everything that is still to come and says nothing of its own. */
export async function planAnew(core: Core, tenantId: string, memberId?: string): Promise<void> {
  const inTenant = <R>(run: (unit: Unit) => Promise<R>) => core.work(service(tenantId, "reminders planned anew"), run);
  const { tasks, followups } = await inTenant(async ({ em, now }) => {
    const still = { tenantId, remindBefore: null, dueAt: { $gt: now }, assigneeId: memberId ?? { $ne: null } };
    return {
      tasks: await em.find(
        Task,
        { ...still, status: { $in: ["open", "in_progress", "waiting"] } },
        { fields: ["id"], orderBy: { id: "asc" } },
      ),
      followups: await em.find(Followup, { ...still, status: "scheduled" }, { fields: ["id"], orderBy: { id: "asc" } }),
    };
  });
  const kinds = [
    [planTask, tasks],
    [planFollowup, followups],
  ] as const;
  for (const [plan, things] of kinds)
    for (let from = 0; from < things.length; from += atOnce)
      await inTenant(async (unit) => {
        const some = things.slice(from, from + atOnce);
        // Once for all of them, behind the lock of the first and before changes of the team wait for the first who may be told.
        if (some[0]) await oneAfterAnother(unit, some[0].id);
        const usual = await usualOf(core, tenantId)();
        for (const { id } of some) await plan(unit, id, async () => usual, unit.now);
      });
}

/** What already rang stays as it is; what is still to come follows the plan. */
async function follow(unit: Unit, plan: Plan): Promise<void> {
  const known = await unit.em.find(Reminder, { tenantId: unit.tenantId, aboutId: plan.aboutId });
  const wanted = new Set(plan.times);
  for (const one of known) {
    const mine = one.memberId === plan.memberId;
    if (one.state === "armed" && (!mine || (one.dueAt > unit.now && !wanted.has(one.dueAt.getTime())))) one.state = "cancelled";
    if (!mine || !wanted.delete(one.dueAt.getTime())) continue;
    // Planned for this time once more, after it had been cancelled by another plan.
    if (one.state === "cancelled") one.state = "armed";
  }
  for (const at of wanted) arm(unit, plan, at);
}

export function arm(unit: Unit, plan: Omit<Plan, "times">, at: number): void {
  const { about, aboutId, memberId, zone } = plan;
  unit.em.create(Reminder, {
    tenantId: unit.tenantId,
    id: newId(),
    memberId,
    about,
    aboutId,
    dueAt: new Date(at),
    dueZone: zone,
    state: "armed",
    snoozedUntil: null,
    firedAt: null,
    mailedAt: null,
  });
}

async function cancelReminders(unit: Unit, aboutId: string): Promise<void> {
  for (const one of await unit.em.find(Reminder, { tenantId: unit.tenantId, aboutId, state: "armed" })) one.state = "cancelled";
}

/** It was deleted: nothing speaks of it any more, on no device. */
async function forget(unit: Unit, aboutId: string): Promise<void> {
  await unit.rows(sql`delete from reminder where tenant_id = ${unit.tenantId} and about_id = ${aboutId}`);
  await unit.rows(sql`delete from notice where tenant_id = ${unit.tenantId} and about_id = ${aboutId}`);
}
