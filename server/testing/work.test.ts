import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../../shared/events/define.ts";
import { service, system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { TenantClock } from "../core/events/logs.ts";
import { newId } from "../core/ids.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
const happenedOnce = defineEvent("test.happened", z.object({ n: z.number() }));

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

async function newTenant(): Promise<string> {
  const tenantId = newId();
  await world.core.work(system("test"), async ({ em }) => void em.create(TenantClock, { tenantId, seq: 0, floor: 0, epoch: 1 }));
  return tenantId;
}

it("answers on its health addresses", async () => {
  expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${world.url}/readyz`)).json()).toMatchObject({ status: "ready" });
  expect((await fetch(`${world.url}/docs/api`)).status).toBe(200);
  expect((await fetch(`${world.url}/api/v1/openapi.json`)).status).toBe(200);
  expect(await (await fetch(`${world.url}/api/v1/nothing`)).json()).toMatchObject({ code: "not_found", status: 404 });
});

it("stamps events with dense numbers and a hash chain, and tells the hub in order", async () => {
  const tenantId = await newTenant();
  const heard: number[] = [];
  world.core.hub.subscribe((batch) => {
    if (batch.tenantId === tenantId) heard.push(...batch.entries.map(({ seq }) => seq));
  });
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      world.core.work(service(tenantId, "test"), async ({ happened }) => {
        happened(happenedOnce, { n });
        happened(happenedOnce, { n: n + 100 });
      }),
    ),
  );
  await world.settle();
  expect(heard).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  const rows = await world.core.work(service(tenantId, "test"), ({ rows: read }) =>
    read<{ seq: string; hash: Buffer }>(sql`select seq, hash from event_log order by seq`),
  );
  expect(rows.map(({ seq }) => Number(seq))).toEqual(heard);
  expect(new Set(rows.map(({ hash }) => Buffer.from(hash).toString("hex"))).size).toBe(40);
});

it("shows nothing and refuses everything without a tenant", async () => {
  const client = new pg.Client({ connectionString: world.database.app });
  await client.connect();
  expect((await client.query("select * from event_log")).rowCount).toBe(0);
  await expect(
    client.query("insert into event_log (tenant_id, type, actor, payload, at) values ($1, 'x', '{}', '{}', now())", [newId()]),
  ).rejects.toThrow(/row-level security/);
  await expect(client.query("update event_log set type = 'y'")).rejects.toThrow(/permission denied/);
  await client.end();
});

it("does not pass for done what was not kept, when a failure in it went unsaid", async () => {
  const tenantId = await newTenant();
  const hints: string[] = [];
  const unit = world.core.work(service(tenantId, "test"), async ({ em, rows, afterCommit }) => {
    afterCommit(() => hints.push("told"));
    await em.execute("update tenant_clock set floor = 0 where tenant_id = ?", [tenantId]).catch(() => undefined);
    await rows(sql`select 1 / 0`).catch(() => undefined);
  });
  await expect(unit).rejects.toThrow("Nothing of this transaction was kept");
  expect(hints).toEqual([]);
});
