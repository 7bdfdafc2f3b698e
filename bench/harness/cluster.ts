/** A PostgreSQL of the benchmark's own, durable as in production: nothing else runs on it, and it is gone afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap, withDatabase, type RoleUrls } from "@switchboard/server/core/database/bootstrap.ts";
import { startEmbedded } from "@switchboard/server/core/database/embedded.ts";
import { migrate } from "@switchboard/server/core/database/migrate.ts";
import { registry, routines } from "@switchboard/server/features.ts";

export interface Cluster {
  /** A migrated database with this name, its connections by role. */
  database(name: string): Promise<RoleUrls & { superuser: string }>;
  stop(): Promise<void>;
}

const settings = { max_connections: "100", shared_buffers: "1GB", max_wal_size: "4GB", checkpoint_timeout: "30min", autovacuum: "off" };

export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const embedded = await startEmbedded({ folder, durable: true, settings });
  return {
    async database(name) {
      const urls = await bootstrap(embedded.superuserUrl, name, "bench");
      await migrate({ ownerUrl: urls.owner, tables: registry.tables, routines, log: () => undefined });
      return { ...urls, superuser: withDatabase(embedded.superuserUrl, name) };
    },
    async stop() {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
