/** What a mutation decides on must still be true when it is written, so it locks that first. */
import { isId } from "../../../shared/model/audit-sentence.ts";
import type { MemberActor } from "../actor.ts";
import { fragment, sql } from "../database/sql.ts";
import type { Unit } from "../work.ts";
import type { Mutation } from "./mutation.ts";

type First = (unit: Unit<MemberActor>, args: unknown) => Promise<unknown>;

export function behind(first: First, inner: Mutation): Mutation {
  return {
    ...inner,
    async run(core, unit, args, context) {
      await first(unit, args);
      return inner.run(core, unit, args, context);
    },
  };
}

/**
 * The row of this table that an argument names: of two members who take the same conversation, the second sees that it is taken; of two
 * who end the same task, the second finds it ended.
 */
export function underLock(inner: Mutation, table: string): Mutation {
  return behind(async (unit, args) => {
    const id = namedIn(args, `${table}Id`);
    if (id !== null)
      await unit.rows(sql`select id from ${fragment(table)} where tenant_id = ${unit.tenantId} and id = ${id} for no key update`);
  }, inner);
}

/** Before the mutator has parsed them, so nothing is believed but a string; a wrong one locks nothing. */
export function namedIn(args: unknown, key: string): string | null {
  const id: unknown = typeof args === "object" && args !== null ? Reflect.get(args, key) : null;
  return isId(id) ? id : null;
}
