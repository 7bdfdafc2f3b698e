import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineEvent } from "../../shared/events/define.ts";
import { service, system } from "../core/actor.ts";
import { connectOrm } from "../core/database/orm.ts";
import { sql } from "../core/database/sql.ts";
import { Transaction } from "../core/database/transaction.ts";
import type { Unit } from "../core/work.ts";
import { registry } from "../features.ts";
import { Label } from "../conversations/entities.ts";
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

describe("a unit that changes one thing", () => {
  const label = (tenantId: string, name: string) => ({ tenantId, id: newId(), name, colour: "blue", createdAt: new Date() });
  const kept = (tenantId: string) =>
    world.core.work(service(tenantId, "test"), async ({ rows }) => ({
      labels: (await rows<{ name: string }>(sql`select name from label order by name`)).map(({ name }) => name),
      events: (await rows(sql`select seq from event_log`)).length,
    }));

  async function endsOf(tenantId: string, run: (unit: Unit) => Promise<void>): Promise<number[]> {
    const ended = vi.spyOn(Transaction.prototype, "endBehind");
    try {
      await world.core.work(service(tenantId, "test"), run);
      return ended.mock.calls.map(([questions]) => questions);
    } finally {
      ended.mockRestore();
    }
  }

  // Were it more than one statement, the next would be refused: it came after the end.
  it.each<[string, (unit: Unit) => Promise<void>, Awaited<ReturnType<typeof kept>>]>([
    ["makes it", async ({ em, tenantId }) => void em.create(Label, label(tenantId, "New")), { labels: ["New", "Old"], events: 0 }],
    [
      "changes it",
      async ({ em }) => void ((await em.findOneOrFail(Label, { name: "Old" })).name = "Newer"),
      { labels: ["Newer"], events: 0 },
    ],
    ["removes it", async ({ em }) => void em.remove(await em.findOneOrFail(Label, { name: "Old" })), { labels: [], events: 0 }],
    [
      "makes it and tells of it twice",
      async ({ em, tenantId, happened }) => {
        em.create(Label, label(tenantId, "New"));
        for (const n of [1, 2]) happened(happenedOnce, { n });
      },
      { labels: ["New", "Old"], events: 2 },
    ],
  ])("%s: the end leaves behind its statement", async (_, run, expected) => {
    const tenantId = await newTenant();
    await world.core.work(service(tenantId, "test"), async ({ em }) => void em.create(Label, label(tenantId, "Old")));
    expect(await endsOf(tenantId, run)).toEqual([1, 0]);
    expect(await kept(tenantId)).toEqual(expected);
  });

  it("keeps nothing when its statement fails, and says why", async () => {
    const tenantId = await newTenant();
    const add = ({ em, happened }: Unit, name: string) => {
      em.create(Label, label(tenantId, name));
      happened(happenedOnce, { n: 1 });
    };
    await world.core.work(service(tenantId, "test"), async (unit) => add(unit, "Once"));
    await expect(world.core.work(service(tenantId, "test"), async (unit) => add(unit, "Once"))).rejects.toMatchObject({ code: "23505" });
    expect(await kept(tenantId)).toEqual({ labels: ["Once"], events: 1 });
  });
});

it("knows no relations: what an entity refers to is an id, so that one change is one statement", async () => {
  const orm = await connectOrm({
    url: world.database.app,
    tables: registry.tables,
    poolMax: 1,
    statementTimeoutMs: 5000,
    applicationName: "test",
  });
  const entities = [...orm.getMetadata().getAll().values()];
  await orm.close();
  expect(entities.length).toBe(registry.tables.length);
  expect(
    entities.filter(({ relations, versionProperty }) => relations.length > 0 || versionProperty).map(({ className }) => className),
  ).toEqual([]);
});
