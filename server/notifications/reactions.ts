/** What tasks and follow-ups mean for people: who is told at once, and when it rings. */
import {
  followupAssigned,
  followupCancelled,
  followupCompleted,
  followupDeleted,
  followupMissed,
  followupMoved,
  followupReopened,
  followupScheduled,
  followupUpdated,
} from "../../shared/events/followups.ts";
import { taskAssigned, taskCommented, taskCreated, taskDeleted, taskMoved, taskUpdated } from "../../shared/events/tasks.ts";
import { remindersChosen } from "../../shared/events/preferences.ts";
import { memberRemoved, memberRoleChanged, roleChanged } from "../../shared/events/team.ts";
import { settingsChanged } from "../../shared/events/tenants.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { reaction, reactionToAny, type LoggedEvent } from "../core/jobs/define.ts";
import type { Unit } from "../core/work.ts";
import { Task } from "../tasks/index.ts";
import { planAnew, planFollowupReminders, planTaskReminders } from "./plan-reminders.ts";
import { tell } from "./tell.ts";
import { withdraw } from "./withdraw.ts";

const inTenant = (core: Core, event: LoggedEvent<unknown>, run: (unit: Unit) => Promise<void>) =>
  core.work(service(event.tenantId, "notifications"), run);

const idIn = (event: LoggedEvent, key: string) => String(event.payload[key]); // the event's own schema has it

export const notificationReactions = [
  reactionToAny("notifications.taskReminders", [taskCreated, taskUpdated, taskAssigned, taskMoved, taskDeleted], (core, event) =>
    inTenant(core, event, (unit) => planTaskReminders(core, unit, idIn(event, "taskId"))),
  ),
  reactionToAny(
    "notifications.followupReminders",
    [
      followupScheduled,
      followupUpdated,
      followupAssigned,
      followupMoved,
      followupCompleted,
      followupCancelled,
      followupReopened,
      followupDeleted,
    ],
    (core, event) => inTenant(core, event, (unit) => planFollowupReminders(core, unit, idIn(event, "followupId"))),
  ),
  reaction("notifications.taskCreated", taskCreated, (core, event) =>
    inTenant(core, event, async (unit) => {
      const { taskId, title, assigneeId } = event.payload;
      if (assigneeId)
        await tell(unit, event, {
          to: assigneeId,
          kind: "task.assigned",
          about: "task",
          aboutId: taskId,
          data: { title },
          needs: "tasks.manage",
        });
    }),
  ),
  reaction("notifications.taskAssigned", taskAssigned, (core, event) =>
    inTenant(core, event, async (unit) => {
      const { taskId, title, to } = event.payload;
      if (to)
        await tell(unit, event, {
          to,
          kind: "task.assigned",
          about: "task",
          aboutId: taskId,
          data: { title },
          needs: "tasks.manage",
        });
    }),
  ),
  reaction("notifications.taskCommented", taskCommented, (core, event) =>
    inTenant(core, event, async (unit) => {
      const { taskId, mentions } = event.payload;
      const task = await unit.em.findOne(Task, { tenantId: unit.tenantId, id: taskId });
      if (!task) return;
      const about = { about: "task", aboutId: taskId, data: { title: task.title }, needs: "tasks.manage" } as const;
      for (const to of mentions) await tell(unit, event, { to, kind: "task.mentioned", ...about });
      const owner = task.assigneeId;
      if (owner && !mentions.includes(owner)) await tell(unit, event, { to: owner, kind: "task.commented", ...about });
    }),
  ),
  reaction("notifications.followupScheduled", followupScheduled, (core, event) =>
    inTenant(core, event, async (unit) => {
      const { followupId, type, assigneeId } = event.payload;
      if (assigneeId)
        await tell(unit, event, {
          to: assigneeId,
          kind: "followup.assigned",
          about: "followup",
          aboutId: followupId,
          data: { type },
          needs: "followups.manage",
        });
    }),
  ),
  reaction("notifications.followupAssigned", followupAssigned, (core, event) =>
    inTenant(core, event, async (unit) => {
      const { followupId, to } = event.payload;
      if (to) await tell(unit, event, { to, kind: "followup.assigned", about: "followup", aboutId: followupId, needs: "followups.manage" });
    }),
  ),
  reaction("notifications.followupMissed", followupMissed, (core, event) =>
    inTenant(core, event, async (unit) => {
      const { followupId, assigneeId } = event.payload;
      if (assigneeId)
        await tell(unit, event, {
          to: assigneeId,
          kind: "followup.missed",
          about: "followup",
          aboutId: followupId,
          needs: "followups.manage",
        });
    }),
  ),
  reaction("notifications.remindersChosen", remindersChosen, (core, event) => planAnew(core, event.tenantId, event.payload.memberId)),
  reaction("notifications.usualReminders", settingsChanged, async (core, event) => {
    if (event.payload.kind === "work") await planAnew(core, event.tenantId);
  }),
  reactionToAny("notifications.withdraw", [memberRemoved, memberRoleChanged, roleChanged], (core, event) =>
    inTenant(core, event, withdraw),
  ),
];
