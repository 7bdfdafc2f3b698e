/** The only file that knows Redis. It is optional: without it everything works in one process, and a poll heals the rest. */
import { Redis } from "ioredis";
import type { Logger } from "pino";

export interface SharedBus {
  client: Redis;
  publish(channel: string, message: string): void;
  subscribe(channel: string, listener: (message: string) => void): Promise<void>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

export async function connectRedis(url: string, log: Logger): Promise<SharedBus> {
  const options = { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: true } as const;
  const client = new Redis(url, options);
  const listener = new Redis(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null });
  for (const connection of [client, listener]) connection.on("error", (error) => log.warn({ problem: error.message }, "redis"));
  await Promise.all([client.connect(), listener.connect()]);
  const listeners = new Map<string, (message: string) => void>();
  listener.on("message", (channel, message) => listeners.get(channel)?.(message));
  return {
    client,
    publish(channel, message) {
      client.publish(channel, message).catch(() => undefined); // a lost wake-up costs latency, the poll heals it
    },
    async subscribe(channel, onMessage) {
      listeners.set(channel, onMessage);
      await listener.subscribe(channel);
    },
    ping: () =>
      client.ping().then(
        () => true,
        () => false,
      ),
    async close() {
      client.disconnect();
      listener.disconnect();
    },
  };
}
