/** A task whose person may not have tasks any more has nobody again, and says so in its history. */
import { LockMode } from "@mikro-orm/postgresql";
import { taskAssigned } from "../../shared/events/tasks.ts";
import { memberRemoved, memberRoleChanged, roleChanged } from "../../shared/events/team.ts";
import { service } from "../core/actor.ts";
import { reactionToAny } from "../core/jobs/define.ts";
import { customRoles, Member, permissionsOf } from "../team/index.ts";
import { Task } from "./entities.ts";

export const taskReactions = [
  reactionToAny("tasks.release", [memberRemoved, memberRoleChanged, roleChanged], (core, { tenantId }) =>
    core.work(service(tenantId, "tasks of people who left"), async (unit) => {
      const roles = await customRoles(unit);
      const members = await unit.em.find(Member, { tenantId });
      const gone = members.filter(({ status, role }) => status !== "active" || !permissionsOf(role, roles).has("tasks.manage"));
      const left = {
        tenantId,
        status: { $in: ["open", "in_progress", "waiting"] as const },
        assigneeId: { $in: gone.map(({ id }) => id) },
      };
      // Locked, so that whoever was given it meanwhile keeps it.
      for (const task of await unit.em.find(Task, left, { orderBy: { id: "asc" }, lockMode: LockMode.PESSIMISTIC_WRITE })) {
        const { id: taskId, conversationId = null, title, assigneeId: from = null } = task;
        task.assigneeId = null;
        task.updatedAt = unit.now;
        unit.happened(taskAssigned, { taskId, conversationId, title, from, to: null, reason: "left" });
      }
    }),
  ),
];
