/** Tasks and their comments. Only for those who may manage tasks: scope `admins`. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { taskPriorities, taskStatuses } from "../../shared/model/tasks.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Task = defineEntity({
  name: "Task",
  tableName: "task",
  ...tenantScoped,
  indexes: [
    { properties: ["tenantId", "status", "dueAt"] },
    { properties: ["tenantId", "assigneeId", "status"] },
    { properties: ["tenantId", "conversationId"] },
    { properties: ["tenantId", "contactId"] },
  ],
  properties: {
    ...tenantColumns,
    conversationId: p.uuid().nullable(),
    contactId: p.uuid().nullable(),
    messageId: p.uuid().nullable(),
    title: p.text(),
    description: p.text(),
    /** Title and description as search compares them (`shared/model/search.ts`). */
    search: p.text(),
    dueAt: instant().nullable(),
    dueZone: p.text().nullable(),
    dueAllDay: p.boolean().default(false),
    priority: p.enum(taskPriorities),
    assigneeId: p.uuid().nullable(),
    status: p.enum(taskStatuses),
    labelIds: p.json<string[]>().default("[]"),
    remindBefore: p.json<number[]>().nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: instant(),
    updatedAt: instant(),
    completedAt: instant().nullable(),
    completedBy: p.uuid().nullable(),
  },
});
export type Task = InferEntity<typeof Task>;

export const TaskComment = defineEntity({
  name: "TaskComment",
  tableName: "task_comment",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "taskId", "at"] }],
  properties: {
    ...tenantColumns,
    taskId: p.uuid(),
    authorId: p.uuid().nullable(),
    body: p.text(),
    at: instant(),
    editedAt: instant().nullable(),
  },
});
export type TaskComment = InferEntity<typeof TaskComment>;

export const taskTables = [
  table(Task, {
    references: {
      conversation_id: "conversation",
      contact_id: "contact",
      assignee_id: "member",
      created_by: "member",
      completed_by: "member",
    },
    // With the person or the conversation goes what came out of it.
    cascade: ["conversation_id", "contact_id"],
    synced: { entity: "task", scope: "'admins'", derived: ["search"] },
  }),
  table(TaskComment, {
    references: { task_id: "task", author_id: "member" },
    cascade: ["task_id"],
    synced: { entity: "taskComment", scope: "null" },
  }),
];
