import { tasksApi } from "../../shared/api/tasks.ts";
import { addTaskComment, createTask, deleteTask, moveTask, updateTask } from "../../shared/sync/mutators/tasks.ts";
import { action, type Call, type Endpoint } from "../core/http/endpoint.ts";
import { mutate } from "../core/sync/mutation.ts";
import type { Mutator } from "../../shared/sync/mutators/define.ts";
import { writer } from "../core/actor.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { taskMutations } from "./change.ts";
import { Task, TaskComment } from "./entities.ts";
import { presentTask } from "./present.ts";
import { historyOf, listComments, listTasks } from "./read.ts";
import { toCommentRow } from "./rows.ts";

async function run(unit: Unit, { core }: Pick<Call, "core">, mutator: Mutator, args: unknown): Promise<void> {
  const mutation = taskMutations.find((one) => one.mutator === mutator);
  if (!mutation) throw new Error(`${mutator.name} is not a mutation of tasks.`);
  await mutate(core, writer(unit), mutation, args);
}

const task = async (unit: Unit, id: string) => found(await unit.em.findOne(Task, { id }));
const shown = async (unit: Unit, id: string) => presentTask(await task(unit, id), unit.actor);

export const taskEndpoints: Endpoint[] = [
  action(tasksApi.list, (unit, { query }) => listTasks(unit, query)),
  action(tasksApi.create, async (unit, call) => {
    await run(unit, call, createTask, call.body);
    return shown(unit, call.body.id);
  }),
  action(tasksApi.get, (unit, { params }) => shown(unit, params.taskId)),
  action(tasksApi.update, async (unit, call) => {
    await run(unit, call, updateTask, { taskId: call.params.taskId, changes: call.body });
    return shown(unit, call.params.taskId);
  }),
  action(tasksApi.move, async (unit, call) => {
    await run(unit, call, moveTask, { taskId: call.params.taskId, ...call.body });
    return shown(unit, call.params.taskId);
  }),
  action(tasksApi.bulk, async (unit, call) => {
    const { taskIds, assigneeId, to } = call.body;
    const items = [];
    for (const taskId of [...new Set(taskIds)].toSorted()) {
      if (assigneeId !== undefined) await run(unit, call, updateTask, { taskId, changes: { assigneeId } });
      if (to !== undefined) await run(unit, call, moveTask, { taskId, to, reopen: false });
      items.push(await shown(unit, taskId));
    }
    return { items };
  }),
  action(tasksApi.delete, async (unit, call) => {
    await task(unit, call.params.taskId);
    await run(unit, call, deleteTask, { taskId: call.params.taskId });
  }),
  action(tasksApi.comments, async (unit, { params, query }) => {
    await task(unit, params.taskId);
    return listComments(unit, params.taskId, query);
  }),
  action(tasksApi.comment, async (unit, call) => {
    await run(unit, call, addTaskComment, { taskId: call.params.taskId, ...call.body });
    return toCommentRow(found(await unit.em.findOne(TaskComment, { id: call.body.id })));
  }),
  action(tasksApi.history, async (unit, { params, query }) => {
    await task(unit, params.taskId);
    return historyOf(unit, params.taskId, query);
  }),
];
