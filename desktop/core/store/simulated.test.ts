/** The client over SQLite and the client over memory are fed the same: at every step they hold the same. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonical } from "@switchboard/shared/sync/audit.ts";
import { createClient } from "@switchboard/shared/sync/client.ts";
import type { Client } from "@switchboard/shared/sync/client.ts";
import { entityNames } from "@switchboard/shared/sync/entities.ts";
import { createDatabase } from "@switchboard/shared/sync/simulation/database.ts";
import { createRandom } from "@switchboard/shared/sync/simulation/random.ts";
import { createServer } from "@switchboard/shared/sync/simulation/server.ts";
import { createMemoryCache, createMemoryOutbox } from "@switchboard/shared/sync/simulation/stores.ts";
import { createTenant, somethingHappens } from "@switchboard/shared/sync/simulation/tenant.ts";
import type { CacheStore, OutboxStore } from "@switchboard/shared/sync/store.ts";
import { createFolder, type TestFolder } from "../testing/folder.ts";
import { schemaVersion } from "@switchboard/shared/sync/protocol.ts";
import { createCache } from "./cache.ts";
import { cacheKind } from "./cache-schema.ts";
import { openDatabase, type Database } from "./database.ts";
import { sqliteDriver } from "./driver.ts";
import { createOutbox } from "./outbox.ts";
import { outboxKind } from "./outbox-schema.ts";

interface Both {
  cache: CacheStore;
  outbox: OutboxStore;
  client: Client;
}

const rowsOf = ({ cache, outbox }: Both) => ({
  rows: entityNames
    .flatMap((entity) => [...cache.list(entity)].map((row) => `${entity} ${canonical(row)} ${canonical(cache.placeOf(entity, row.id))}`))
    .toSorted(),
  shadows: cache.shadows().map(canonical).toSorted(),
  ranges: [...cache.list("conversation")].map(({ id }) => cache.rangeOf(id)),
  state: cache.state(),
  pending: outbox.pending(),
  rejected: outbox.rejected().map(canonical).toSorted(),
  sent: outbox.sent(),
  device: outbox.device(),
});

describe("the store on SQLite", () => {
  let folder: TestFolder;
  let databases: Database[] = [];
  beforeEach(() => {
    folder = createFolder();
  });
  afterEach(() => {
    for (const one of databases) one.close();
    databases = [];
    folder.remove();
  });

  it.each([1, 2, 3, 4, 5, 6])("holds what the store in memory holds, through a simulated day (%i)", (seed) => {
    const random = createRandom(seed);
    let clock = Date.UTC(2026, 0, 5, 8);
    const now = () => new Date(clock).toISOString();
    let ids = 0;
    const newId = () => {
      ids += 1;
      return `${random.int(0x7fffffff).toString(16).padStart(8, "0")}-0000-7000-8000-${ids.toString(16).padStart(12, "0")}`;
    };
    const database = createDatabase();
    const setting = { database, random, newId, now };
    const tenant = createTenant(setting);
    const server = createServer({ database, removed: null, now, meanwhile: () => undefined, newId });
    const [memberId] = tenant.members;

    const open = (file: string, kind: typeof cacheKind) => {
      const opened = openDatabase({ open: sqliteDriver(), file: folder.file(file), kind });
      databases.push(opened);
      return opened;
    };
    const both = (cache: CacheStore, outbox: OutboxStore): Both => ({
      cache,
      outbox,
      client: createClient({ cache, outbox, memberId, now }),
    });
    const here = both(createCache(open("cache.db", cacheKind)), createOutbox(open("outbox.db", outboxKind)));
    const there = both(createMemoryCache(), createMemoryOutbox());
    const each = <T>(work: (one: Both) => T): T => {
      const answer = work(there);
      const mine = work(here);
      if (JSON.stringify(mine) !== JSON.stringify(answer)) expect(mine).toEqual(answer);
      return answer;
    };

    const caller = () => ({ device: there.outbox.device().device ?? "", memberId, schema: schemaVersion });
    const hello = () => {
      const greeting = each(({ client }) => client.greeting(there.outbox.device().device === null));
      const answer = server.hello({ ...caller(), ...greeting, device: greeting.device ?? "", fresh: greeting.device === null });
      each(({ client }) => client.greeted(greeting, answer));
    };
    const bootstrap = () => {
      for (let due = there.client.nextBootstrap(); due; due = there.client.nextBootstrap()) {
        const { page } = due;
        const answer = server.bootstrap(caller(), page);
        if (answer) each(({ client }) => client.bootstrapped(page, answer));
      }
    };
    const sync = () => {
      const mutations = each(({ client }) => client.nextPush(5));
      const { epoch } = there.outbox.device();
      if (mutations.length > 0 && epoch !== null) {
        const answer = server.push(caller(), epoch, mutations);
        if (answer) each(({ client }) => client.pushed(answer));
      }
      const { cursor, epoch: rows } = there.cache.state();
      if (cursor === null || rows === null) return;
      const answer = server.pull(caller(), { epoch: rows, cursor, settled: there.client.settled(), limit: 1 + random.int(20) });
      if (answer) each(({ client }) => client.pulled(answer));
    };

    hello();
    bootstrap();
    for (let step = 0; step < 120; step += 1) {
      clock += random.int(600_000);
      const what = random.int(10);
      const conversation = random.pick([...there.cache.list("conversation")]);
      if (what < 4) somethingHappens(setting, tenant);
      else if (what < 6 && conversation) {
        const args = {
          id: newId(),
          conversationId: conversation.id,
          body: `words ${step}`,
          expiresAt: null,
          seenNumber: conversation.lastNumber,
          anyway: random.chance(0.5),
        };
        each(({ client }) => client.mutate("sendMessage", args, { online: true }));
      } else if (what === 6 && conversation) {
        const args = { conversationId: conversation.id, to: random.chance(0.5) ? "open" : "closed" };
        each(({ client }) => client.mutate("setStatus", args, { online: true }));
      } else if (what === 7 && conversation) {
        each(({ client }) =>
          client.mutate("assignConversation", { conversationId: conversation.id, assigneeId: memberId }, { online: true }),
        );
        const last = there.outbox.device().lastMid;
        if (random.chance(0.3)) each(({ client }) => client.withdraw(last));
      } else if (what === 8 && random.chance(0.1)) {
        each(({ client }) => client.rebuild());
        bootstrap();
      } else {
        sync();
        bootstrap();
      }
      const [mine, theirs] = [rowsOf(here), rowsOf(there)];
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) expect(mine, `step ${step}`).toEqual(theirs);
    }
  });
});
