/** Somebody else in the middle of a transaction: what they locked stays locked until the test lets them end, so no sleep decides who is first. */
import { onTestFinished } from "vitest";
import type { Core } from "../core/core.ts";

export interface Midway {
  also(text: string, values?: unknown[]): Promise<void>;
  /** Until so many others wait for a lock, whoever has it. */
  waitedFor(others?: number): Promise<void>;
  commit(): Promise<void>;
}

export async function midway({ pools }: Pick<Core, "pools">, text: string, values: unknown[] = []): Promise<Midway> {
  const client = await pools.system.connect();
  let open = true;
  const end = async (word: "commit" | "rollback") => {
    if (!open) return;
    open = false;
    await client.query(word);
    client.release();
  };
  onTestFinished(() => end("rollback"));
  const also = async (more: string, its: unknown[] = []) => void (await client.query(more, its));
  await also("begin");
  await also(text, values);
  return {
    also,
    // On another connection: within a transaction, who is connected stays as it was when that was first asked.
    async waitedFor(others = 1) {
      while ((await waiters({ pools })) < others) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    commit: () => end("commit"),
  };
}

/** How many wait for a lock in this database. */
async function waiters({ pools }: Pick<Core, "pools">): Promise<number> {
  return (await pools.system.query<{ n: number }>(waiting)).rows[0]?.n ?? 0;
}

const waiting = `
  select count(distinct lock.pid)::int as n from pg_locks lock join pg_stat_activity backend on backend.pid = lock.pid
  where not lock.granted and backend.datname = current_database()`;
