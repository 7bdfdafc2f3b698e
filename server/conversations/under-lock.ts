import { fragment, sql } from "../core/database/sql.ts";
import type { Mutation } from "../core/sync/mutation.ts";

/**
 * Decided under the lock of the row that an argument names, so on what is true when it is written: of two members who take the same
 * conversation, the second sees that it is taken; of two who end the same task, the second finds it ended.
 */
export function underLock(inner: Mutation, table: "conversation" | "task" | "followup"): Mutation {
  return {
    ...inner,
    async run(core, unit, args, context) {
      const id = namedIn(args, `${table}Id`);
      if (id !== null)
        await unit.rows(sql`select id from ${fragment(table)} where tenant_id = ${unit.tenantId} and id = ${id} for no key update`);
      return inner.run(core, unit, args, context);
    },
  };
}

/** Before the mutator has parsed them, so nothing is believed but a string; a wrong one locks nothing. */
function namedIn(args: unknown, key: string): string | null {
  const id: unknown = typeof args === "object" && args !== null ? Reflect.get(args, key) : null;
  return typeof id === "string" && /^[0-9a-f-]{36}$/iu.test(id) ? id : null;
}
