/**
 * The ORM writes the values of a statement into its text. Here they go beside it, as `$1, $2`: PostgreSQL then sees the same text at
 * every call and can keep its plan (`prepared.ts`), and no value can become part of a statement, however it was quoted. Statements of a
 * transaction that were asked together are sent together; PostgreSQL answers them in the order in which they were asked.
 */
import type { AnyEntity, Configuration, EntityData, QueryResult } from "@mikro-orm/core";
import { isRaw, PostgreSqlConnection, PostgreSqlDriver, raw } from "@mikro-orm/postgresql";
import { Transaction } from "./transaction.ts";

type Answer = QueryResult | EntityData<AnyEntity> | EntityData<AnyEntity>[];

interface Bound {
  text: string;
  values?: unknown[];
}

type Question = Parameters<PostgreSqlConnection["execute"]>;
type Context = Parameters<PostgreSqlConnection["commit"]>[0];

/** The ORM hands a transaction on without looking into it; it is Kysely's by its types and ours in truth. */
const contextOf = (transaction: Transaction) => transaction as unknown as Context;
export const transactionOf = (context: Context) => context as unknown as Transaction;

class BoundConnection extends PostgreSqlConnection {
  override async begin({ ctx, readOnly, sessionContext }: Parameters<PostgreSqlConnection["begin"]>[0] = {}): Promise<Context> {
    if (ctx) return contextOf(await transactionOf(ctx).within());
    const variables = Object.entries(sessionContext?.variables ?? {}).map(([name, value]) => [name, this.stringifySessionVariable(value)]);
    return contextOf(await Transaction.open(await this.getNativeClient(), { readOnly, variables: Object.fromEntries(variables) }));
  }

  override commit(context: Context): Promise<void> {
    return transactionOf(context).commit();
  }

  override rollback(context: Context): Promise<void> {
    return transactionOf(context).rollback();
  }

  override async execute<T extends Answer = EntityData<AnyEntity>[]>(...given: Question): Promise<T> {
    const [query, params = [], method = "all", context] = given;
    if (!context) return super.execute<T>(...given);
    const { sql, params: values } = fragmentOf(query, params);
    const bound = bind(sql, values) ?? { text: this.platform.formatQuery(sql, values) };
    const { rows, rowCount } = await transactionOf(context).query(bound.text, bound.values);
    return this.transformRawResult<T>({ rows, numAffectedRows: rowCount }, method);
  }
}

export class BoundDriver extends PostgreSqlDriver {
  constructor(config: Configuration) {
    super(config);
    Object.assign(this, { connection: new BoundConnection(config) }); // a field that only its own class may set
  }
}

function fragmentOf(query: Question[0], params: NonNullable<Question[1]>): { sql: string; params: readonly unknown[] } {
  if (typeof query === "string") return Array.isArray(params) ? { sql: query, params } : raw(query, params as Record<string, unknown>);
  return isRaw(query) ? query : query.toRaw();
}

/** Undefined for a text with something else than values to fill in, as of names and of SQL within SQL. */
function bind(sql: string, params: readonly unknown[]): Bound | undefined {
  const template = templateOf(sql);
  if (!template || params.some((value) => isRaw(value))) return undefined;
  if (!params.some((value) => Array.isArray(value))) return { text: template.text, values: params.map(valueOf) };
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(valueOf(value))}`;
  const places = params.map((value) => (Array.isArray(value) ? value.map(place).join(", ") : place(value)));
  return { text: template.pieces.map((piece, index) => piece + (places[index] ?? "")).join(""), values };
}

interface Template {
  /** What stands between the places for values. */
  pieces: readonly string[];
  /** The whole of it, where each place is for one value. */
  text: string;
}

/** The ORM makes the same texts over and over. Lists of values make ever new ones, so it is not kept for ever. */
const templates = new Map<string, Template | undefined>();
const mostTemplates = 2_000;

function templateOf(sql: string): Template | undefined {
  if (templates.has(sql)) return templates.get(sql);
  const pieces = sql.split("?");
  const plain = !sql.includes("??") && !sql.includes("\\?");
  const template = plain ? { pieces, text: pieces.reduce((text, piece, index) => `${text}$${index}${piece}`) } : undefined;
  if (templates.size === mostTemplates) templates.clear();
  templates.set(sql, template);
  return template;
}

/** What the driver does not write as PostgreSQL reads it: a moment always in UTC, an object as JSON. */
function valueOf(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) return JSON.stringify(value);
  return value ?? null;
}
