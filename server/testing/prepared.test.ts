/** Statements that come again keep their plan, and the plan keeps no tenant and no column of its first time. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { service } from "../core/actor.ts";
import { systemClock } from "../core/clock.ts";
import { connectOrm } from "../core/database/orm.ts";
import { StatementNames } from "../core/database/prepared.ts";
import { sql } from "../core/database/sql.ts";
import { logTables } from "../core/events/logs.ts";
import { createRegistry } from "../core/feature.ts";
import { newId } from "../core/ids.ts";
import { coreTables } from "../core/tables.ts";
import { createWork, type Work } from "../core/work.ts";
import { features } from "../features.ts";
import { createDatabase, type TestDatabase } from "./database.ts";
import { addTables, sample } from "./sample.ts";

const registry = createRegistry([...features, sample], [...logTables, ...coreTables]);
const tenants = [newId(), newId(), newId()];

let database: TestDatabase;
let work: Work;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await createDatabase();
  await addTables(database.owner, registry);
  const connect = (url: string) =>
    connectOrm({ url, tables: registry.tables, poolMax: 1, statementTimeoutMs: 10_000, applicationName: "test" });
  const [app, system] = await Promise.all([connect(database.app), connect(database.system)]);
  close = async () => void (await Promise.all([app.close(), system.close()]));
  work = createWork({ app, system, clock: systemClock, committed: () => undefined, log: () => undefined });
  for (const tenantId of tenants) {
    await system.em.fork().execute("insert into tenant_clock (tenant_id) values (?)", [tenantId]);
    await system.em.fork().execute("insert into sample_shelf (tenant_id, id, name) values (?, ?, ?)", [tenantId, newId(), tenantId]);
  }
});
afterAll(async () => {
  await close();
  await database.drop();
});

const shelves = (tenantId: string) =>
  work(
    service(tenantId, "test"),
    ({ rows }) => rows<{ name: string; books: number }>(sql`select name, books from sample_shelf where name <> ${"none"}`),
    { readOnly: true },
  );
const plans = (tenantId: string) =>
  work(
    service(tenantId, "test"),
    ({ rows }) =>
      rows<{ generic: number }>(sql`
      select generic_plans::int as generic from pg_prepared_statements where statement like ${"select name, books from sample_shelf%"}`),
    { readOnly: true },
  );

it("shows each tenant its own rows through one plan", async () => {
  for (let turn = 0; turn < 30; turn += 1) {
    const tenantId = tenants[turn % tenants.length] ?? "";
    expect(await shelves(tenantId)).toEqual([{ name: tenantId, books: 0 }]);
  }
  const [kept, ...more] = await plans(tenants[0] ?? "");
  expect(more).toEqual([]);
  expect(kept?.generic).toBeGreaterThan(10);
});

it("answers again after a column became another", async () => {
  const owner = await connectOrm({ url: database.owner, tables: [], poolMax: 1, statementTimeoutMs: 10_000, applicationName: "test" });
  await owner.em.fork().execute("alter table sample_shelf rename column books to volumes; alter table sample_shelf add column books text");
  await owner.close();
  const tenantId = tenants[1] ?? "";
  for (let turn = 0; turn < 10; turn += 1) expect(await shelves(tenantId)).toEqual([{ name: tenantId, books: null }]);
  expect(await plans(tenantId)).toHaveLength(2);
});

it("names what comes often, and nothing that comes once", () => {
  const some = new StatementNames();
  expect([1, 2, 3, 4].map(() => some.nameOf("often"))).toEqual([undefined, undefined, undefined, undefined]);
  expect([some.nameOf("often"), some.nameOf("often")]).toEqual(["s1", "s1"]);
  for (let turn = 0; turn < 20_000; turn += 1) expect(some.nameOf(`once ${turn}`)).toBeUndefined();
  some.forget();
  for (let turn = 0; turn < 4; turn += 1) some.nameOf("often");
  expect(some.nameOf("often")).toBe("s2");
});

it("answers what was asked together in its order, each with its own", async () => {
  const answers = await work(
    service(tenants[0] ?? "", "test"),
    ({ rows }) =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) => rows<{ n: number }>(sql`select ${n}::int as n from pg_sleep(${n === 0 ? 0.02 : 0})`)),
      ),
    { readOnly: true },
  );
  expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 20 }, (_, n) => n));
});

it("fails a unit with what was wrong first, and goes on with the next on the same connection", async () => {
  const together = work(
    service(tenants[0] ?? "", "test"),
    ({ rows }) => Promise.all([rows(sql`select 1`), rows(sql`select 1 / ${0}::int`), rows(sql`select name from sample_shelf`)]),
    { readOnly: true },
  );
  await expect(together).rejects.toThrow("division by zero");
  expect(await shelves(tenants[1] ?? "")).toMatchObject([{ name: tenants[1] }]);
});

it("refuses what is asked after the end of its transaction, whoever has the connection now", async () => {
  let late: Promise<unknown> | undefined;
  const rows = await work(service(tenants[0] ?? "", "test"), (unit) => Promise.resolve(unit.rows), { readOnly: true });
  await work(
    service(tenants[1] ?? "", "test"),
    async (unit) => {
      late = rows(sql`select name from sample_shelf`);
      await late.catch(() => undefined);
      await unit.rows(sql`select 1`);
    },
    { readOnly: true },
  );
  await expect(late).rejects.toThrow("after the end");
});
