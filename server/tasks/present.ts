import { canMoveTask, canReopenTask, taskStatuses } from "../../shared/model/tasks.ts";
import type { TaskShape } from "../../shared/api/tasks.ts";
import { holds, type Actor } from "../core/actor.ts";
import type { Task } from "./entities.ts";
import { toTaskRow } from "./rows.ts";

export function presentTask(task: Task, actor: Actor): TaskShape {
  const edit = actor.kind === "member" && holds(actor, "tasks.manage");
  return {
    ...toTaskRow(task),
    can: {
      edit,
      move: edit ? taskStatuses.filter((to) => to !== task.status && canMoveTask(task.status, to)) : [],
      reopen: edit && canReopenTask(task.status),
      delete: edit,
    },
  };
}
