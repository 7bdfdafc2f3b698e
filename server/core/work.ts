/**
 * The only door to the database: `work(actor, fn)` opens one transaction for one actor, sets its tenant, and commits what
 * happened together with what changed. Without a tenant the database shows nothing and refuses everything.
 */
import type { EntityManager, MikroORM } from "@mikro-orm/postgresql";
import type { EventDefinition, PayloadOf } from "../../shared/events/define.ts";
import { actorRecord, crossesTenants, tenantOf, type Actor, type ServiceActor } from "./actor.ts";
import type { Clock } from "./clock.ts";
import { transactionOf } from "./database/bound.ts";
import type { Sql } from "./database/sql.ts";
import type { Transaction } from "./database/transaction.ts";
import { recordEvents, type Recorded } from "./events/record.ts";
import { sqlState } from "./http/document.ts";
import { problem } from "./problem.ts";

export interface Unit<A extends Actor = Actor> {
  em: EntityManager;
  actor: A;
  tenantId: string;
  now: Date;
  /**
   * Records an event in the transaction that made it true. `tenantId` only where a system actor works for several; `by` where a rule did
   * it, set off by what somebody else did.
   */
  happened<E extends EventDefinition>(event: E, payload: PayloadOf<E>, tenantId?: string, by?: ServiceActor): void;
  /** Rows of a hand-written query; changes made through `em` before are flushed first. */
  rows<T extends object>(query: Sql): Promise<T[]>;
  one<T extends object>(query: Sql): Promise<T | undefined>;
  /** Writes what was changed through `em`, so that later reads of this unit see it. Happens by itself before `rows` and at the commit. */
  flush(): Promise<void>;
  /** Runs after the commit, in this process; a crash may lose it, so only for hints such as emits to sockets. */
  afterCommit(run: () => void): void;
}

export interface WorkOptions {
  /** A read-only transaction. */
  readOnly?: boolean;
  /** What it reads may be some moments old, so that the replica may answer. Never what a process remembers or what a device keeps. */
  mayLag?: boolean;
}

export type Work = <A extends Actor, T>(actor: A, fn: (unit: Unit<A>) => Promise<T>, options?: WorkOptions) => Promise<T>;

export interface WorkParts {
  app: MikroORM;
  system: MikroORM;
  replica?: MikroORM | undefined;
  clock: Clock;
  /** Tells the live hub that these tenants have something new, and which entities were touched through the ORM. */
  committed(tenantIds: readonly string[], entities: ReadonlySet<string>): void;
  /** `system` work is rare enough to be logged with its reason. */
  log(reason: string): void;
}

export function createWork(parts: WorkParts): Work {
  const listening = new WeakMap<object, (changes: readonly Change[]) => void>();
  for (const orm of new Set([parts.app, parts.system, parts.replica])) {
    orm?.em.getEventManager().registerSubscriber({ onFlush: ({ em, uow }) => listening.get(em)?.(uow.getChangeSets()) });
  }

  return async function work<A extends Actor, T>(actor: A, fn: (unit: Unit<A>) => Promise<T>, options: WorkOptions = {}): Promise<T> {
    if (actor.kind === "anonymous")
      throw new Error("Nobody in particular cannot work with the database; use a system actor with a reason.");
    const tenantId = tenantOf(actor);
    const wide = crossesTenants(actor);
    if (actor.kind === "system") parts.log(actor.reason);
    const readOnly = options.readOnly === true || actor.kind === "support";
    const orm = wide ? parts.system : (readOnly && options.mayLag && parts.replica) || parts.app;
    const session = wide ? undefined : { variables: { "app.tenant_id": tenantId } };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once();
      } catch (error) {
        if (attempt === attempts || !conflicts.has(sqlState(error) ?? "")) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
      }
    }

    async function once(): Promise<T> {
      const hints: (() => void)[] = [];
      const entities = new Set<string>();
      const tenants = new Set<string>();
      const events: Recorded[] = [];
      /** The transaction, once nothing comes any more but what is left to be written. */
      let last: Transaction | undefined;
      const em = orm.em.fork();
      listening.set(em, (changes) => {
        for (const { meta, entity } of changes) {
          entities.add(meta.tableName);
          tenants.add(tenantOfRow(entity) ?? tenantId);
        }
        // One change is one statement, and its answer decides nothing any more. How many statements several changes are, the ORM knows.
        if (changes.length <= 1) last?.endBehind(changes.length);
      });
      const unit: Unit<A> = {
        em,
        actor,
        tenantId,
        now: parts.clock.now(),
        happened(event, payload, forTenant, by) {
          const checked = event.payload.parse(payload);
          const tenant = forTenant ?? tenantId;
          tenants.add(tenant);
          events.push({
            tenantId: tenant,
            type: event.type,
            actor: actorRecord(by ?? actor),
            conversationId: event.conversation ? (checked[event.conversation] ?? null) : null,
            subjectId: event.subject ? (checked[event.subject] ?? null) : null,
            payload: checked,
            at: unit.now,
          });
        },
        async rows(query) {
          await unit.flush();
          return em.execute(query.text, query.values);
        },
        async one(query) {
          return (await unit.rows<never>(query))[0];
        },
        flush: () => (readOnly ? Promise.resolve() : em.flush()),
        afterCommit(run) {
          hints.push(run);
        },
      };
      // Not `em.transactional`, which works on a copy of the entity manager and takes back what that knows, for nobody to read.
      const value = await em.getConnection("write").transactional(
        async (context) => {
          em.setTransactionContext(context); // kept after the end, so that whatever comes too late is refused
          const result = await fn(unit);
          last = transactionOf(context);
          await together([recordEvents(last, events), unit.flush()]);
          return result;
        },
        { readOnly, ...(session ? { sessionContext: session } : {}) },
      );
      for (const run of hints) run();
      if (!readOnly) parts.committed(tenants.size > 0 ? [...tenants] : [tenantId], entities);
      return value;
    }
  };
}

type Change = ReturnType<ReturnType<EntityManager["getUnitOfWork"]>["getChangeSets"]>[number];

/**
 * Statements on the way at the same time, which PostgreSQL answers in turn. All are waited for; of several that failed the first tells the
 * cause, and of those behind it PostgreSQL only says that the transaction had failed.
 */
async function together(statements: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(statements))
    .filter((settled) => settled.status === "rejected")
    .map(({ reason }) => reason as unknown);
  if (failed.length > 0) throw failed.find((reason) => sqlState(reason) !== "25P02") ?? failed[0];
}

/**
 * The same work until the process ends: what was begun is waited for, and nothing new is begun. A unit that found its pool closed
 * would keep the connection that it had just been given, and the pool would wait for it for ever.
 */
export function untilClosed(work: Work): { work: Work; close(): Promise<void> } {
  const running = new Set<Promise<void>>();
  let closed = false;
  return {
    work(actor, fn, options) {
      if (closed) return Promise.reject(problem("unavailable"));
      const unit = work(actor, fn, options);
      const ended: Promise<void> = unit
        .then(
          () => undefined,
          () => undefined, // whoever asked hears of it
        )
        .then(() => void running.delete(ended));
      running.add(ended);
      return unit;
    },
    async close() {
      closed = true;
      await Promise.all(running);
    },
  };
}

/**
 * Two transactions that wait for each other, or of which one came too late, or whose statement was planned before a migration: nothing
 * of the loser happened, so it is done again from its beginning. What `fn` does besides the database must therefore bear to be done
 * twice; effects belong into `afterCommit`.
 */
const conflicts: ReadonlySet<string> = new Set(["40001", "40P01", "0A000"]);
const attempts = 4;

function tenantOfRow(entity: object): string | undefined {
  const value = (entity as { tenantId?: unknown }).tenantId;
  return typeof value === "string" ? value : undefined;
}
