/**
 * The table of everything that devices hold. An entity is the name of a row's kind in `change_log`, in operations and in the local store.
 *
 * A row is on a device when its scope is one of the reader's and, if it has a parent, the parent is there too: when a conversation
 * leaves, its messages leave with it; when it arrives, its recent messages are sent along. Rows without a scope of their own have their
 * parent's. A row whose parent is not on the device is not kept there.
 */
import type { z } from "zod";
import {
  conversationEventRow,
  conversationRow,
  labelRow,
  messageRow,
  readMarkRow,
  type ConversationEventRow,
  type ConversationRow,
  type LabelRow,
  type MessageRow,
  type ReadMarkRow,
} from "./rows/conversations.ts";
import {
  contactRow,
  memberRow,
  preferenceRow,
  replyRow,
  roleRow,
  savedFilterRow,
  teamMemberRow,
  teamRow,
  tenantRow,
  type ContactRow,
  type MemberRow,
  type PreferenceRow,
  type ReplyRow,
  type RoleRow,
  type SavedFilterRow,
  type TeamMemberRow,
  type TeamRow,
  type TenantRow,
} from "./rows/people.ts";
import {
  followupRow,
  noticeRow,
  reminderRow,
  taskCommentRow,
  taskRow,
  type FollowupRow,
  type NoticeRow,
  type ReminderRow,
  type TaskCommentRow,
  type TaskRow,
} from "./rows/work.ts";
import { memberScope, teamScope, type Scope, type ScopeKind } from "./scopes.ts";

export interface Rows {
  tenant: TenantRow;
  member: MemberRow;
  role: RoleRow;
  team: TeamRow;
  teamMember: TeamMemberRow;
  label: LabelRow;
  contact: ContactRow;
  conversation: ConversationRow;
  conversationEvent: ConversationEventRow;
  message: MessageRow;
  readMark: ReadMarkRow;
  reply: ReplyRow;
  task: TaskRow;
  taskComment: TaskCommentRow;
  followup: FollowupRow;
  reminder: ReminderRow;
  notice: NoticeRow;
  savedFilter: SavedFilterRow;
  preference: PreferenceRow;
}
export type EntityName = keyof Rows;

export interface Ref {
  entity: EntityName;
  id: string;
}

export interface Entity<Row> {
  schema: z.ZodType<Row>;
  /** Scopes that its rows may have; empty: always the parent's. */
  scopes: readonly ScopeKind[];
  /** Null for a row that has no scope but its parent's. */
  scopeOf: (row: Row) => Scope | null;
  /** Entities whose rows can be its parent. */
  parents: readonly EntityName[];
  parentOf: (row: Row) => Ref | null;
  /**
   * `always`: sent along whenever the parent is sent, because the parent may be new to the device. `arrival`: many, so only when the
   * parent comes into sight; what is missing then is fetched by `history`.
   */
  travels: "always" | "arrival";
  /** When it is sent in a bootstrap: the console is usable after stage 2 (SYNC section 7). */
  stage: 1 | 2 | 3 | 4;
  /** Whether a fresh device gets it; what is older comes on demand, and stays where it is already. */
  recent: (row: Row, since: string) => boolean;
}

const always = () => true;
const none = () => null;
const inTenant = {
  scopes: ["tenant"],
  scopeOf: (): Scope => "tenant",
  parents: [],
  parentOf: none,
  travels: "always",
  stage: 1,
  recent: always,
} as const;
const ofMember = {
  scopes: ["member"],
  scopeOf: (row: { memberId: string }) => memberScope(row.memberId),
  parents: [],
  parentOf: none,
  travels: "always",
  stage: 1,
  recent: always,
} as const;
const forAdmins = { scopes: ["admins"], scopeOf: (): Scope => "admins", parents: [], parentOf: none, travels: "always", stage: 3 } as const;

interface About {
  about: "conversation" | "task" | "followup" | null;
  aboutId: string | null;
}
/** Whoever no longer sees a task must not be reminded of it either. */
const aboutSomething = {
  parents: ["conversation", "task", "followup"],
  parentOf: (row: About): Ref | null => (row.about !== null && row.aboutId !== null ? { entity: row.about, id: row.aboutId } : null),
  stage: 3,
} as const;

export const entities: { readonly [E in EntityName]: Entity<Rows[E]> } = {
  tenant: { schema: tenantRow, ...inTenant },
  member: { schema: memberRow, ...inTenant },
  role: { schema: roleRow, ...inTenant },
  team: { schema: teamRow, ...inTenant },
  teamMember: { schema: teamMemberRow, ...inTenant },
  label: { schema: labelRow, ...inTenant },
  preference: { schema: preferenceRow, ...ofMember },
  savedFilter: { schema: savedFilterRow, ...ofMember },
  reply: {
    schema: replyRow,
    ...inTenant,
    scopes: ["tenant", "team", "member"],
    scopeOf: (row) => (row.memberId !== null ? memberScope(row.memberId) : row.teamId !== null ? teamScope(row.teamId) : "tenant"),
  },
  contact: { schema: contactRow, ...inTenant, scopes: ["contacts"], scopeOf: () => "contacts", stage: 2 },
  conversation: {
    schema: conversationRow,
    scopes: ["inbox", "team"],
    scopeOf: (row) => (row.teamId === null ? "inbox" : teamScope(row.teamId)),
    parents: [],
    parentOf: none,
    travels: "always",
    stage: 2,
    recent: (row, since) => row.status !== "closed" || row.lastAt >= since,
  },
  readMark: {
    schema: readMarkRow,
    ...ofMember,
    parents: ["conversation"],
    parentOf: (row) => ({ entity: "conversation", id: row.conversationId }),
    stage: 2,
  },
  task: { schema: taskRow, ...forAdmins, recent: (row, since) => row.completedAt === null || row.completedAt >= since },
  followup: { schema: followupRow, ...forAdmins, recent: (row, since) => row.completedAt === null || row.completedAt >= since },
  taskComment: {
    schema: taskCommentRow,
    scopes: [],
    scopeOf: none,
    parents: ["task"],
    parentOf: (row) => ({ entity: "task", id: row.taskId }),
    travels: "always",
    stage: 3,
    recent: always,
  },
  reminder: { schema: reminderRow, ...ofMember, ...aboutSomething },
  notice: { schema: noticeRow, ...ofMember, ...aboutSomething, recent: (row, since) => row.at >= since },
  conversationEvent: {
    schema: conversationEventRow,
    scopes: [],
    scopeOf: none,
    parents: ["conversation"],
    parentOf: (row) => ({ entity: "conversation", id: row.conversationId }),
    travels: "arrival",
    stage: 4,
    recent: (row, since) => row.at >= since,
  },
  message: {
    schema: messageRow,
    scopes: [],
    scopeOf: none,
    parents: ["conversation"],
    parentOf: (row) => ({ entity: "conversation", id: row.conversationId }),
    travels: "arrival",
    stage: 4,
    recent: (row, since) => row.at >= since,
  },
};

/** A row with the name of its kind, as bootstrap and history send it. */
export type NamedRow = { [E in EntityName]: { entity: E; row: Rows[E] } }[EntityName];

export function scopeOf<E extends EntityName>(named: { entity: E; row: Rows[E] }): Scope | null {
  return entities[named.entity].scopeOf(named.row);
}

export function parentOf<E extends EntityName>(named: { entity: E; row: Rows[E] }): Ref | null {
  return entities[named.entity].parentOf(named.row);
}

export const entityNames = Object.keys(entities) as EntityName[]; // the table's type has exactly these keys

export function isEntity(name: string): name is EntityName {
  return Object.hasOwn(entities, name);
}

/** A fresh device gets this much of the past. */
export const recentDays = 30;
export const recentMessages = 200;

/** A fresh device is not given all of the past, so one of these may be missing on a device although something about it is sent. */
export function mayBeMissing(named: NamedRow): boolean {
  if (named.entity === "conversation") return named.row.status === "closed";
  return (named.entity === "task" || named.entity === "followup") && named.row.completedAt !== null;
}

/** Entities whose rows leave and arrive with a row of the given one. */
export function childrenOf(entity: EntityName): readonly EntityName[] {
  return children.get(entity) ?? [];
}

const children = new Map(entityNames.map((parent) => [parent, entityNames.filter((name) => entities[name].parents.includes(parent))]));
