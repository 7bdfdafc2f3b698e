/** A pooled connection never carries a tenant from one unit of work into the next. Covers SECURITY T-04. */
import type { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { service, system, type TenantActor } from "../../core/actor.ts";
import { systemClock } from "../../core/clock.ts";
import { connectOrm } from "../../core/database/orm.ts";
import { sql } from "../../core/database/sql.ts";
import { logTables } from "../../core/events/logs.ts";
import { createRegistry } from "../../core/feature.ts";
import { newId } from "../../core/ids.ts";
import { coreTables } from "../../core/tables.ts";
import { createWork, type Unit, type Work } from "../../core/work.ts";
import { features } from "../../features.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addTables, sample, Shelf } from "../sample.ts";

const registry = createRegistry([...features, sample], [...logTables, ...coreTables]);
const units = 10_000;
const atOnce = 40;
const tenants = Array.from({ length: 50 }, () => newId());

let database: TestDatabase;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  await addTables(database.owner, registry);
  superuser = new pg.Client({ connectionString: database.superuser });
  await superuser.connect();
  await superuser.query("insert into tenant_clock (tenant_id) select unnest($1::uuid[])", [tenants]);
  await superuser.query(
    "insert into sample_shelf (tenant_id, id, name) select tenant, gen_random_uuid(), 'shelf ' || n from unnest($1::uuid[]) as tenant, generate_series(1, 3) as n",
    [tenants],
  );
});
afterAll(async () => {
  await superuser.end();
  await database.drop();
});

interface Checkout {
  tenant: string | null;
  /** No transaction was left open on the connection. */
  fresh: boolean;
}

interface Desk {
  work: Work;
  checkouts: Checkout[];
  close(): Promise<void>;
}

/** The unit of work over a pool of that size, which writes down what it finds on each connection it is handed. */
async function open(url: string, poolMax: number): Promise<Desk> {
  const connectAs = (as: string) =>
    connectOrm({ url: as, tables: registry.tables, poolMax, statementTimeoutMs: 5000, applicationName: "pool test" });
  const [app, wide] = await Promise.all([connectAs(url), connectAs(database.system)]);
  const checkouts: Checkout[] = [];
  await watch(app, checkouts);
  const work = createWork({ app, system: wide, clock: systemClock, committed: () => undefined, log: () => undefined });
  return { work, checkouts, close: async () => void (await Promise.all([app.close(), wide.close()])) };
}

async function watch(orm: MikroORM, checkouts: Checkout[]): Promise<void> {
  const pool = await orm.em.getConnection().getNativeClient();
  const connect = pool.connect.bind(pool);
  const watched = async () => {
    const client = await connect();
    try {
      const { rows } = await client.query<Checkout>(
        "select current_setting('app.tenant_id', true) as tenant, now() = statement_timestamp() as fresh",
      );
      checkouts.push(...rows);
    } catch {
      // Killed between two units; the pool gives it up when it is used.
    }
    return client;
  };
  pool.connect = watched as typeof pool.connect;
}

const tenantIds = (rows: readonly { tenant_id: string }[]) => rows.map(({ tenant_id: id }) => id);
const every = sql`select tenant_id from sample_shelf`;

/** What a unit may do, well or badly. Each tells the tenants of the rows it saw. */
const behaviours: Record<string, (unit: Unit<TenantActor>) => Promise<string[]>> = {
  reads: async (unit) => tenantIds(await unit.rows(every)),
  "reads by the ORM": async ({ em }) => (await em.find(Shelf, {})).map(({ tenantId }) => tenantId),
  "reads several things at once": async (unit) =>
    (await Promise.all([unit.rows<{ tenant_id: string }>(every), unit.rows<{ tenant_id: string }>(every)])).flatMap(tenantIds),
  writes: async (unit) => {
    unit.em.create(Shelf, { tenantId: unit.tenantId, id: newId(), name: newId(), books: 0 });
    return tenantIds(await unit.rows(every));
  },
  "changes its mind": async (unit) => {
    unit.em.create(Shelf, { tenantId: unit.tenantId, id: newId(), name: newId(), books: 0 });
    await unit.rows(every);
    throw new Error("changed its mind");
  },
  "takes too long": async (unit) => {
    await unit.rows(sql`set local statement_timeout = '1ms'`);
    return tenantIds(await unit.rows(sql`select tenant_id from sample_shelf, pg_sleep(0.05)`));
  },
  "speaks nonsense": async (unit) => tenantIds(await unit.rows(sql`select tenant_id frm sample_shelf`)),
  "names another tenant": async (unit) => {
    await unit.rows(sql`insert into sample_shelf (tenant_id, id, name) values (${tenants[0]}, ${newId()}, 'theirs')`);
    return [];
  },
  "does not wait for its own query": async (unit) => {
    unit.rows(sql`select pg_sleep(0.001)`).catch(() => undefined);
    throw new Error("gone");
  },
  "tries again inside": async (unit) => {
    await unit.em.transactional(async (inner) => void (await inner.execute("select 1 / 0"))).catch(() => undefined);
    return tenantIds(await unit.rows(every));
  },
  "is cancelled": async (unit) => tenantIds(await unit.rows(sql`select tenant_id from sample_shelf, pg_sleep(0.002) as marked_to_cancel`)),
};

describe("a pool of two connections", () => {
  it("never shows a foreign row or a tenant left behind", { timeout: 180_000 }, async () => {
    const desk = await open(database.app, 2);
    const names = Object.keys(behaviours);
    const outcomes = new Map<string, number>();
    const foreign: string[] = [];
    let next = 0;
    async function line(): Promise<void> {
      while (next < units) {
        const turn = next++;
        const tenantId = tenants[turn % tenants.length] ?? "";
        const name = names[Math.floor(Math.random() * names.length)] ?? "";
        const run = behaviours[name];
        const answer = await desk
          .work(service(tenantId, "pool test"), async (unit) => run?.(unit) ?? [])
          .then(
            (seen) => {
              if (seen.some((id) => id !== tenantId) || (seen.length < 3 && name !== "names another tenant"))
                foreign.push(`${name}: ${seen.join()}`);
              return "done";
            },
            () => "failed",
          );
        outcomes.set(`${name}: ${answer}`, (outcomes.get(`${name}: ${answer}`) ?? 0) + 1);
        if (turn % 50 === 0) await batch(desk.work, turn);
      }
    }
    let over = false;
    async function disturb(): Promise<void> {
      const busy =
        "from pg_stat_activity where application_name = 'pool test' and usename = 'switchboard_app' and datname = current_database()";
      for (let round = 0; !over; round += 1) {
        await superuser.query(`select pg_cancel_backend(pid) ${busy} and query like '%marked_to_cancel%' and state = 'active' limit 1`);
        if (round % 40 === 0) await superuser.query(`select pg_terminate_backend(pid) ${busy} order by random() limit 1`);
        await superuser.query("select pg_sleep(0.005)");
      }
    }
    const disturbing = disturb();
    await Promise.all(Array.from({ length: atOnce }, line));
    over = true;
    await disturbing;
    await desk.close();
    expect(foreign).toEqual([]);
    expect(desk.checkouts.filter(({ tenant, fresh }) => (tenant ?? "") !== "" || !fresh)).toEqual([]);
    expect(desk.checkouts.length).toBeGreaterThan(units * 0.95);
    for (const name of ["reads", "writes", "reads by the ORM", "tries again inside"])
      expect(outcomes.get(`${name}: done`)).toBeGreaterThan(500);
    for (const name of ["changes its mind", "takes too long", "speaks nonsense", "does not wait for its own query"])
      expect([name, outcomes.get(`${name}: done`) ?? 0]).toEqual([name, 0]);
    expect(outcomes.get("is cancelled: failed")).toBeGreaterThan(0);
    expect(outcomes.get("names another tenant: done") ?? 0).toBe(
      (await superuser.query("select 1 from sample_shelf where name = 'theirs'")).rowCount,
    );
  });

  /** A transaction of several tenants, as the batched send makes them. */
  async function batch(work: Work, turn: number): Promise<void> {
    const pair = [tenants[turn % 50], tenants[(turn + 7) % 50]];
    await work(system("a batch of the pool test"), async ({ em }) => {
      for (const tenantId of pair)
        await em.execute("insert into sample_shelf (tenant_id, id, name) values (?, ?, ?)", [tenantId, newId(), newId()]);
    });
  }

  it("refuses a unit that is used after its end, whoever has the connection now", async () => {
    const desk = await open(database.app, 1);
    const [ours = "", theirs = ""] = tenants;
    let kept: Unit | undefined;
    await desk.work(service(ours, "ends"), async (unit) => {
      kept = unit;
    });
    await desk.work(service(theirs, "has the connection now"), async () => {
      await expect(kept?.rows(every)).rejects.toThrow();
      await expect(kept?.em.find(Shelf, {})).rejects.toThrow();
    });
    await desk.close();
  });
});

describe("a pool whose connections are killed", () => {
  it("loses no place, in the middle of a unit or before it begins", async () => {
    const desk = await open(database.app, 1);
    const [tenantId = ""] = tenants;
    const rounds = [1, 2, 3];
    for (const _ of rounds) {
      const killed = desk.work(service(tenantId, "is killed"), (unit) => unit.rows(sql`select pg_terminate_backend(pg_backend_pid())`));
      await expect(killed).rejects.toThrow(/terminating connection|Connection terminated/);
      expect(await desk.work(service(tenantId, "goes on"), (unit) => unit.rows(every))).not.toEqual([]);
    }
    await desk.close();
  });
});

describe("the watch over the pool", () => {
  it("sees a tenant that was set for the session", async () => {
    const desk = await open(database.app, 1);
    const [tenantId = ""] = tenants;
    await desk.work(service(tenantId, "plants"), (unit) => unit.rows(sql`select set_config('app.tenant_id', ${tenantId}, false)`));
    await desk.work(service(tenantId, "next"), (unit) => unit.rows(every));
    expect(desk.checkouts.at(-1)).toEqual({ tenant: tenantId, fresh: true });
    await desk.close();
  });

  it("sees foreign rows when the role may pass row security", async () => {
    const desk = await open(database.system, 1);
    const [tenantId = ""] = tenants;
    const rows = await desk.work(service(tenantId, "as system"), (unit) => unit.rows<{ tenant_id: string }>(every));
    expect(new Set(tenantIds(rows)).size).toBeGreaterThan(1);
    await desk.close();
  });
});
