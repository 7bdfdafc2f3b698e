/**
 * B9: what row security and the unit of work cost. Product: `work()` as the app role under forced row security. Floors, as the role
 * that passes row security, the tenant written out, with the same statements and round trips: for a read the ORM's own transaction,
 * so that the ratio is the policy and `work()`; for a write node-postgres by itself, so that it is the ORM's unit of work too.
 */
import { taskCreated } from "@switchboard/shared/events/tasks.ts";
import { service } from "@switchboard/server/core/actor.ts";
import { systemClock } from "@switchboard/server/core/clock.ts";
import { connectOrm, createPool } from "@switchboard/server/core/database/orm.ts";
import { sql } from "@switchboard/server/core/database/sql.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { createWork } from "@switchboard/server/core/work.ts";
import { registry } from "@switchboard/server/features.ts";
import { Task } from "@switchboard/server/tasks/index.ts";
import type { Benchmark, Part } from "../harness/benchmark.ts";
import { startCluster } from "../harness/cluster.ts";
import { load } from "../harness/load.ts";
import { seed, seeded, tidy, type SeededTenant } from "./seed.ts";

const callers = 8;
const seconds = 2;
const page = 50;

type Pool = ReturnType<typeof createPool>;
interface Client {
  query(text: string, values: unknown[]): Promise<unknown>;
}

interface Row {
  id: string;
  number: number;
  kind: string;
  body: string;
  at: Date;
}

interface Bench {
  tenants: SeededTenant[];
  /** The floors: as the system role, through the ORM and by the bare driver. */
  orm: Awaited<ReturnType<typeof connectOrm>>;
  pool: Pool;
  work: ReturnType<typeof createWork>;
  /** Tasks whose write was acknowledged. */
  written: number;
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T; // the lists are never empty

export const rls: Benchmark = {
  name: "rls",
  measures: "B9: a page of 50 rows and an ordinary write through work(), against the same statements without row security",
  async prepare(say) {
    say("rls: starting a durable PostgreSQL with 200 000 messages of 20 tenants");
    const cluster = await startCluster();
    const urls = await cluster.database("rls");
    const tenants = await seed(urls.system);
    await tidy(urls.superuser);
    const orm = (url: string) =>
      connectOrm({ url, tables: registry.tables, poolMax: callers, statementTimeoutMs: 5000, applicationName: "bench" });
    const [app, system] = await Promise.all([orm(urls.app), orm(urls.system)]);
    const pool = createPool({ url: urls.system, max: callers, statementTimeoutMs: 5000, applicationName: "bench floor", pipeline: true });
    const work = createWork({ app, system, clock: systemClock, committed: () => undefined, log: () => undefined });
    const bench: Bench = { tenants, orm: system, pool, work, written: 0 };
    return {
      parts: [readPart(bench), writePart(bench)],
      async verify() {
        const { rows } = await pool.query<{ tasks: number; logged: number; dense: boolean }>(`
          select (select count(*)::int from task) as tasks,
            (select count(*)::int from event_log where type = 'task.created' and seq is not null) as logged,
            (select bool_and(clock.seq = (select count(*) from change_log c where c.tenant_id = clock.tenant_id)
              + (select count(*) from event_log e where e.tenant_id = clock.tenant_id)) from tenant_clock clock) as dense`);
        const [found] = rows;
        if (found?.tasks !== bench.written || found.logged !== bench.written || !found.dense)
          throw new Error(`Of ${bench.written} acknowledged writes ${JSON.stringify(found)} were found.`);
      },
      async close() {
        await Promise.all([app.close(), system.close(), pool.end()]);
        await cluster.stop();
      },
    };
  },
};

function check(rows: readonly Row[]): void {
  if (rows.length !== page || rows[0]?.number !== seeded.messages || rows.at(-1)?.number !== seeded.messages - page + 1)
    throw new Error(`A page of ${page} newest messages was ${rows.length} rows from ${rows[0]?.number}.`);
}

function readPart({ tenants, orm, work }: Bench): Part {
  return {
    name: "rls-read",
    unit: "reads/s",
    ratio: 0.95,
    better: "higher",
    async product() {
      const answered = await load({
        callers,
        seconds,
        async call() {
          const tenant = pick(tenants);
          const conversation = pick(tenant.conversations);
          check(
            await work(
              service(tenant.id, "bench"),
              ({ rows }) =>
                rows<Row>(
                  sql`select id, number, kind, body, at from message where conversation_id = ${conversation} order by number desc limit ${page}`,
                ),
              { readOnly: true },
            ),
          );
        },
      });
      return answered.perSecond;
    },
    async floor() {
      const answered = await load({
        callers,
        seconds,
        async call() {
          const tenant = pick(tenants);
          const conversation = pick(tenant.conversations);
          const session = { variables: { "app.tenant_id": tenant.id } };
          await orm.em
            .fork({ session, flushMode: "commit" })
            .transactional(
              async (em) =>
                check(
                  await em.execute<Row[]>(
                    "select id, number, kind, body, at from message where tenant_id = ? and conversation_id = ? order by number desc limit ?",
                    [tenant.id, conversation, page],
                  ),
                ),
              { readOnly: true },
            );
        },
      });
      return answered.perSecond;
    },
  };
}

/** The one round trip of a unit of work that changes one thing: begin, the tenant, what is written, and the commit go out together. */
async function transaction(pool: Pool, tenantId: string, write: (client: Client) => Promise<unknown>[]): Promise<void> {
  const client = await pool.connect();
  try {
    const opening = [client.query("begin"), client.query("select set_config($1, $2, true)", ["app.tenant_id", tenantId])];
    await Promise.all([...opening, ...write(client), client.query("commit")]);
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

function newTask(tenantId: string, now: Date) {
  return {
    tenantId,
    id: newId(),
    title: "Call back about the order",
    description: "They asked when it leaves the house, and whether it can be a gift.",
    search: "call back about the order they asked when it leaves the house",
    priority: "normal" as const,
    status: "open" as const,
    labelIds: [],
    createdAt: now,
    updatedAt: now,
  };
}

function writePart(bench: Bench): Part {
  const { tenants, pool, work } = bench;
  return {
    name: "rls-write",
    unit: "writes/s",
    ratio: 0.8,
    better: "higher",
    async product() {
      const answered = await load({
        callers,
        seconds,
        async call() {
          const tenant = pick(tenants);
          await work(service(tenant.id, "bench"), async ({ em, now, happened }) => {
            const task = newTask(tenant.id, now);
            em.create(Task, task);
            happened(taskCreated, { taskId: task.id, conversationId: null, title: task.title, assigneeId: null });
          });
          bench.written += 1;
        },
      });
      return answered.perSecond;
    },
    async floor() {
      const answered = await load({
        callers,
        seconds,
        async call() {
          const tenant = pick(tenants);
          await transaction(pool, tenant.id, (client) => {
            const task = newTask(tenant.id, new Date());
            const payload = { taskId: task.id, conversationId: null, title: task.title, assigneeId: null };
            const actor = '{"kind":"service","reason":"bench"}';
            return [
              client.query(insertEvent, [task.tenantId, taskCreated.type, actor, task.id, JSON.stringify(payload), task.createdAt]),
              client.query(insertTask, [
                task.tenantId,
                task.id,
                task.title,
                task.description,
                task.search,
                task.priority,
                task.status,
                "[]",
                task.createdAt,
                task.updatedAt,
              ]),
            ];
          });
          bench.written += 1;
        },
      });
      return answered.perSecond;
    },
  };
}

const insertTask = `insert into task (tenant_id, id, title, description, search, priority, status, label_ids, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning due_all_day`;
const insertEvent = "insert into event_log (tenant_id, type, actor, subject_id, payload, at) values ($1, $2, $3, $4, $5, $6)";
