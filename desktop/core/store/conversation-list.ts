/** Pages of conversations: each queue and order has an index of its own, a page begins behind the last row of the page before. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Reads } from "./database.ts";
import { readStored, type Stored } from "./kept.ts";
import type { Value } from "./driver.ts";

export type Queue = "mine" | "queue" | "team" | "closed";

export interface Place {
  order: number;
  id: string;
}

export interface Filter {
  labelId?: string | undefined;
  teamId?: string | undefined;
  assigneeId?: string | undefined;
  unread?: boolean | undefined;
  waiting?: boolean | undefined;
}

export interface ConversationAsk {
  queue: Queue;
  memberId: string;
  /** `waiting`: longest waiting first. `newest`: newest message first. Closed ones are always newest first. */
  sort: "waiting" | "newest";
  filter: Filter;
  after: Place | null;
  limit: number;
  /** Read, and set back to unread by hand. */
  keptUnread?: readonly string[];
}

export interface Placed<Row> extends Place {
  row: Row;
}

const queues: { readonly [Q in Queue]: string } = {
  mine: "assignee_id = ? and status <> 'closed'",
  queue: "status = 'open' and assignee_id is null",
  team: "status <> 'closed'",
  closed: "status = 'closed'",
};
const filters: { readonly [F in keyof Required<Filter>]: string } = {
  // Its own, or of whom it is with: both are seen beside it, and who looks for a wholesaler does not know where somebody put the word.
  labelId: `? in (select value from json_each(conversation.data, '$.labelIds')
    union all select value from contact, json_each(contact.data, '$.labelIds') where contact.id = conversation.contact_id)`,
  teamId: "team_id = ?",
  assigneeId: "assignee_id is ?",
  unread: `(last_number > coalesce((select max(number) from read_mark where conversation_id = conversation.id), 0)
    or exists (select 1 from json_each(?) where value = conversation.id)) = ?`,
  waiting: "waiting = ?",
};
const orders = {
  waiting: { column: "wait_order", compare: ">", direction: "asc", first: -1 },
  newest: { column: "last_at", compare: "<", direction: "desc", first: Number.MAX_SAFE_INTEGER },
} as const;

export function conversationSql({ queue, sort, filter }: Pick<ConversationAsk, "queue" | "sort" | "filter">): string {
  const { column, compare, direction } = orders[queue === "closed" ? "newest" : sort];
  const wanted = filterNames(filter).map((name) => ` and ${filters[name]}`);
  return `select id, ${column} as place, data, sum from conversation
    where ${queues[queue]} and (${column}, id) ${compare} (?, ?)${wanted.join("")}
    order by ${column} ${direction}, id ${direction} limit ?`;
}

const filterNames = (filter: Filter) => (Object.keys(filters) as (keyof Filter)[]).filter((name) => filter[name] !== undefined); // the table's own keys
const valueOf = (value: string | boolean | undefined): Value => (typeof value === "boolean" ? Number(value) : (value ?? null));

export function conversationPage(db: Reads, ask: ConversationAsk): Placed<Rows["conversation"]>[] {
  const { queue, memberId, sort, filter, after, limit } = ask;
  const { first, direction } = orders[queue === "closed" ? "newest" : sort];
  const begin = after ?? { order: first, id: direction === "desc" ? "~" : "" };
  const values = [
    ...(queue === "mine" ? [memberId] : []),
    begin.order,
    begin.id,
    ...filterNames(filter).flatMap((name) => [...(name === "unread" ? [JSON.stringify(ask.keptUnread ?? [])] : []), valueOf(filter[name])]),
    limit,
  ];
  return db
    .all<Stored & { id: string; place: number }>(conversationSql(ask), ...values)
    .map(({ id, place, ...stored }) => ({ id, order: place, row: readStored<Rows["conversation"]>(stored) }));
}

export interface QueueCounts {
  mine: number;
  queue: number;
  team: number;
  /** Shown to a new tenant; nobody's work. */
  samples: number;
  /** Mine that somebody waits in. */
  mineWaiting: number;
  /** Mine that are open: my load. */
  mineOpen: number;
  /** Of the queue: it is said beside how many wait there. */
  longestWaitingSince: number | null;
}

const one = (db: Reads, sql: string, ...values: Value[]) => db.get<{ n: number | null }>(sql, ...values)?.n ?? null;

export function queueCounts(db: Reads, memberId: string): QueueCounts {
  return {
    mine: one(db, "select count(*) as n from conversation where assignee_id = ? and status <> 'closed'", memberId) ?? 0,
    queue: one(db, "select count(*) as n from conversation where status = 'open' and assignee_id is null") ?? 0,
    team: one(db, "select count(*) as n from conversation where status <> 'closed'") ?? 0,
    samples: one(db, "select count(*) as n from conversation where status <> 'closed' and status = 'sample'") ?? 0,
    mineWaiting:
      one(
        db,
        "select count(*) as n from conversation where assignee_id = ? and status <> 'closed' and status = 'open' and waiting = 1",
        memberId,
      ) ?? 0,
    mineOpen:
      one(db, "select count(*) as n from conversation where assignee_id = ? and status <> 'closed' and status = 'open'", memberId) ?? 0,
    longestWaitingSince: one(
      db,
      "select min(wait_order) as n from conversation where status = 'open' and assignee_id is null and waiting = 1",
    ),
  };
}

export const pastSql = "select id, data, sum from conversation where contact_id = ? and id <> ? order by last_at desc limit ?";

export function pastConversations(db: Reads, contactId: string, exceptId: string, limit: number): Rows["conversation"][] {
  return db.all<Stored>(pastSql, contactId, exceptId, limit).map((stored) => readStored<Rows["conversation"]>(stored));
}

/** Conversations of a contact that can still be written in. */
export function openWithContact(db: Reads, contactId: string): boolean {
  return db.get("select 1 from conversation where contact_id = ? and status <> 'closed' limit 1", contactId) !== undefined;
}
