/**
 * The ORM writes the values of a statement into its text. Here they go beside it, as `$1, $2`: PostgreSQL then sees the same text at
 * every call and can keep its plan (`prepared.ts`), and no value can become part of a statement, however it was quoted. Statements of a
 * transaction that were asked together are sent together; PostgreSQL answers them in the order in which they were asked.
 */
import type { AnyEntity, Configuration, EntityData, QueryResult } from "@mikro-orm/core";
import { isRaw, PostgreSqlConnection, PostgreSqlDriver } from "@mikro-orm/postgresql";
import { CompiledQuery, type ControlledTransaction, type DatabaseConnection } from "kysely";

type Answer = QueryResult | EntityData<AnyEntity> | EntityData<AnyEntity>[];

interface Bound {
  text: string;
  values: unknown[];
}

class BoundConnection extends PostgreSqlConnection {
  readonly #connections = new WeakMap<ControlledTransaction<unknown>, Promise<DatabaseConnection>>();

  /** Past Kysely's own turnstile, which lets a statement through when the last was answered: the driver keeps them in order by itself. */
  #connectionOf(transaction: ControlledTransaction<unknown>): Promise<DatabaseConnection> {
    const known =
      this.#connections.get(transaction) ?? transaction.getExecutor().provideConnection((connection) => Promise.resolve(connection));
    this.#connections.set(transaction, known);
    return known;
  }

  override async execute<T extends Answer = EntityData<AnyEntity>[]>(...given: Parameters<PostgreSqlConnection["execute"]>): Promise<T> {
    const [query, params = [], method = "all", transaction] = given;
    const { sql, params: values } = typeof query === "string" ? { sql: query, params } : isRaw(query) ? query : query.toRaw();
    const bound = Array.isArray(values) ? bind(sql, values) : undefined;
    if (!bound || !transaction) return super.execute<T>(...given);
    const { text } = bound;
    return this.executeQuery<T>(
      text,
      async () => {
        const connection = await this.#connectionOf(transaction);
        if (transaction.isCommitted || transaction.isRolledBack) throw new Error("A statement came after the end of its transaction.");
        return this.transformRawResult<T>(await connection.executeQuery(CompiledQuery.raw(text, bound.values)), method);
      },
      { query: text, params: bound.values },
    );
  }
}

export class BoundDriver extends PostgreSqlDriver {
  constructor(config: Configuration) {
    super(config);
    Object.assign(this, { connection: new BoundConnection(config) }); // a field that only its own class may set
  }
}

/** Undefined for a text with something else than values to fill in, as of names and of SQL within SQL. */
function bind(sql: string, params: readonly unknown[]): Bound | undefined {
  if (sql.includes("??") || sql.includes("\\?") || params.some((value) => isRaw(value))) return undefined;
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(valueOf(value))}`;
  let next = 0;
  const text = sql.replaceAll("?", () => {
    const value = params[next];
    next += 1;
    return Array.isArray(value) ? value.map(place).join(", ") : place(value);
  });
  return { text, values };
}

/** What the driver does not write as PostgreSQL reads it: a moment always in UTC, an object as JSON. */
function valueOf(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) return JSON.stringify(value);
  return value ?? null;
}
