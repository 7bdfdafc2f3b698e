/** The change log as sync reads it. `change_log` rows and new messages, which carry their own `seq`, together in the order of `seq`. */
import type { EntityName } from "./entities.ts";
import type { Scope } from "./scopes.ts";

/** A row that was made, changed, moved or deleted. */
export interface RowEntry {
  kind: "row";
  seq: number;
  entity: EntityName;
  id: string;
  /** Scopes that the row left: one, or more when compaction merged entries. Empty for a new row and for rows in their parent's scope. */
  before: readonly Scope[];
  /** Null when it was deleted, and for rows in their parent's scope. */
  after: Scope | null;
  /** Compaction dropped earlier entries of this row, its creation among them. */
  merged?: boolean;
}

/** A member's scopes changed: one entry a scope, `change_log` holds it as entity `access` with the member's id. */
export interface AccessEntry {
  kind: "access";
  seq: number;
  memberId: string;
  scope: Scope;
  gained: boolean;
}

export type LogEntry = RowEntry | AccessEntry;
