/** Servers that come and go within a benchmark: the product over one seeded database, and bare Socket.IO. */
import { freePort } from "@switchboard/server/core/ports.ts";
import { startChild, type Child } from "../harness/children.ts";
import { startCluster } from "../harness/cluster.ts";
import { seed, tidy, type Seeding } from "../seed/seed.ts";
import type { Crowd } from "./crowd.ts";

export type Kind = Crowd["kind"];

export interface Servers {
  superuserUrl: string;
  /** Always at the same address of its kind. */
  start(kind: Kind): Promise<Child>;
  url(kind: Kind): string;
  crowd(kind: Kind, who: { first: number; count: number }): Promise<Child>;
  close(): Promise<void>;
}

export const alreadyEach = 3;

export async function prepareServers(seeding: Omit<Seeding, "systemUrl" | "messages">): Promise<Servers> {
  const cluster = await startCluster();
  const urls = await cluster.database("servers");
  await seed({ ...seeding, systemUrl: urls.system, messages: alreadyEach });
  await tidy(urls.superuser);
  const ports: Record<Kind, number> = { product: await freePort(), bare: await freePort() };
  return {
    superuserUrl: urls.superuser,
    url: (kind) => `http://127.0.0.1:${ports[kind]}`,
    start(kind) {
      const port = String(ports[kind]);
      return kind === "product"
        ? startChild(new URL("../harness/server.ts", import.meta.url), [urls.app, urls.system, port], ["--expose-gc"])
        : startChild(new URL("./bare.ts", import.meta.url), [port], ["--expose-gc"]);
    },
    crowd: (kind, who) =>
      startChild(new URL("./crowd.ts", import.meta.url), [
        { kind, tenants: seeding.tenants, already: alreadyEach, ...who } satisfies Crowd,
      ]),
    close: () => cluster.stop(),
  };
}
