/**
 * Who has seen `seq` n can never later miss something <= n (SYNC sections 1 and 10, RELIABILITY section 4): writers with think time,
 * rollbacks, an import, REPEATABLE READ, several tenants in opposite orders, killed connections and transactions left open.
 */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { logTables } from "../core/events/logs.ts";
import { createRegistry } from "../core/feature.ts";
import { newId } from "../core/ids.ts";
import { coreTables } from "../core/tables.ts";
import { features } from "../features.ts";
import { addConversations, rowsRead } from "./bare.ts";
import { createDatabase, type TestDatabase } from "./database.ts";
import { addTables, sample } from "./sample.ts";
import {
  across,
  bulk,
  byInsertion,
  bySeq,
  idOf,
  newStorm,
  ordinary,
  sending,
  startKilling,
  startReading,
  type Read,
  type Reading,
  type Storm,
} from "./storm.ts";

const registry = createRegistry([...features, sample], [...logTables, ...coreTables]);

let database: TestDatabase;
let system: pg.Pool;
let tenants: [string, string, string];
let conversations: Map<string, string>;

const read = bySeq(registry.features.flatMap(({ logSources }) => logSources));

beforeAll(async () => {
  database = await createDatabase();
  await addTables(database.owner, registry);
  system = new pg.Pool({ connectionString: database.system, max: 4 });
});
afterAll(async () => {
  await system.end();
  await database.drop();
});
beforeEach(async () => {
  tenants = [newId(), newId(), newId()];
  await system.query("insert into tenant_clock (tenant_id) select unnest($1::uuid[])", [tenants]);
  conversations = new Map();
  for (const tenantId of tenants) conversations.set(tenantId, await newConversation(tenantId));
});

/** Written before the storm. */
async function newConversation(tenantId: string): Promise<string> {
  const conversationId = newId();
  await addConversations(system, tenantId, [conversationId]);
  return conversationId;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** A connection in the middle of a transaction of this tenant. */
async function begun(tenantId: string): Promise<pg.Client> {
  const client = await connect(database.app);
  await client.query("begin");
  await client.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
  return client;
}

async function put(client: pg.Client, tenantId: string): Promise<string> {
  const id = newId();
  await client.query("insert into sample_shelf (tenant_id, id, name) values ($1, $2, $2::uuid::text)", [tenantId, id]);
  return id;
}

/** Sixteen writers on the first tenant, and everything else at the same time. */
async function storm(reader: Read, transactions: number): Promise<{ storm: Storm; reading: Reading }> {
  const [main, second, third] = tenants;
  const result = newStorm();
  const reading = startReading(system, tenants, reader);
  const killing = startKilling(database.superuser, result);
  const one = { storm: result, tenants: [main], transactions };
  try {
    await Promise.all([
      ...Array.from({ length: 16 }, () => ordinary(database.app, one)),
      ordinary(database.app, { ...one, transactions: 10 }, { isolation: "repeatable read" }),
      bulk(database.app, { ...one, transactions: 4 }, 1000),
      across(database.system, { storm: result, tenants: [main, second, third], transactions }),
      across(database.system, { storm: result, tenants: [third, second, main], transactions }),
      ordinary(database.app, { storm: result, tenants: [second], transactions }),
      sending(database.app, { storm: result, tenants: [main, second, third], transactions }, conversations),
      sending(database.app, { storm: result, tenants: [third, main], transactions }, conversations),
    ]);
  } finally {
    await killing.stop();
    await reading.finish();
  }
  return { storm: result, reading };
}

function missed({ commits }: Storm, { seen }: Reading): string[] {
  return commits.flatMap(({ tenantId, ids }) => {
    const known = new Set(seen.get(tenantId)?.map(idOf));
    return ids.filter((id) => !known.has(id));
  });
}

/** What has a number, in its order; the rest is not visible yet. */
async function logged(tenantId: string): Promise<{ seq: number; tx: string }[]> {
  const { rows } = await system.query<{ seq: number; tx: string }>(
    `select seq::float8 as seq, tx::text as tx from change_log where tenant_id = $1
     union all select seq::float8, tx::text from event_log where tenant_id = $1
     union all select seq::float8, xmin::text from message where tenant_id = $1 order by seq`,
    [tenantId],
  );
  return rows;
}

const count = (length: number) => Array.from({ length }, (_, index) => index + 1);

describe("sixteen writers and a reader", () => {
  it("miss nothing, number densely, and keep each transaction together", { timeout: 60_000 }, async () => {
    const { storm: result, reading } = await storm(read, 40);
    expect(result.commits.length).toBeGreaterThan(600);
    expect(result.rollbacks).toBeGreaterThan(10);
    expect(result.killed).toBeGreaterThan(3);
    expect(result.deadlocks).toBe(0);
    expect(missed(result, reading)).toEqual([]);
    expect([...reading.seen.values()].flat().filter(({ kind }) => kind === "row").length).toBeGreaterThan(300);
    for (const tenantId of tenants) {
      const rows = await logged(tenantId);
      const numbers = rows.map(({ seq }) => seq);
      expect(numbers).toEqual(count(rows.length));
      expect(reading.seen.get(tenantId)?.map(({ seq }) => seq)).toEqual(numbers);
      const transactionsInOrder = rows.map(({ tx }) => tx).filter((tx, index, all) => tx !== all[index - 1]);
      expect(new Set(transactionsInOrder).size).toBe(transactionsInOrder.length);
      const { rows: clock } = await system.query("select seq::int as seq from tenant_clock where tenant_id = $1", [tenantId]);
      expect(clock).toEqual([{ seq: rows.length }]);
    }
    expect((await system.query("select 1 from log_marker")).rowCount).toBe(0);
  });

  it("keep the chain of events whole", async () => {
    const [main] = tenants;
    await Promise.all(Array.from({ length: 8 }, () => ordinary(database.app, { storm: newStorm(), tenants: [main], transactions: 10 })));
    const { rows } = await system.query<{ events: number; broken: number; head: boolean }>(
      `with chain as (select *, lag(hash) over (order by seq) as before from event_log where tenant_id = $1)
       select count(*)::int as events, count(*) filter (where hash is distinct from app.event_hash(before, seq, type, actor, payload, at))::int as broken,
         (select event_head from tenant_clock where tenant_id = $1) = (select hash from chain order by seq desc limit 1) as head from chain`,
      [main],
    );
    expect(rows[0]?.events).toBeGreaterThan(50);
    expect(rows[0]).toMatchObject({ broken: 0, head: true });
  });

  it("would miss changes if the cursor stood on the order of insertion", { timeout: 60_000 }, async () => {
    const { storm: result, reading } = await storm(byInsertion, 20);
    expect(missed(result, reading).length).toBeGreaterThan(0);
  });
});

describe("a transaction that stays open", () => {
  it("holds up nobody who writes, and nobody who reads", async () => {
    const [main] = tenants;
    const [idle, elsewhere] = await Promise.all([begun(main), connect(new URL("/postgres", database.superuser).toString())]);
    await elsewhere.query("begin");
    await elsewhere.query("select pg_current_xact_id()");
    const late = await put(idle, main);
    const reading = startReading(system, tenants, read);
    const result = newStorm();
    await Promise.all(count(4).map(() => ordinary(database.app, { storm: result, tenants: [main], transactions: 5 })));
    await expect.poll(() => missed(result, reading)).toEqual([]);
    const before = reading.cursor(main);
    await idle.query("commit");
    await reading.finish();
    expect(reading.seen.get(main)?.slice(before)).toMatchObject([{ seq: before + 1, id: late }]);
    await idle.end();
    await elsewhere.end();
  });

  it("would hold up everybody if the clock were taken with the first change", async () => {
    await planted(
      "drop trigger guard_stamp on log_marker; create trigger guard_stamp after insert on log_marker for each row execute function app.stamp()",
      async () => {
        const [main] = tenants;
        const [idle, other] = await Promise.all([begun(main), begun(main)]);
        await put(idle, main);
        await other.query("set local lock_timeout = '300ms'");
        await expect(put(other, main)).rejects.toThrow(/lock timeout/);
        await idle.end();
        await other.end();
      },
    );
  });
});

describe("a connection killed while its commit takes the clock", () => {
  it("leaves nothing behind, and the numbers go on without a hole", async () => {
    const [main] = tenants;
    const [holder, victim] = await Promise.all([connect(database.system), begun(main)]);
    const lost = await put(victim, main);
    const before = (await logged(main)).length;
    await holder.query("begin");
    await holder.query("select 1 from tenant_clock where tenant_id = $1 for update", [main]);
    const { rows } = await victim.query<{ pid: number }>("select pg_backend_pid() as pid");
    const pid = rows[0]?.pid;
    const committing = victim.query("commit").then(
      () => "committed",
      () => "cut off",
    );
    const waits = "select 1 from pg_stat_activity where pid = $1 and query = 'commit' and wait_event_type = 'Lock'";
    const killer = await connect(database.superuser);
    await expect.poll(async () => (await killer.query(waits, [pid])).rowCount).toBe(1);
    await killer.query("select pg_terminate_backend($1)", [pid]);
    expect(await committing).toBe("cut off");
    await holder.query("commit");
    expect((await system.query("select 1 from sample_shelf where id = $1", [lost])).rowCount).toBe(0);
    const next = await begun(main);
    const id = await put(next, main);
    await next.query("commit");
    const reading = startReading(system, tenants, read);
    await reading.finish();
    expect(reading.seen.get(main)?.slice(before)).toMatchObject([{ seq: before + 1, id }]);
    await Promise.all([holder.end(), next.end(), killer.end()]);
  });
});

describe("transactions of several tenants in opposite orders", () => {
  const oneClockAfterTheOther = `create or replace function app.stamp() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      update tenant_clock set seq = seq + 1 where tenant_id = new.tenant_id;
      perform pg_sleep(0.02);
      return null;
    end $$;
    do $$ begin execute format('alter database %I set deadlock_timeout = %L', current_database(), '20ms'); end $$`;

  async function opposite(writers: number): Promise<Storm> {
    const result = newStorm();
    const [main, second] = tenants;
    await Promise.all(
      count(writers).flatMap(() => [
        across(database.system, { storm: result, tenants: [main, second], transactions: 5 }),
        across(database.system, { storm: result, tenants: [second, main], transactions: 5 }),
      ]),
    );
    return result;
  }

  it("never wait for each other in a circle", async () => {
    expect((await opposite(4)).deadlocks).toBe(0);
  });

  it("would, if each tenant's clock were taken in the order of writing", async () => {
    await planted(oneClockAfterTheOther, async () => {
      expect((await opposite(1)).deadlocks).toBeGreaterThan(0);
    });
  });
});

describe("a commit", () => {
  /** Rows of the log that were read for each row that was written. */
  async function readsOf(superuser: pg.Client, written: number, run: () => Promise<void>): Promise<number> {
    const read = () => rowsRead(superuser, "change_log");
    const before = await read();
    await run();
    await expect.poll(read).toBeGreaterThanOrEqual(before + written);
    return ((await read()) - before) / written;
  }

  /** Each is looked up and numbered; as much again is room for what else reads the log. */
  const most = 4;

  it("reads what it wrote itself, also of a tenant that the planner has never heard of", async () => {
    const [main, second] = tenants;
    const superuser = await connect(database.superuser);
    const importing = (tenantId: string) => bulk(database.app, { storm: newStorm(), tenants: [tenantId], transactions: 2 }, 500);
    await importing(second);
    await superuser.query("delete from change_log where tenant_id <> $1", [second]);
    await superuser.query("vacuum analyze change_log");
    await importing(main);
    expect(await readsOf(superuser, 1000, () => importing(main))).toBeLessThan(most);
    await superuser.end();
  });

  it("reads what it wrote itself, also over a connection that has known the log when it was empty", async () => {
    const [main] = tenants;
    const superuser = await connect(database.superuser);
    await superuser.query("delete from change_log");
    await superuser.query("vacuum analyze change_log");
    const early = await connect(database.app);
    const puts = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        await early.query("begin");
        await early.query("select set_config('app.tenant_id', $1, true)", [main]);
        await put(early, main);
        await early.query("commit");
      }
      // A connection that stays open tells what it read when it has been idle for ten seconds, unless it is asked to tell at once.
      await early.query("select pg_stat_force_next_flush()");
    };
    await puts(10); // PostgreSQL thinks of a plan for all values after five
    await bulk(database.app, { storm: newStorm(), tenants: [main], transactions: 2 }, 1000);
    expect(await readsOf(superuser, 50, () => puts(50))).toBeLessThan(most);
    await Promise.all([early.end(), superuser.end()]);
  });
});

describe("a change that nobody logged", () => {
  it("is missed, so the check above can fail", async () => {
    await planted("alter table sample_shelf disable trigger guard_log, disable trigger guard_log_update", async () => {
      const result = newStorm();
      const reading = startReading(system, tenants, read);
      while (result.commits.length === 0) await ordinary(database.app, { storm: result, tenants: [tenants[0]], transactions: 3 });
      await reading.finish();
      expect(missed(result, reading).length).toBeGreaterThan(0);
    });
  });
});

/** A mistake in the database, until the end of the test. */
async function planted(sql: string, run: () => Promise<void>): Promise<void> {
  const superuser = await connect(database.superuser);
  try {
    await superuser.query(sql);
    await run();
  } finally {
    await superuser.query("alter table sample_shelf enable trigger guard_log, enable trigger guard_log_update");
    await superuser.end();
    await addTables(database.owner, registry);
  }
}
