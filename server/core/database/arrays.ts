import { sql, type Sql } from "./sql.ts";

/** A list of ids as one PostgreSQL array: the ORM would write an array into the text as `a, b`, which is only right inside `in (…)`. */
export function uuidArray(ids: readonly string[]): Sql {
  return sql`${`{${ids.join(",")}}`}::uuid[]`;
}
