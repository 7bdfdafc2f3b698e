/**
 * What is due: reminders that the server planned, and those that follow from tasks and follow-ups which still wait in the outbox, so
 * that a promise made offline is kept offline. Both are known by what they are about and when, so that the one becomes the other
 * without ringing twice.
 */
import { defaultFollowupReminders, isFollowupOver } from "@switchboard/shared/model/followups.ts";
import { reminderChoiceOf, reminderPreference, reminderTimes } from "@switchboard/shared/model/reminders.ts";
import { defaultTaskReminders, isTaskOver } from "@switchboard/shared/model/tasks.ts";
import { claim, dueReminders, nextReminderAt, rungFor, shown, type Rung } from "../store/reminder-list.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { argsOf } from "../queries/outbox-index.ts";

export interface Due extends Rung {
  about: "conversation" | "task" | "followup";
  /** Of the server's row; null while only the outbox knows of it. */
  reminderId: string | null;
  /** When another device of this person showed it. */
  firedAt: number | null;
}

const planners: ReadonlySet<string> = new Set([
  "createTask",
  "updateTask",
  "createFollowup",
  "updateFollowup",
  "moveFollowup",
  "moveTask",
  "reopenFollowup",
]);

interface Planned extends Rung {
  about: "task" | "followup";
}

function* plannedHere({ client, store, memberId }: Tenant): Generator<Planned> {
  const { cache } = store;
  const chosen = reminderChoiceOf(cache.get("preference", memberId)?.values[reminderPreference]);
  for (const entry of client.waiting()) {
    if (!planners.has(entry.name)) continue;
    const args = argsOf(entry);
    const asked = Date.parse(entry.at);
    const task = cache.get("task", String(args["taskId"] ?? args["id"]));
    if (task && task.assigneeId === memberId && task.due !== null && !isTaskOver(task.status)) {
      for (const ringsAt of reminderTimes(Date.parse(task.due.at), task.remindBefore ?? chosen.tasks ?? defaultTaskReminders, asked)) {
        yield { about: "task", aboutId: task.id, ringsAt };
      }
    }
    const followup = cache.get("followup", String(args["followupId"] ?? args["id"]));
    if (followup && followup.assigneeId === memberId && !isFollowupOver(followup.status)) {
      for (const ringsAt of reminderTimes(
        Date.parse(followup.due.at),
        followup.remindBefore ?? chosen.followups ?? defaultFollowupReminders,
        asked,
      )) {
        yield { about: "followup", aboutId: followup.id, ringsAt };
      }
    }
  }
}

/** Everything whose time has come, shown or not; what was done, anywhere, is not among it. */
export function dueNow(tenant: Tenant): Due[] {
  const now = tenant.now();
  const { cacheFile } = tenant.store;
  const due = new Map<string, Due>();
  for (const { row, ringsAt } of dueReminders(cacheFile, now)) {
    const firedAt = row.firedAt === null ? null : Date.parse(row.firedAt);
    due.set(`${row.aboutId} ${ringsAt}`, { about: row.about, aboutId: row.aboutId, ringsAt, reminderId: row.id, firedAt });
  }
  for (const planned of plannedHere(tenant)) {
    const key = `${planned.aboutId} ${planned.ringsAt}`;
    if (planned.ringsAt <= now && !due.has(key) && !rungFor(cacheFile, planned)?.done)
      due.set(key, { ...planned, reminderId: null, firedAt: null });
  }
  return [...due.values()].toSorted((a, b) => a.ringsAt - b.ringsAt);
}

export function nextDueAt(tenant: Tenant): number | null {
  const now = tenant.now();
  const times = [nextReminderAt(tenant.store.cacheFile, now), ...[...plannedHere(tenant)].map(({ ringsAt }) => ringsAt)];
  const later = times.filter((at) => at !== null).filter((at) => at > now);
  return later.length === 0 ? null : Math.min(...later);
}

export interface Fresh {
  due: Due;
  /** Another device showed it a while ago: only in the list. */
  stale: boolean;
}

/** After this a reminder that another device has shown is no news. */
const elsewhereMs = 120_000;

/**
 * Takes those that were not shown here and shows them: recorded first, so that a second process or a restart does not show them again;
 * what was recorded but not shown before a crash is among them.
 */
export function showDue(tenant: Tenant, due: readonly Due[], show: (fresh: readonly Fresh[]) => void): void {
  const { store, health } = tenant;
  const now = tenant.now();
  const fresh = due.filter((one) => !rungFor(store.cacheFile, one)?.shown);
  if (fresh.length === 0) return;
  // A disk that does not take it must not keep a reminder from ringing.
  health.written(() => claim(store.cacheFile, fresh, now));
  show(fresh.map((one) => ({ due: one, stale: one.firedAt !== null && now - one.firedAt > elsewhereMs })));
  health.written(() => shown(store.cacheFile, fresh, now));
}
