/** Everything that changes a task: decided by the shared mutators, told as events. */
import { addTaskComment, createTask, deleteTask, moveTask, updateTask } from "../../shared/sync/mutators/tasks.ts";
import type { Mutator } from "../../shared/sync/mutators/define.ts";
import type { TaskRow } from "../../shared/sync/rows/work.ts";
import { taskAssigned, taskCommented, taskCreated, taskDeleted, taskMoved, taskUpdated } from "../../shared/events/tasks.ts";
import { distinct, withLabelsOfNow, type Labelling } from "../contacts/index.ts";
import type { MemberActor } from "../core/actor.ts";
import type { Applied } from "../core/sync/perform.ts";
import { mutation, type Mutation } from "../core/sync/mutation.ts";
import { behind, underLock } from "../core/sync/under-lock.ts";
import type { Unit } from "../core/work.ts";
import { keepTeam } from "../team/index.ts";

/** Fields whose change is not worth a line of history. */
const silent = new Set(["updatedAt", "status", "completedAt", "completedBy", "assigneeId"]);

/** What a change of tasks means in words. */
function tell({ happened }: Unit<MemberActor>, changes: readonly Applied[], args: unknown): void {
  for (const change of changes) {
    if (change.entity === "task") tellTask(happened, change.before, change.after);
    if (change.entity === "taskComment" && change.before === null && change.after) {
      const mentions = (args as { mentions?: string[] }).mentions ?? []; // parsed by the mutator's schema
      happened(taskCommented, { taskId: change.after.taskId, conversationId: null, commentId: change.id, mentions });
    }
  }
}

function tellTask(happened: Unit["happened"], before: TaskRow | null, after: TaskRow | null): void {
  const row = after ?? before;
  if (!row) return;
  const about = { taskId: row.id, conversationId: row.conversationId };
  if (!before) {
    happened(taskCreated, { ...about, title: row.title, assigneeId: row.assigneeId, dueAt: row.due?.at ?? null });
    return;
  }
  if (!after) {
    happened(taskDeleted, { ...about, title: row.title });
    return;
  }
  if (before.status !== after.status) happened(taskMoved, { ...about, from: before.status, to: after.status });
  if (before.assigneeId !== after.assigneeId)
    happened(taskAssigned, { ...about, title: row.title, from: before.assigneeId, to: after.assigneeId });
  const changes = differences(before, after);
  if (Object.keys(changes).length > 0) happened(taskUpdated, { ...about, changes });
}

export function differences<Row extends object>(before: Row, after: Row): Record<string, { before: unknown; after: unknown }> {
  const changed: Record<string, { before: unknown; after: unknown }> = {};
  for (const key of Object.keys(after) as (keyof Row & string)[]) {
    if (silent.has(key) || JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    changed[key] = { before: before[key], after: after[key] };
  }
  return changed;
}

const taskMutation = (mutator: Mutator): Mutation => underLock(mutation(mutator, { may: "tasks.manage", tell }), "task");

interface Labelled {
  labelIds?: string[] | undefined;
}
const labelsOfTask: Labelling<Labelled> = {
  labelsIn: ({ labelIds }) => labelIds ?? [],
  withLabels: (args, ofNow) => (args.labelIds ? { ...args, labelIds: distinct(args.labelIds.map(ofNow)) } : args),
};
const labelsOfChange: Labelling<{ changes: Labelled }> = {
  labelsIn: ({ changes }) => labelsOfTask.labelsIn(changes),
  withLabels: (args, ofNow) => ({ ...args, changes: labelsOfTask.withLabels(args.changes, ofNow) }),
};

export const taskMutations: readonly Mutation[] = [
  behind(keepTeam, withLabelsOfNow(taskMutation(createTask), labelsOfTask)),
  behind(keepTeam, withLabelsOfNow(taskMutation(updateTask), labelsOfChange)),
  behind(keepTeam, taskMutation(moveTask)),
  taskMutation(addTaskComment),
  taskMutation(deleteTask),
];
