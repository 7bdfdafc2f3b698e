/**
 * Writes the next migration: what has to change so that a database with all earlier migrations becomes what the entities say.
 * `node server/make-migration.ts add-nickname`; read the file before you commit it.
 * `--initial` writes 0001 anew; only while nothing has been released.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registry } from "./features.ts";
import { bootstrap } from "./core/database/bootstrap.ts";
import { startEmbedded } from "./core/database/embedded.ts";
import { beforeTables } from "./core/database/foundation.ts";
import { applyFiles, migrationsFolder } from "./core/database/migrate.ts";
import { connectOrm, createPool, schemaDifference } from "./core/database/orm.ts";

const [argument = ""] = process.argv.slice(2);
const initial = argument === "--initial";
if (!initial && !/^[a-z0-9-]+$/.test(argument)) {
  console.error("Give the migration a name in small letters and dashes, for example: add-nickname");
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "switchboard-migration-"));
const database = await startEmbedded({ folder, durable: false });
try {
  const urls = await bootstrap(database.superuserUrl, "switchboard", "migration");
  const pool = createPool({ url: urls.owner, max: 1, statementTimeoutMs: 0, applicationName: "make-migration" });
  const files = readdirSync(migrationsFolder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
  // Without the guards: they already speak of the columns and tables that the migration is to bring.
  const client = await pool.connect();
  await client.query(beforeTables);
  if (!initial) await applyFiles(client, console.log);
  client.release();
  const { tables } = registry;
  const orm = await connectOrm({ url: urls.owner, tables, poolMax: 1, statementTimeoutMs: 0, applicationName: "make-migration" });
  const statements = await schemaDifference(orm);
  await orm.close();
  await pool.end();
  if (statements.length === 0) console.log("The database is what the entities say; there is nothing to migrate.");
  else {
    const last = Math.max(0, ...files.map((name) => Number.parseInt(name, 10)));
    const number = String(initial ? 1 : last + 1).padStart(4, "0");
    const name = `${number}-${initial ? "initial" : argument}.sql`;
    if (initial) for (const file of files) rmSync(new URL(file, migrationsFolder));
    writeFileSync(new URL(name, migrationsFolder), `${statements.join(";\n")};\n`);
    console.log(`Wrote server/core/database/migrations/${name}`);
  }
} finally {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
