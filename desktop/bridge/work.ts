/** Tasks and follow-ups as lists, board and calendar show them. Only for members who may manage them; others get nothing. */
import { z } from "zod";
import { command, query } from "./define.ts";
import { cursorInput, label, maybe, person, tenants, uuid, when } from "./shapes.ts";

const contactFacts = z.object({ id: uuid, name: z.string(), named: z.boolean(), phone: maybe(z.string()), email: maybe(z.string()) });
const planned = z.object({ at: when, zone: z.string() });
const intervals = z.array(z.object({ from: z.string(), to: z.string() }));
const workingHours = z.object({
  zone: z.string(),
  always: z.boolean(),
  week: z.record(z.string(), intervals),
  holidays: z.array(z.object({ date: z.string(), name: z.string(), intervals })),
});

export const taskLine = z.object({
  tenantId: uuid,
  id: uuid,
  title: z.string(),
  status: z.enum(["open", "in_progress", "waiting", "completed", "cancelled"]),
  priority: z.enum(["low", "normal", "high", "urgent"]),
  due: maybe(planned),
  dueAllDay: z.boolean(),
  overdue: z.boolean(),
  assignee: maybe(person),
  contact: maybe(contactFacts),
  conversationId: maybe(uuid),
  labels: z.array(label),
  comments: z.number().int(),
  pending: z.boolean(),
  updatedAt: when,
  /** When it was completed or cancelled; later changes leave it. */
  completedAt: maybe(when),
});

export const taskDetail = taskLine.extend({
  description: z.string(),
  createdBy: maybe(person),
  createdAt: when,
  messageId: maybe(uuid),
  remindBefore: maybe(z.array(z.number().int())),
  commentList: z.array(z.object({ id: uuid, author: maybe(person), body: z.string(), at: when, pending: z.boolean() })),
});

export const followupLine = z.object({
  tenantId: uuid,
  id: uuid,
  type: z.string(),
  channel: z.enum(["phone", "email", "chat", "none"]),
  due: planned,
  minutes: z.number().int(),
  status: z.enum(["scheduled", "completed", "missed", "cancelled"]),
  outcome: maybe(z.string()),
  assignee: maybe(person),
  contact: maybe(contactFacts),
  missingAddress: z.boolean(),
  chain: maybe(z.object({ position: z.number().int(), of: z.number().int() })),
  recurring: z.boolean(),
  conversationId: maybe(uuid),
  notes: z.string(),
  pending: z.boolean(),
});

export const historyLine = z.object({
  seq: z.number().int(),
  type: z.string(),
  /** The member who did it; null for the server itself. */
  by: maybe(uuid),
  payload: z.record(z.string(), z.unknown()),
  at: when,
});

export const work = {
  queries: {
    "tasks.list": query(
      z.strictObject({
        tenants,
        status: z.array(taskLine.shape.status).optional(),
        assigneeId: uuid.nullable().optional(),
        priority: taskLine.shape.priority.optional(),
        due: z.enum(["overdue", "today", "week", "none"]).optional(),
        labelId: uuid.optional(),
        conversationId: uuid.optional(),
        text: z.string().max(200).optional(),
        sort: z.enum(["due", "priority", "updated"]).default("due"),
        cursor: cursorInput,
        limit: z.number().int().min(1).max(50).default(50),
      }),
      z.object({ items: z.array(taskLine), next: maybe(z.string()), total: z.number().int() }),
    ),
    "tasks.open": query(z.strictObject({ tenantId: uuid, taskId: uuid }), maybe(taskDetail)),
    "followups.list": query(
      z.strictObject({
        tenants,
        from: when.optional(),
        to: when.optional(),
        status: z.array(followupLine.shape.status).optional(),
        assigneeId: uuid.nullable().optional(),
        needsDecision: z.boolean().optional(),
        text: z.string().max(200).optional(),
        cursor: cursorInput,
        limit: z.number().int().min(1).max(200).default(200),
      }),
      z.object({ items: z.array(followupLine), next: maybe(z.string()) }),
    ),
    "followups.open": query(
      z.strictObject({ tenantId: uuid, followupId: uuid }),
      maybe(
        followupLine.extend({
          outcomeNotes: z.string(),
          previous: maybe(uuid),
          following: z.array(uuid),
          createdAt: when,
          completedAt: maybe(when),
          recurrence: maybe(z.json()),
          remindBefore: maybe(z.array(z.number().int())),
        }),
      ),
    ),
    /** What the calendar of a tenant follows; no hours until the server was asked once. */
    "work.facts": query(z.strictObject({ tenantId: uuid }), z.object({ hours: maybe(workingHours), followupTypes: z.array(z.string()) })),
    /** Whom new work may be about, by any part of name, e-mail or phone. */
    "contacts.find": query(z.strictObject({ tenantId: uuid, text: z.string().max(200) }), z.object({ items: z.array(contactFacts) })),
    "work.counts": query(
      z.strictObject({ tenants }),
      z.object({
        tasksOverdue: z.number().int(),
        tasksMine: z.number().int(),
        followupsToday: z.number().int(),
        followupsDecision: z.number().int(),
      }),
    ),
  },
  commands: {
    /** Who changed what, newest first. It is the server's log and needs a connection. */
    "work.history": command(
      z.strictObject({ tenantId: uuid, of: z.enum(["task", "followup"]), id: uuid, cursor: cursorInput }),
      z.object({ lines: z.array(historyLine), next: maybe(z.string()) }),
    ),
  },
  events: {},
};
