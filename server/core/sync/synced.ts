/** How a feature's rows travel: what a device is shown of them, and how a change decided by a mutator is written. */
import type { EntityClass } from "@mikro-orm/core";
import type { EntityName, Rows } from "../../../shared/sync/entities.ts";
import type { Unit } from "../work.ts";

export interface SyncedEntity<E extends EntityName = EntityName> {
  entity: E;
  /** Its rows are entries of the event log with these types, each under `eventId(seq)`: such an entry is the news of its row. */
  ofEvents?: readonly string[];
  /** The rows of these ids as they are now, in any order; missing ones are left out. One query. */
  load(unit: Unit, ids: readonly string[]): Promise<Rows[E][]>;
  /** Pages through all rows of the transaction's tenant that a bootstrap may need, by `keyOf`. */
  page(unit: Unit, after: string | null, limit: number): Promise<Rows[E][]>;
  /** What the next page comes after, where it is not the row's id: of letters, digits and hyphens, and never changing. */
  keyOf?(row: Rows[E]): string;
  /** Rows that hang on one parent, with `from < seq < to`, for those whose place among the parent's messages is told by `seq`. */
  between?(unit: Unit, parentId: string, from: number, to: number | null): Promise<Rows[E][]>;
  /** Rows that hang on these parents, for entities that arrive with a parent. */
  ofParents?(unit: Unit, parentIds: readonly string[]): Promise<Rows[E][]>;
  /** Only for entities that generic mutators write; others have actions of their own. */
  save?(unit: Unit, row: Rows[E], isNew: boolean): Promise<void>;
  remove?(unit: Unit, id: string): Promise<void>;
}

export function syncedEntity<E extends EntityName>(input: SyncedEntity<E>): SyncedEntity {
  return input; // looked up by its own name only
}

interface Keyed {
  tenantId: string;
  id: string;
}

export const pageKeyOf = (entity: SyncedEntity | undefined, row: Rows[EntityName]): string => entity?.keyOf?.(row) ?? row.id;

/** `load` and `page` for an entity whose table holds all that its row says. */
export function rowsOf<T extends Keyed, Row>(schema: unknown, toRow: (entity: T) => Row) {
  const entity = schema as EntityClass<Keyed>; // only the key is named in the queries; defineEntity's precise type does not matter here
  const shown = (found: readonly Keyed[]) => found.map((one) => toRow(one as T)); // the schema's own entities
  return {
    async load({ em, tenantId }: Unit, ids: readonly string[]): Promise<Row[]> {
      return ids.length === 0 ? [] : shown(await em.find(entity, { tenantId, id: { $in: [...ids] } }));
    },
    async page({ em, tenantId }: Unit, after: string | null, limit: number): Promise<Row[]> {
      return shown(
        await em.find(entity, { tenantId, ...(after === null ? {} : { id: { $gt: after } }) }, { orderBy: { id: "asc" }, limit }),
      );
    },
  };
}
