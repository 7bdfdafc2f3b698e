/**
 * The database as the queue sees it. The queue does not wait until the database has taken down that a job is done, or has failed: what
 * goes wrong there fails in a promise that nobody hears, ends the process, and leaves the job held. So for the queue nothing goes wrong
 * because the database is away: a connection is waited for, and of a statement that was cut off it is told to ask again.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { problemOf } from "../http/document.ts";

const againMs = 500;
/** What the queue takes for "ask again": a conflict of two transactions. */
const askAgain = "40001";

const isAway = (error: unknown) => problemOf(error).code === "unavailable";

export function patient(pool: Pool, stopped: AbortSignal): Pool {
  async function connect(): Promise<PoolClient> {
    for (;;) {
      try {
        return asking(await pool.connect());
      } catch (error) {
        if (stopped.aborted || !isAway(error)) throw error;
        await wait(againMs);
      }
    }
  }
  // With a callback it asks for the connection on which it listens for new jobs, and looks after that one itself.
  return instead(pool, "connect", (...given: Parameters<Pool["connect"]> | []) =>
    given.length === 0 ? connect() : pool.connect(...given),
  );
}

function asking(client: PoolClient): PoolClient {
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>; // it never gives a callback
  return instead(client, "query", (...given: unknown[]) =>
    query(...given).catch((error: unknown) => {
      throw isAway(error) ? Object.assign(new Error("The database is away.", { cause: error }), { code: askAgain }) : error;
    }),
  );
}

/** The same object with one method changed, for whoever is given this view of it. */
function instead<T extends object>(object: T, name: keyof T, method: (...given: never[]) => unknown): T {
  return new Proxy(object, {
    get(_, key) {
      if (key === name) return method;
      const value: unknown = Reflect.get(object, key);
      return typeof value === "function" ? (value.bind(object) as unknown) : value;
    },
  });
}
