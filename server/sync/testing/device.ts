/** A device of a member over real HTTP: the shared client with stores in memory, driven by hand. */
import { syncApi } from "../../../shared/api/sync.ts";
import type { Client as Api } from "../../../shared/client/client.ts";
import { createClient, type Client } from "../../../shared/sync/client.ts";
import { entityNames } from "../../../shared/sync/entities.ts";
import { canonical } from "../../../shared/sync/audit.ts";
import { protocolVersion, schemaVersion, type BootstrapAnswer, type PullAnswer, type PushAnswer } from "../../../shared/sync/protocol.ts";
import { createMemoryCache, createMemoryOutbox } from "../../../shared/sync/simulation/stores.ts";
import type { CacheStore, OutboxStore } from "../../../shared/sync/store.ts";

export const speaking = { protocol: protocolVersion, schema: schemaVersion, app: "1.0.0" };

export interface Device {
  api: Api;
  client: Client;
  cache: CacheStore;
  outbox: OutboxStore;
  id(): string;
  hello(fresh?: boolean): Promise<string>;
  bootstrap(): Promise<number>;
  /** Pull pages until there are no more; says how many. */
  follow(limit?: number): Promise<number>;
  push(): Promise<PushAnswer>;
  /** All rows on the device, in an order that does not depend on how they came. */
  rows(): string[];
}

export function createDevice(api: Api, memberId: string, now: () => string): Device {
  const cache = createMemoryCache();
  const outbox = createMemoryOutbox();
  const client = createClient({ cache, outbox, memberId, now });
  const caller = () => ({ ...speaking, device: outbox.device().device ?? "" });
  client.reopen();

  return {
    api,
    client,
    cache,
    outbox,
    id: () => outbox.device().device ?? "",
    async hello(fresh = false) {
      const greeting = client.greeting(fresh);
      const { device, nonce, cursor, epoch } = greeting;
      const answer = await api.call(syncApi.hello, { body: { ...speaking, device, nonce, cursor, epoch } });
      return client.greeted(greeting, answer);
    },
    async bootstrap() {
      let pages = 0;
      for (let next = client.nextBootstrap(); next !== undefined; next = client.nextBootstrap()) {
        const answer = await api.call(syncApi.bootstrap, { body: { ...caller(), page: next.page } });
        const outcome = client.bootstrapped(next.page, answer as BootstrapAnswer); // the server answers for the rows
        if (outcome !== "applied") throw new Error(`a bootstrap page was ${outcome}`);
        pages += 1;
      }
      return pages;
    },
    async follow(limit) {
      for (let pages = 1; ; pages += 1) {
        const cursor = client.cursor();
        if (cursor === null) throw new Error("the device has no cursor");
        const epoch = outbox.device().epoch ?? "";
        const body = { ...caller(), epoch, cursor, settled: client.settled(), ...(limit === undefined ? {} : { limit }) };
        const answer = (await api.call(syncApi.pull, { body })) as PullAnswer; // as above
        const outcome = client.pulled(answer);
        if (outcome !== "applied") throw new Error(`a pull was ${outcome}`);
        if (answer.kind === "page" && !answer.more) return pages;
      }
    },
    async push() {
      const epoch = outbox.device().epoch ?? "";
      const answer = await api.call(syncApi.push, { body: { ...caller(), epoch, mutations: client.nextPush(50) } });
      client.pushed(answer);
      return answer;
    },
    rows: () => entityNames.flatMap((entity) => [...cache.list(entity)].map((row) => `${entity} ${canonical(row)}`)).toSorted(),
  };
}

/** A new device with everything on it. */
export async function readyDevice(api: Api, memberId: string, now: () => string): Promise<Device> {
  const device = createDevice(api, memberId, now);
  await device.hello(true);
  await device.bootstrap();
  return device;
}
