/** Covers SECURITY T-01, T-02, T-07, T-08, T-09, T-10 (catalog) and T-13 (each guard dropped in turn). */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assertCatalog, checkCatalog } from "../core/database/catalog.ts";
import { readCatalog } from "../core/database/catalog-facts.ts";
import { columnsOf } from "../core/database/table.ts";
import { logTables } from "../core/events/logs.ts";
import { createRegistry } from "../core/feature.ts";
import { coreTables } from "../core/tables.ts";
import { features, registry } from "../features.ts";
import { holesOf } from "./catalog-holes.ts";
import { createDatabase, type TestDatabase } from "./database.ts";
import { looseReferences } from "./loose-references.ts";
import { addTables, sample } from "./sample.ts";

const withSample = createRegistry([...features, sample], [...logTables, ...coreTables]);
const holes = holesOf(withSample);

let plain: TestDatabase;
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  [plain, database] = await Promise.all([createDatabase(), createDatabase()]);
  await addTables(database.owner, withSample);
  client = new pg.Client({ connectionString: database.superuser });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await plain.drop();
  await database.drop();
});

describe("the migrated database", () => {
  it("guarantees exactly what is registered", async () => {
    const app = new pg.Pool({ connectionString: plain.app, max: 1 });
    expect(await checkCatalog(app, registry)).toEqual([]);
    await assertCatalog(app, registry);
    await app.end();
  });

  it("does so for every kind of table a feature may register", async () => {
    expect(await checkCatalog(client, withSample)).toEqual([]);
  });

  it("holds every reference between rows of a tenant by a key that names the tenant", () => {
    const loose = registry.tables
      .filter(({ kind }) => kind === "tenant")
      .flatMap((table) => columnsOf(table).map(({ name }) => ({ table, name })))
      .filter(({ table, name }) => name !== "tenant_id" && /_ids?$|_by$/.test(name) && !(name in table.references))
      .map(({ table, name }) => `${table.name}.${name}`);
    expect(loose.toSorted()).toEqual(Object.keys(looseReferences).toSorted());
  });

  it("offers the app role exactly these functions that look past row security", async () => {
    const { functions } = await readCatalog(client);
    const callable = functions.filter(({ definer, grants }) => definer && grants.some(({ grantee }) => grantee === "switchboard_app"));
    // At most five besides the sample: each is called with tuples that were authorised before, and has its own tests.
    expect(callable.map(({ name }) => name)).toEqual(["app.sample_count_books", "app.search_messages", "app.send_messages"]);
  });
});

describe("a server of an older version", () => {
  it("starts beside tables it does not know when they are guarded", async () => {
    await assertCatalog(client, registry);
  });

  it("does not start beside a table it does not know that is open", async () => {
    await planted("alter table sample_book no force row level security", async () => {
      await expect(assertCatalog(client, registry)).rejects.toThrow(/T-01 table sample_book row security is not forced/);
    });
  });
});

describe("a hole planted by hand is found:", () => {
  const kinds = Map.groupBy(holes, ({ kind, to, harmless }) =>
    to.includes(" ") || to === "planted" ? `${to}: ${kind}` : `${kind}${harmless ? ", harmless" : ""}`,
  );
  let before: string[];
  beforeAll(async () => {
    before = await checkCatalog(client, withSample);
  });

  it.each([...kinds])("%s", async (_, planting) => {
    await planted(planting.map(({ sql }) => sql).join(";\n"), async () => {
      const exact = (await checkCatalog(client, withSample)).filter((line) => !before.includes(line));
      const start = await checkCatalog(client, withSample, "start");
      for (const { to, says, harmless } of planting) {
        expect([to, exact.some((line) => line.includes(says))]).toEqual([to, true]);
        expect([to, start.some((line) => line.includes(says))]).toEqual([to, !harmless]);
      }
    });
  });

  it("and nothing is left of them", async () => {
    expect(await checkCatalog(client, withSample)).toEqual(before);
  });
});

/** In a transaction that is taken back: roles and databases too. */
async function planted(sql: string, look: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await look();
  } finally {
    await client.query("rollback");
  }
}
