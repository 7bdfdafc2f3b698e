/** What happens to jobs when their runner, or the database, is gone for a while. */
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from "vitest";
import { features } from "../../features.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { feature } from "../feature.ts";
import { job } from "./define.ts";
import { scheduleOf } from "./worker.ts";

const ran: string[] = [];
const sample = feature({
  name: "sample",
  jobs: [
    job({
      name: "sample.note",
      schedule: "0 0 29 2 *",
      async run(_core, { what }) {
        ran.push(String(what));
        await before(String(what));
      },
    }),
  ],
});
let before: (what: string) => Promise<void> | void = () => undefined;

const unheard: unknown[] = [];
const hear = (reason: unknown) => unheard.push(reason);

let world: World;
let superuser: pg.Client;
let system: World["core"]["pools"]["system"];
beforeAll(async () => {
  process.on("unhandledRejection", hear);
  world = await createWorld({ features: [...features, sample] });
  system = world.core.pools.system;
  superuser = new pg.Client({ connectionString: world.database.superuser });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await world.stop();
  process.off("unhandledRejection", hear);
});
afterEach(() => {
  before = () => undefined;
});

const done = (what: string) => expect.poll(() => ran.filter((one) => one === what).length, { timeout: 15_000, interval: 50 });

it("takes over what a runner held that lives no more, and leaves alone what one holds that lives", async () => {
  for (const key of ["of the dead", "of the living"])
    await world.core.later("sample.note", { what: key }, { key, at: new Date(Date.now() + 3_600_000) });
  await system.query("insert into queue_runner (id, seen_at) values ('another', now() + interval '1 minute')");
  const hold = `
    update graphile_worker._private_jobs set locked_by = $2, locked_at = now() - interval '31 seconds', run_at = now(), attempts = 1
    where key = $1`;
  await system.query(hold, ["of the dead", "killed"]);
  await system.query(hold, ["of the living", "another"]);
  await done("of the dead").toBe(1);
  expect(ran).not.toContain("of the living");
});

it("judges nobody when it was away itself, until the others could say that they live", async () => {
  await world.core.later("sample.note", { what: "of one that was away" }, { key: "away", at: new Date(Date.now() + 3_600_000) });
  await system.query("insert into queue_runner (id, seen_at) values ('away', now()) on conflict do nothing");
  const seen = async () =>
    (
      await system.query<{ at: number }>(
        "select extract(epoch from max(seen_at))::float8 as at from queue_runner where id not in ('away', 'another')",
      )
    ).rows[0]?.at ?? 0;
  await expect.poll(seen, { timeout: 15_000 }).toBeGreaterThan(0);
  // As after an hour without the database.
  await system.query("update queue_runner set seen_at = now() - interval '1 hour'");
  await system.query(
    "update graphile_worker._private_jobs set locked_by = 'away', locked_at = now() - interval '1 hour', run_at = now() where key = 'away'",
  );
  const silent = await seen();
  await expect.poll(seen, { timeout: 15_000 }).toBeGreaterThan(silent);
  await wait(500);
  expect((await system.query("select from queue_runner where id = 'away'")).rowCount).toBe(1);
  expect(ran).not.toContain("of one that was away");
  await done("of one that was away").toBe(1);
}, 40_000);

it("lets whoever was taken for dead come back: the job is done by another, and nothing of it is left", async () => {
  let comeBack: () => void = () => undefined;
  before = () => {
    before = () => undefined;
    return new Promise<void>((resolve) => (comeBack = resolve));
  };
  await world.core.later("sample.note", { what: "long" }, { key: "long" });
  await done("long").toBe(1);
  // As if its runner had been paused for longer than the lease.
  await system.query(
    "update graphile_worker._private_jobs set locked_by = 'paused', locked_at = now() - interval '31 seconds' where key = 'long'",
  );
  await done("long").toBe(2);
  comeBack();
  await world.core.later("sample.note", { what: "after long" });
  await done("after long").toBe(1);
  const left = "select count(*)::int as n from graphile_worker._private_jobs where key = 'long'";
  await expect.poll(async () => (await system.query<{ n: number }>(left)).rows).toEqual([{ n: 0 }]);
  expect(unheard).toEqual([]);
});

it("runs a scheduled job once at a time: the next round waits for the one that takes long", async () => {
  const [item] = scheduleOf([sample]);
  const begin = () =>
    system.query("select graphile_worker.add_job('sample.note', json_build_object('what', 'round'), queue_name := $1)", [
      item?.options.queueName,
    ]);
  const gate = Promise.withResolvers<void>();
  onTestFinished(() => gate.resolve());
  before = () => gate.promise;
  await begin();
  await done("round").toBe(1);
  await begin();
  await world.core.later("sample.note", { what: "beside it" });
  await done("beside it").toBe(1);
  expect(ran.filter((one) => one === "round")).toHaveLength(1);
  gate.resolve();
  await done("round").toBe(2);
});

it.each([
  { end: "done", left: [] },
  { end: "failed", left: [{ attempts: 1, last_error: "It could not be done.", locked_by: null }] },
])("keeps a job as $end that ended while the database was away, and goes on", async ({ end, left }) => {
  const name = new URL(world.database.superuser).pathname.slice(1);
  before = async () => {
    before = () => undefined;
    await superuser.query(`alter database ${name} connection limit 0`);
    await superuser.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()", [name]);
    if (end === "failed") throw new Error("It could not be done.");
  };
  await world.core.later("sample.note", { what: end }, { key: end });
  await done(end).toBe(1);
  await wait(1_500);
  await superuser.query(`alter database ${name} connection limit -1`);
  const job = "select attempts, last_error, locked_by from graphile_worker._private_jobs where key = $1";
  await expect.poll(async () => (await superuser.query(job, [end])).rows, { timeout: 15_000 }).toEqual(left);
  await world.core.later("sample.note", { what: `after ${end}` });
  await done(`after ${end}`).toBe(1);
  expect(ran.filter((one) => one === end)).toEqual([end]);
  expect(unheard).toEqual([]);
});
