/** A replica is behind: only what may be some moments old is read there, or a process would remember, and a device keep, what was. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { service } from "../core/actor.ts";
import { systemClock } from "../core/clock.ts";
import { connectOrm } from "../core/database/orm.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { createWork, type Work, type WorkOptions } from "../core/work.ts";
import { registry } from "../features.ts";
import { createDatabase, type TestDatabase } from "./database.ts";

const tenantId = newId();

let databases: readonly TestDatabase[];
let work: Work;
let close: () => Promise<void>;

beforeAll(async () => {
  const [primary, behind] = [await createDatabase(), await createDatabase()];
  databases = [primary, behind];
  const connect = (url: string) =>
    connectOrm({ url, tables: registry.tables, poolMax: 2, statementTimeoutMs: 5_000, applicationName: "replica test" });
  const [app, system, replica] = await Promise.all([primary.app, primary.system, behind.app].map(connect));
  if (!app || !system || !replica) throw new Error("Three connections were asked for.");
  work = createWork({ app, system, replica, clock: systemClock, committed: () => undefined, log: () => undefined });
  close = async () => void (await Promise.all([app, system, replica].map((orm) => orm.close())));
  await system.em.fork().execute("insert into tenant_clock (tenant_id) values (?)", [tenantId]);
});
afterAll(async () => {
  await close();
  for (const database of databases) await database.drop();
});

it.each<[WorkOptions, "where it was written" | "where it is not yet"]>([
  [{}, "where it was written"],
  [{ readOnly: true }, "where it was written"],
  [{ mayLag: true }, "where it was written"],
  [{ readOnly: true, mayLag: true }, "where it is not yet"],
])("%j reads %s", async (options, where) => {
  const found = await work(service(tenantId, "test"), ({ one }) => one(sql`select 1 as n from tenant_clock`), options);
  expect(found === undefined ? "where it is not yet" : "where it was written").toBe(where);
});
