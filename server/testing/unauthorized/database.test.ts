/** Nobody gets past row security by what they send to the database. Covers SECURITY T-02, T-03, T-07, T-08, T-10. */
import type { MikroORM } from "@mikro-orm/postgresql";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../core/config.ts";
import { systemClock } from "../../core/clock.ts";
import { connectOrm } from "../../core/database/orm.ts";
import { logTables } from "../../core/events/logs.ts";
import { createRegistry } from "../../core/feature.ts";
import { newId } from "../../core/ids.ts";
import { coreTables } from "../../core/tables.ts";
import { createLog } from "../../core/telemetry/log.ts";
import { features } from "../../features.ts";
import { serve } from "../../serve.ts";
import { createDatabase, type TestDatabase } from "../database.ts";
import { addTables, Book, sample } from "../sample.ts";

const registry = createRegistry([...features, sample], [...logTables, ...coreTables]);
const tenantTables = registry.tables.filter(({ kind }) => kind === "tenant");
const globalTables = registry.tables.filter(({ kind }) => kind === "global");

interface Twin {
  tenantId: string;
  shelfId: string;
  bookId: string;
}

let database: TestDatabase;
let app: pg.Client;
let system: pg.Client;
let orm: MikroORM;
let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  database = await createDatabase();
  await addTables(database.owner, registry);
  app = await connect(database.app);
  system = await connect(database.system);
  orm = await connectOrm({ url: database.app, tables: registry.tables, poolMax: 2, statementTimeoutMs: 2000, applicationName: "test" });
  ours = await plant();
  theirs = await plant();
});
afterAll(async () => {
  await orm.close();
  await app.end();
  await system.end();
  await database.drop();
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function plant(): Promise<Twin> {
  const twin = { tenantId: newId(), shelfId: newId(), bookId: newId() };
  await system.query("insert into tenant_clock (tenant_id) values ($1)", [twin.tenantId]);
  await system.query("insert into sample_shelf (tenant_id, id, name) values ($1, $2, 'Shelf')", [twin.tenantId, twin.shelfId]);
  await system.query("insert into sample_book (tenant_id, id, shelf_id, title) values ($1, $2, $3, 'Book')", [
    twin.tenantId,
    twin.bookId,
    twin.shelfId,
  ]);
  return twin;
}

/** Statements of one tenant, in a transaction that is taken back. */
async function within<T>(client: pg.Client, tenantId: string, run: () => Promise<T>): Promise<T> {
  await client.query("begin");
  await client.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
  try {
    return await run();
  } finally {
    await client.query("rollback");
  }
}

describe("the app role", () => {
  it.each([
    ["becomes the system role", "set role switchboard_system", /permission denied to set role/],
    ["becomes the owner", "set role switchboard_owner", /permission denied to set role/],
    ["changes who it is", "set session authorization switchboard_system", /permission denied to set session authorization/],
    ["switches row security off for a table", "alter table sample_book disable row level security", /must be owner/],
    ["drops the policy", "drop policy tenant on sample_book", /must be owner/],
    ["adds a policy", "create policy more on sample_book using (true)", /must be owner/],
    ["switches a trigger off", "alter table sample_book disable trigger all", /must be owner/],
    ["skips triggers", "set session_replication_role = replica", /permission denied to set parameter/],
    ["empties a table, which row security does not see", "truncate sample_book", /permission denied/],
    ["makes a table", "create table public.planted (id int)", /permission denied for schema/],
    [
      "replaces the function that names the tenant",
      "create or replace function app.current_tenant() returns uuid language sql as 'select null::uuid'",
      /permission denied for schema/,
    ],
    ["reads what installations keep", "select * from app.migration", /permission denied/],
    ["reads the queue", "select * from graphile_worker._private_jobs", /permission denied/],
    ["adds a job", "select graphile_worker.add_job('reaction')", /permission denied/],
    ["reads the clock of every tenant's events", "select last_value from event_log_k_seq", /permission denied/],
    ["reads files of the machine", "select pg_read_file('/etc/passwd')", /permission denied/],
    ["runs a program", "copy (select 1) to program 'true'", /permission denied/],
    ["lifts its own limits", "alter role switchboard_app bypassrls", /permission denied to alter role/],
    ["calls what stamps the logs", "select app.stamp()", /permission denied|can only be called as triggers/],
  ])("never %s", async (_, statement, refusal) => {
    await expect(app.query(statement)).rejects.toThrow(refusal);
  });

  it("gets an error, not rows, when it asks to see without row security", async () => {
    await app.query("set row_security = off");
    await expect(app.query("select * from sample_book")).rejects.toThrow(/would be affected by row-level security/);
    await app.query("reset row_security");
  });

  it.each(globalTables.map(({ name }) => name))("does not touch %s, which belongs to the installation", async (name) => {
    await expect(app.query(`select 1 from ${name}`)).rejects.toThrow(/permission denied/);
    await expect(app.query(`delete from ${name}`)).rejects.toThrow(/permission denied/);
  });
});

describe("without a tenant", () => {
  it.each(tenantTables.map((table) => [table.name, table] as const))("%s shows nothing and takes nothing", async (name, { grants }) => {
    const may = (right: (typeof grants)[number]) => grants.includes(right);
    if (may("select")) expect((await app.query(`select 1 from ${name}`)).rowCount).toBe(0);
    else await expect(app.query(`select 1 from ${name}`)).rejects.toThrow(/permission denied/);
    await expect(app.query(`insert into ${name} (tenant_id) values ($1)`, [ours.tenantId])).rejects.toThrow(
      may("insert") ? /violates row-level security/ : /permission denied/,
    );
    if (may("update")) expect((await app.query(`update ${name} set tenant_id = tenant_id`)).rowCount).toBe(0);
    else await expect(app.query(`update ${name} set tenant_id = tenant_id`)).rejects.toThrow(/permission denied/);
    if (may("delete")) expect((await app.query(`delete from ${name}`)).rowCount).toBe(0);
    else await expect(app.query(`delete from ${name}`)).rejects.toThrow(/permission denied/);
  });

  it("the owner of the tables sees nothing either", async () => {
    const owner = await connect(database.owner);
    for (const { name } of tenantTables) expect([name, (await owner.query(`select 1 from ${name}`)).rowCount]).toEqual([name, 0]);
    await owner.end();
  });

  it.each(["", "*", "null"])("a setting of %j is no tenant either", async (setting) => {
    await app.query("begin");
    await app.query("select set_config('app.tenant_id', $1, true)", [setting]);
    const answer = app.query("select 1 from sample_book").then(
      ({ rowCount }) => rowCount,
      (error: Error) => error.message,
    );
    expect([0, `invalid input syntax for type uuid: "${setting}"`]).toContain(await answer);
    await app.query("rollback");
  });

  it("the ORM and its query builder see nothing", async () => {
    const em = orm.em.fork();
    expect(await em.find(Book, {})).toEqual([]);
    expect(await em.createQueryBuilder(Book).select("*").execute()).toEqual([]);
    const kysely = em.getKysely() as unknown as { selectFrom(table: string): { selectAll(): { execute(): Promise<unknown[]> } } };
    expect(await kysely.selectFrom("sample_book").selectAll().execute()).toEqual([]);
    expect(await em.execute("select * from sample_book")).toEqual([]);
    em.create(Book, { tenantId: ours.tenantId, id: newId(), shelfId: ours.shelfId, lentBy: null, title: "x" });
    await expect(em.flush()).rejects.toThrow(/violates row-level security/);
  });
});

describe("another tenant's row", () => {
  it("is not seen, changed or removed by its id", async () => {
    await within(app, ours.tenantId, async () => {
      expect((await app.query("select 1 from sample_book where id = $1", [theirs.bookId])).rowCount).toBe(0);
      expect((await app.query("update sample_book set title = 'mine' where id = $1", [theirs.bookId])).rowCount).toBe(0);
      expect((await app.query("delete from sample_book where id = $1", [theirs.bookId])).rowCount).toBe(0);
      expect((await app.query("select 1 from sample_book")).rowCount).toBe(1);
    });
  });

  it("is not written in its tenant's name", async () => {
    await within(app, ours.tenantId, async () => {
      const insert = "insert into sample_book (tenant_id, id, shelf_id, title) values ($1, $2, $3, 'x')";
      await expect(app.query(insert, [theirs.tenantId, newId(), theirs.shelfId])).rejects.toThrow(/violates row-level security/);
    });
  });

  describe.each(["app", "system"] as const)("cannot be referenced by the %s role", (role) => {
    const client = () => (role === "app" ? app : system);

    it("in a new row", async () => {
      await within(client(), ours.tenantId, async () => {
        const insert = "insert into sample_book (tenant_id, id, shelf_id, title) values ($1, $2, $3, 'x')";
        await expect(client().query(insert, [ours.tenantId, newId(), theirs.shelfId])).rejects.toThrow(/violates foreign key/);
      });
    });

    it("in a row that exists", async () => {
      await within(client(), ours.tenantId, async () => {
        const update = "update sample_book set lent_by = $1 where id = $2";
        await expect(client().query(update, [theirs.shelfId, ours.bookId])).rejects.toThrow(/violates foreign key/);
      });
    });

    it("and no row changes its tenant", async () => {
      await within(client(), ours.tenantId, async () => {
        const update = "update sample_book set tenant_id = $1, shelf_id = $2 where id = $3";
        await expect(client().query(update, [theirs.tenantId, theirs.shelfId, ours.bookId])).rejects.toThrow(/tenant_id never changes/);
      });
    });
  });

  it("is not told by a key that is taken: ids and names are each tenant's own", async () => {
    await within(app, ours.tenantId, async () => {
      const insert = "insert into sample_shelf (tenant_id, id, name) values ($1, $2, $3)";
      expect((await app.query(insert, [ours.tenantId, theirs.shelfId, "Another"])).rowCount).toBe(1);
      await expect(app.query(insert, [ours.tenantId, newId(), "Shelf"])).rejects.toThrow(/duplicate key/);
    });
  });

  it("is not counted by a function that looks past row security", async () => {
    const count = async (shelfId: string) => (await app.query("select app.sample_count_books($1) as books", [shelfId])).rows[0]?.books;
    expect(await count(ours.shelfId)).toBe("0");
    await within(app, ours.tenantId, async () => {
      expect(await count(ours.shelfId)).toBe("1");
      expect(await count(theirs.shelfId)).toBe("0");
    });
  });
});

describe("a server connected as a role that could pass row security", () => {
  it.each([
    ["owner", /"switchboard_owner" owns \d+ objects/],
    ["system", /"switchboard_system" has BYPASSRLS/],
    ["superuser", /"postgres" is a superuser/],
  ] as const)("does not start as %s", async (role, refusal) => {
    const config = readConfig(
      {
        PORT: "0",
        PUBLIC_URL: "http://localhost:4000",
        DATABASE_URL: database[role],
        DATABASE_SYSTEM_URL: database.system,
        TOKEN_SECRET: "x".repeat(32),
        ENCRYPTION_KEY: "y".repeat(32),
      },
      { demo: false },
    );
    const log = createLog({ LOG_LEVEL: "silent", LOG_PRETTY: false });
    const start = serve({
      config: { ...config, DATABASE_URL: database[role], DATABASE_SYSTEM_URL: database.system },
      features: [...features, sample],
      roles: ["web"],
      clock: systemClock,
      log,
    });
    await expect(start).rejects.toThrow(refusal);
  });
});
