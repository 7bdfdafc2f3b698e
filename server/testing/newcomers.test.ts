/**
 * A tenant that came after the planner's last look at the tables is served as the others are: what it asks for is found by the index
 * made for it, and not by reading all that the newcomer has.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../core/ids.ts";
import { registry } from "../features.ts";
import { addConversations, rowsRead } from "./bare.ts";
import { createDatabase, type TestDatabase } from "./database.ts";

const messagesEach = 100;
const conversations = 50;

let database: TestDatabase;
let system: pg.Client;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  [system, superuser] = [new pg.Client({ connectionString: database.system }), new pg.Client({ connectionString: database.superuser })];
  await Promise.all([system.connect(), superuser.connect()]);
});
afterAll(async () => {
  await Promise.all([system.end(), superuser.end()]);
  await database.drop();
});

async function moveIn(): Promise<{ tenantId: string; conversationIds: string[] }> {
  const tenantId = newId();
  const conversationIds = Array.from({ length: conversations }, () => newId());
  await system.query("insert into tenant_clock (tenant_id) values ($1)", [tenantId]);
  await addConversations(system, tenantId, conversationIds);
  await system.query(
    `insert into message (tenant_id, id, conversation_id, number, visible, seq, kind, body, at)
     select $1, gen_random_uuid(), conversation, n, n, n, 'visitor', 'A word.', now() from unnest($2::uuid[]) conversation, generate_series(1, $3::int) n`,
    [tenantId, conversationIds, messagesEach],
  );
  return { tenantId, conversationIds };
}

/** Messages that were read to answer. */
async function readsOf(run: () => Promise<unknown>): Promise<number> {
  const read = async () => {
    await system.query("select pg_stat_force_next_flush()");
    await system.query("select 1");
    return rowsRead(superuser, "message");
  };
  const before = await read();
  await run();
  return (await read()) - before;
}

it("is asked for nothing but what is wanted", async () => {
  await moveIn();
  await superuser.query("vacuum analyze");
  const { tenantId, conversationIds } = await moveIn();
  const some = conversationIds.slice(0, 10);
  // The pages of a console's first sync have this shape (`sync/bootstrap.ts`).
  const read = await readsOf(() =>
    system.query(
      `select message.id from conversation head join message on message.tenant_id = head.tenant_id and message.conversation_id = head.id
       where head.tenant_id = $1 and head.id = any($2::uuid[]) and message.number > 50 order by head.id, message.number`,
      [tenantId, some],
    ),
  );
  expect(read).toBeGreaterThanOrEqual(some.length * 50);
  expect(read).toBeLessThanOrEqual(some.length * messagesEach);
});

it("is unknown to the planner in every table, as all tenants are", async () => {
  await moveIn();
  await superuser.query("vacuum analyze");
  const { rows } = await superuser.query<{ name: string }>("select distinct tablename as name from pg_stats where attname = 'tenant_id'");
  expect(rows).toEqual([]);
  expect(registry.tables.filter(({ kind }) => kind === "tenant").length).toBeGreaterThan(20);
});
