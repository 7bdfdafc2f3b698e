/** What mutators read and what they answer. Both sides have their own view: a device its visible rows, the server its transaction. */
import type { EntityName, Rows } from "./entities.ts";

export interface View {
  get<E extends EntityName>(entity: E, id: string): Rows[E] | undefined;
  /** Whether somebody of the team other than this member wrote to the visitor after the message with this number. */
  answeredAfter(conversationId: string, number: number, memberId: string): boolean;
}

/** A row as it is afterwards; null deletes it. */
export type Change = { [E in EntityName]: { entity: E; id: string; row: Rows[E] | null } }[EntityName];

export function put<E extends EntityName>(entity: E, row: Rows[E]): Change {
  return { entity, id: row.id, row } as Change; // the pair of E and Rows[E] is one of the union's members
}

export function remove(entity: EntityName, id: string): Change {
  return { entity, id, row: null };
}

/** Changed fields only; a field that is not named keeps its value. */
export function patch<Row extends object>(row: Row, changes: { [K in keyof Row]?: Row[K] | undefined }): Row {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...row, ...Object.fromEntries(named) };
}
