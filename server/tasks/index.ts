import { feature } from "../core/feature.ts";
import * as events from "../../shared/events/tasks.ts";
import { taskMutations } from "./change.ts";
import { taskEndpoints } from "./endpoints.ts";
import { taskTables } from "./entities.ts";
import { taskReactions } from "./reactions.ts";
import { syncedTask, syncedTaskComment } from "./rows.ts";

export const tasks = feature({
  name: "tasks",
  tables: taskTables,
  endpoints: taskEndpoints,
  events: Object.values(events),
  reactions: taskReactions,
  synced: [syncedTask, syncedTaskComment],
  mutations: taskMutations,
});

export { Task } from "./entities.ts";
export { historyOf } from "./read.ts";
export { differences } from "./change.ts";
export { deleteEndedTasks, deleteTasksOf, lockTasksOf, taskEndedBefore, unfinishedTask } from "./delete-ended.ts";
