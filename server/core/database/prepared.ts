/**
 * A statement that comes again is planned once: planning costs as much as a short read, and half of that is the policy. What a process
 * has asked often enough gets a name, under which each connection keeps its plan; PostgreSQL itself goes on planning anew where the
 * values decide too much (`plan_cache_mode = auto`).
 */
import type pg from "pg";
import { sqlState } from "../http/document.ts";

/** As often as PostgreSQL wants to see a statement before it thinks of a plan for all values. */
const often = 5;
/** Lists of values make ever new texts: so many are counted, and so many get a name. A plan takes 10 to 50 kB in each connection. */
const mostCounted = 1_000;
const mostNamed = 300;

/** The columns of a named statement are not what they were: a migration has run meanwhile. */
const columnsChanged = "0A000";

export class StatementNames {
  readonly #seen = new Map<string, number>();
  readonly #names = new Map<string, string>();
  #given = 0;

  /** Undefined as long as the statement is rare. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= mostNamed) return known;
    const times = (this.#seen.get(text) ?? 0) + 1;
    if (times < often) {
      if (this.#seen.size >= mostCounted) this.#seen.clear();
      this.#seen.set(text, times);
      return undefined;
    }
    this.#seen.delete(text);
    this.#given += 1;
    const name = `s${this.#given}`;
    this.#names.set(text, name);
    return name;
  }

  /** A name is never given twice, so what a connection keeps under an old one is not met again. */
  forget(): void {
    this.#seen.clear();
    this.#names.clear();
  }
}

/** For every connection of a pool, which share the names. Statements that bring their own name, or no values, are left as they are. */
export function planOnce(pool: pg.Pool, names = new StatementNames()): void {
  const failed = (error: unknown) => {
    if (sqlState(error) === columnsChanged) names.forget();
  };
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown; // one of its many overloads
    client.query = ((...given: unknown[]) => {
      const [text, values, done] = given;
      const name = typeof text === "string" && Array.isArray(values) && values.length > 0 ? names.nameOf(text) : undefined;
      if (name === undefined) return query(...given);
      if (typeof done === "function")
        return query({ name, text, values }, (error: unknown, result: unknown) => {
          failed(error);
          done(error, result);
        });
      const answer = query({ name, text, values });
      if (answer instanceof Promise) answer.catch(failed);
      return answer;
    }) as typeof client.query;
  });
}
