/** Transactions that wait for each other: the loser is done again, whole, and its caller notices nothing (RELIABILITY F8). */
import { afterAll, beforeAll, expect, it } from "vitest";
import { service } from "../core/actor.ts";
import { systemClock } from "../core/clock.ts";
import { connectOrm } from "../core/database/orm.ts";
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
const tenantId = newId();
const [left, right] = [newId(), newId()];

let database: TestDatabase;
let work: Work;
let close: () => Promise<void>;
let commits = 0;

beforeAll(async () => {
  database = await createDatabase();
  await addTables(database.owner, registry);
  const connect = (url: string) =>
    connectOrm({ url, tables: registry.tables, poolMax: 4, statementTimeoutMs: 10_000, applicationName: "test" });
  const [app, system] = await Promise.all([connect(database.app), connect(database.system)]);
  close = async () => void (await Promise.all([app.close(), system.close()]));
  work = createWork({ app, system, clock: systemClock, committed: () => (commits += 1), log: () => undefined });
  await system.em.fork().execute("insert into tenant_clock (tenant_id) values (?)", [tenantId]);
  for (const id of [left, right])
    await system.em.fork().execute("insert into sample_shelf (tenant_id, id, name) values (?, ?, ?)", [tenantId, id, id]);
});
afterAll(async () => {
  await close();
  await database.drop();
});

it("both of two transactions in opposite orders end well", async () => {
  const first = Promise.withResolvers<void>();
  let arrived = 0;
  let runs = 0;
  const change = (one: string, other: string) =>
    work(service(tenantId, "test"), async ({ rows, afterCommit }) => {
      runs += 1;
      await rows(sql`update sample_shelf set books = books + 1 where id = ${one}`);
      arrived += 1;
      if (arrived === 2) first.resolve();
      await first.promise;
      await rows(sql`update sample_shelf set books = books + 1 where id = ${other}`);
      afterCommit(() => undefined);
    });
  commits = 0;
  await Promise.all([change(left, right), change(right, left)]);
  const books = await work(service(tenantId, "test"), ({ rows }) => rows<{ books: number }>(sql`select books from sample_shelf`), {
    readOnly: true,
  });
  expect(books).toEqual([{ books: 2 }, { books: 2 }]);
  // Where the winner is slow to wake, whoever tries again may be in its way once more.
  expect(runs).toBeGreaterThanOrEqual(3);
  expect(commits).toBe(2);
});

it("an error of the unit itself is not tried again", async () => {
  let runs = 0;
  const failing = work(service(tenantId, "test"), async ({ rows }) => {
    runs += 1;
    await rows(sql`select 1 / 0`);
  });
  await expect(failing).rejects.toThrow(/division by zero/);
  expect(runs).toBe(1);
});

it("what never works is given up after a few tries", async () => {
  let runs = 0;
  const failing = work(service(tenantId, "test"), async ({ rows }) => {
    runs += 1;
    await rows(sql`do $$ begin raise exception 'too late' using errcode = '40001'; end $$`);
  });
  await expect(failing).rejects.toThrow(/too late/);
  expect(runs).toBe(4);
});
