/** Once for all database tests: one PostgreSQL without durability, and a migrated template that each test file clones. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bootstrap } from "../core/database/bootstrap.ts";
import { startEmbedded } from "../core/database/embedded.ts";
import { migrate } from "../core/database/migrate.ts";
import { registry, routines } from "../features.ts";

export const templateName = "switchboard_template";

declare module "vitest" {
  interface ProvidedContext {
    database: { superuserUrl: string; password: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-test-"));
  const embedded = await startEmbedded({ folder, durable: false, settings: { max_connections: "300" } });
  const password = "test";
  const urls = await bootstrap(embedded.superuserUrl, templateName, password);
  await migrate({ ownerUrl: urls.owner, tables: registry.tables, routines, log: () => undefined });
  project.provide("database", { superuserUrl: embedded.superuserUrl, password });
  return async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
