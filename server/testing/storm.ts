/**
 * Many writers at once on the two logs, and one reader that polls: what it saw is compared with what the writers know they
 * committed and with the logs themselves. The think time of the writers is spent inside their transactions, by `pg_sleep`.
 */
import pg from "pg";
import { sendStatement, sendValues } from "../conversations/sender.ts";
import { newId } from "../core/ids.ts";
import { readTail, tailSql, type Batch, type LogEntry, type LogSource } from "../core/realtime/tail.ts";

export interface Commit {
  tenantId: string;
  /** Rows that were written: of shelves, or messages. */
  ids: string[];
}

export interface Storm {
  /** Transactions whose commit was acknowledged. */
  commits: Commit[];
  rollbacks: number;
  deadlocks: number;
  /** Serialization failures of the REPEATABLE READ writer; each was tried again. */
  conflicts: number;
  /** Connections that were ended from outside; the fate of what they were committing is unknown. */
  killed: number;
}

export interface Writing {
  storm: Storm;
  /** The writer's own tenant, or several for transactions that carry more than one. */
  tenants: readonly string[];
  transactions: number;
}

const sqlState = (error: unknown) => (error as { code?: string }).code ?? "";

const isLost = (error: unknown) => ["57P01", ""].includes(sqlState(error)) || /terminated|not queryable|closed/i.test(String(error));

export const newStorm = (): Storm => ({ commits: [], rollbacks: 0, deadlocks: 0, conflicts: 0, killed: 0 });

/** Whoever waits for ever says at what, instead of holding up every test that comes after. */
const neverStuck = { statement_timeout: 20_000, idle_in_transaction_session_timeout: 20_000 };

async function connect(url: string): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, application_name: "storm writer", ...neverStuck });
    client.on("error", () => undefined); // killed between two statements; the next one reports it
    try {
      await client.connect();
      return client;
    } catch (error) {
      // Killed before it was there: nothing was begun, so nothing is counted.
      if (!isLost(error)) throw error;
    }
  }
}

/** Runs transactions one after the other; what fails is tried again with new rows, on a new connection if need be. */
async function transactions(
  url: string,
  { storm, transactions: wanted }: Writing,
  run: (client: pg.Client) => Promise<Commit[] | "roll back">,
) {
  let client = await connect(url);
  for (let done = 0; done < wanted;) {
    try {
      const commits = await run(client);
      await client.query(commits === "roll back" ? "rollback" : "commit");
      if (commits === "roll back") storm.rollbacks += 1;
      else storm.commits.push(...commits);
      done += 1;
    } catch (error) {
      const state = sqlState(error);
      if (state === "40P01") storm.deadlocks += 1;
      else if (state === "40001") storm.conflicts += 1;
      else if (isLost(error)) storm.killed += 1;
      else throw error;
      // What is in doubt begins anew: a connection may be killed while it rolls back, too.
      await client.end().catch(() => undefined);
      client = await connect(url);
    }
  }
  await client.end();
}

const insertShelf = "insert into sample_shelf (tenant_id, id, name) values ($1, $2, $2::uuid::text)";
const insertEvent = "insert into event_log (tenant_id, type, actor, payload, at) values ($1, 'storm', '{}', '{}', now())";

/** An ordinary writer of one tenant under row security: one to three rows, a change, an event, a rest in between; one in ten takes it all back. */
export function ordinary(url: string, writing: Writing, options: { isolation?: string } = {}): Promise<void> {
  const [tenantId = ""] = writing.tenants;
  return transactions(url, writing, async (client) => {
    await client.query(`begin isolation level ${options.isolation ?? "read committed"}`);
    await client.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
    const shelfIds = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => newId());
    for (const id of shelfIds) {
      await client.query(insertShelf, [tenantId, id]);
      await client.query("select pg_sleep(random() * 0.004)");
    }
    await client.query("update sample_shelf set name = name || '.' where id = $1", [shelfIds[0]]);
    await client.query(insertEvent, [tenantId]);
    return Math.random() < 0.1 ? "roll back" : [{ tenantId, ids: shelfIds }];
  });
}

/** Rows of several tenants in one transaction, in the given order, as the system role. */
export function across(url: string, writing: Writing): Promise<void> {
  return transactions(url, writing, async (client) => {
    await client.query("begin");
    const commits: Commit[] = [];
    for (const tenantId of writing.tenants) {
      const id = newId();
      await client.query(insertShelf, [tenantId, id]);
      await client.query("select pg_sleep(random() * 0.002)");
      commits.push({ tenantId, ids: [id] });
    }
    return commits;
  });
}

/** Thousands of rows, in transactions of at most a thousand. */
export function bulk(url: string, writing: Writing, chunk: number): Promise<void> {
  const [tenantId = ""] = writing.tenants;
  return transactions(url, writing, async (client) => {
    const shelfIds = Array.from({ length: chunk }, () => newId());
    await client.query("begin");
    await client.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
    await client.query("insert into sample_shelf (tenant_id, id, name) select $1, id, id::text from unnest($2::uuid[]) as id", [
      tenantId,
      shelfIds,
    ]);
    return [{ tenantId, ids: shelfIds }];
  });
}

/**
 * Batches of messages for one conversation of each tenant, in the given order: rows that carry their own `seq`, numbered by the send
 * function in the middle of its statement. Conversations that somebody else works on are asked for again.
 */
export async function sending(url: string, writing: Writing, conversations: ReadonlyMap<string, string>): Promise<void> {
  let client = await connect(url);
  const { storm, tenants } = writing;
  for (let done = 0; done < writing.transactions;) {
    const batch = tenants.flatMap((tenantId) =>
      [1, 2, 3].map((n) => ({
        tenantId,
        conversationId: conversations.get(tenantId) ?? "",
        id: newId(),
        kind: "visitor" as const,
        authorId: null,
        senderDevice: null,
        body: `message ${n}`,
        mentions: [],
        gate: null,
      })),
    );
    try {
      const { rows } = await client.query<{ o_outcome: string }>(sendStatement, sendValues(batch, new Date()));
      const sent = batch.filter((_, index) => rows[index]?.o_outcome === "sent");
      for (const tenantId of tenants) {
        const ids = sent.filter((message) => message.tenantId === tenantId).map(({ id }) => id);
        if (ids.length > 0) storm.commits.push({ tenantId, ids });
      }
      if (sent.length > 0) done += 1;
    } catch (error) {
      if (sqlState(error) === "40P01") storm.deadlocks += 1;
      else if (isLost(error)) {
        storm.killed += 1;
        client = await connect(url);
      } else throw error;
    }
  }
  await client.end();
}

export type Read = (pool: pg.Pool, cursors: ReadonlyMap<string, number>) => Promise<Batch[]>;

export const bySeq =
  (sources: readonly LogSource[]): Read =>
  async (pool, cursors) =>
    (await readTail(pool, tailSql(sources), cursors, 200)).batches;

/** The row that an entry of the log is about. */
export function idOf(entry: LogEntry): string {
  if (entry.kind === "event") return "";
  return entry.kind === "change" ? entry.id : String(entry.data["id"]);
}

/** The planted mistake: rows in the order of their insertion, the cursor on that number. */
export const byInsertion: Read = async (pool, cursors) => {
  const batches: Batch[] = [];
  for (const [tenantId, from] of cursors) {
    const { rows } = await pool.query<{ k: number; id: string }>(
      "select k::float8 as k, id from change_log where tenant_id = $1 and k > $2 order by k limit 200",
      [tenantId, from],
    );
    const entries = rows.map(({ k, id }) => ({
      kind: "change" as const,
      seq: k,
      entity: "shelf",
      id,
      scopeBefore: null,
      scopeAfter: null,
    }));
    if (entries.length > 0) batches.push({ tenantId, from, to: entries.at(-1)?.seq ?? from, entries });
  }
  return batches;
};

export interface Reading {
  /** Everything seen so far, by tenant, in the order it was seen. */
  seen: ReadonlyMap<string, Batch["entries"]>;
  cursor(tenantId: string): number;
  /** Waits until nothing is left to see. */
  finish(): Promise<void>;
}

/** Polls without a rest from an empty cursor on, like the live tail of a process. */
export function startReading(pool: pg.Pool, tenants: readonly string[], read: Read): Reading {
  const cursors = new Map(tenants.map((tenantId) => [tenantId, 0]));
  const seen = new Map<string, Batch["entries"]>(tenants.map((tenantId) => [tenantId, []]));
  let last = false;
  async function poll(): Promise<void> {
    for (;;) {
      const wasLast = last;
      const batches = await read(pool, cursors);
      for (const { tenantId, to, entries } of batches) {
        cursors.set(tenantId, to);
        seen.get(tenantId)?.push(...entries);
      }
      if (batches.length === 0 && wasLast) return;
    }
  }
  const polling = poll();
  return {
    seen,
    cursor: (tenantId) => cursors.get(tenantId) ?? 0,
    async finish() {
      last = true;
      await polling;
    },
  };
}

/** So many transactions go through between two kills: bound to the work and not to the clock, so that a slow machine gets on as well. */
const betweenKills = 5;

/** Ends one writer's connection now and then, until it is told to stop. */
export function startKilling(superuserUrl: string, storm: Storm): { stop(): Promise<void> } {
  let stopped = false;
  async function kill(): Promise<void> {
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    for (let next = betweenKills; !stopped;) {
      await client.query("select pg_sleep(0.005)");
      if (storm.commits.length < next) continue;
      next = storm.commits.length + betweenKills;
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'storm writer' and datname = current_database() and state in ('active', 'idle in transaction') order by random() limit 1`);
    }
    await client.end();
  }
  const killing = kill();
  return {
    stop() {
      stopped = true;
      return killing;
    },
  };
}
