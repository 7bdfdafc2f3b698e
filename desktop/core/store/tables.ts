/** How rows become columns: one line an entity. The order of a column is the order in which lists show it. */
import type { EntityName, Rows } from "@switchboard/shared/sync/entities.ts";
import type { Value } from "./driver.ts";

export interface Table<Row> {
  name: string;
  columns: { [column: string]: (row: Row) => Value };
}

const plain = (name: string): Table<unknown> => ({ name, columns: {} });

/** Later than every instant, so that one whole number orders both. */
const farAway = 4e15;

const priorityOrder = { urgent: 0, high: 1, normal: 2, low: 3 } as const;
/** A time that cannot be read must not keep a row from being stored. */
const instant = (text: string) => Date.parse(text) || 0;

/** They wait for us: the longest first. We wait for them: the newest first. Put away: last. */
export function waitOrder({ status, waitingSince, lastAt }: Rows["conversation"]): number {
  if (status === "pending") return 2 * farAway - instant(lastAt);
  return waitingSince === null ? farAway - instant(lastAt) : instant(waitingSince);
}

/** Tasks without a due time come after all others. */
const dueOrder = (row: Rows["task"]) => (row.due === null ? farAway : instant(row.due.at));
/** Room for every due time below the next priority. */
const perPriority = 2e15;

export const tables: { readonly [E in Exclude<EntityName, "message">]: Table<Rows[E]> } = {
  tenant: plain("tenant"),
  member: plain("member"),
  role: plain("role"),
  team: plain("team"),
  teamMember: plain("team_member"),
  label: plain("label"),
  reply: plain("reply"),
  savedFilter: plain("saved_filter"),
  preference: plain("preference"),
  taskComment: plain("task_comment"),
  notice: plain("notice"),
  contact: plain("contact"),
  conversationEvent: { name: "conversation_event", columns: { seq: (row) => row.seq } },
  readMark: { name: "read_mark", columns: { conversation_id: (row) => row.conversationId, number: (row) => row.number } },
  conversation: {
    name: "conversation",
    columns: {
      status: (row) => row.status,
      assignee_id: (row) => row.assigneeId,
      team_id: (row) => row.teamId,
      contact_id: (row) => row.contactId,
      visitor_id: (row) => row.visitorId,
      last_number: (row) => row.lastNumber,
      last_at: (row) => instant(row.lastAt),
      wait_order: waitOrder,
      waiting: (row) => (row.waitingSince === null ? 0 : 1),
    },
  },
  task: {
    name: "task",
    columns: {
      status: (row) => row.status,
      due_order: dueOrder,
      priority_due: (row) => priorityOrder[row.priority] * perPriority + Math.min(dueOrder(row), perPriority - 1),
      updated_at: (row) => instant(row.updatedAt),
      assignee_id: (row) => row.assigneeId,
      conversation_id: (row) => row.conversationId,
      contact_id: (row) => row.contactId,
    },
  },
  followup: {
    name: "followup",
    columns: {
      status: (row) => row.status,
      due_at: (row) => instant(row.due.at),
      assignee_id: (row) => row.assigneeId,
      conversation_id: (row) => row.conversationId,
      contact_id: (row) => row.contactId,
      previous_id: (row) => row.previousId,
    },
  },
  reminder: {
    name: "reminder",
    columns: { state: (row) => row.state, rings_at: (row) => Math.max(instant(row.due.at), instant(row.snoozedUntil ?? row.due.at)) },
  },
};
