/** Bytes of the files go bad, anywhere: the console opens all the same, what was not sent is still there, and no wrong row is shown. */
import { closeSync, existsSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditDifference } from "@switchboard/shared/sync/audit.ts";
import { readerHere } from "../tenant/access.ts";
import { localLines } from "../tenant/audit.ts";
import { createSimulated, type Simulated } from "../testing/simulated.ts";
import { openSimulated, type SimulatedConsole } from "../testing/simulated-console.ts";
import { createFaults } from "../testing/faulty-driver.ts";
import { schemaVersion } from "@switchboard/shared/sync/protocol.ts";
import { verdictOf } from "./check-driver.ts";
import { sqliteDriver } from "./driver.ts";
import { tenantFolder } from "./tenant-store.ts";
import Sqlite from "better-sqlite3";

/** Without waiting for the disk: the damage is ours. */
const fast = () => createFaults(sqliteDriver()).open;

const checkFile = async (file: string) => verdictOf(file) !== "damaged";

function flip(file: string, at: number, random: () => number): void {
  const handle = openSync(file, "r+");
  const bytes = Buffer.alloc(16);
  const { size } = statSync(file);
  const place = Math.min(Math.max(0, size - 16), at);
  readSync(handle, bytes, 0, 16, place);
  for (let index = 0; index < 16; index += 1) bytes[index] = (bytes[index] ?? 0) ^ Math.floor(random() * 256);
  writeSync(handle, bytes, 0, 16, place);
  closeSync(handle);
}

/** Signed in, received, with three notes that wait and a draft; then ended without having sent. */
async function withUnsent(sim: Simulated): Promise<{ made: SimulatedConsole; ids: string[]; file: (name: string) => string }> {
  const made = await openSimulated({ sim, member: 1, changes: { open: fast(), checkFile } });
  const conversationId = sim.database.list("conversation")[0]?.id ?? "";
  sim.network("down");
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const id = sim.newId();
    ids.push(id);
    await made.page.do("mutate", {
      tenantId: made.tenantId,
      name: "addNote",
      args: { id, conversationId, body: `unsent ${count}`, mentions: [] },
    });
  }
  await made.page.do("draft.save", { tenantId: made.tenantId, placeId: conversationId, mode: "reply", text: "half a sentence" });
  await made.stop();
  const folder = tenantFolder(made.folder.path, made.tenantId, made.memberId);
  return { made, ids, file: (name) => join(folder, name) };
}

async function reopen({ sim, folder, core }: SimulatedConsole): Promise<SimulatedConsole> {
  sim.network("up");
  const again = await openSimulated({ sim, member: 1, folder, changes: { open: fast(), checkFile, keyring: core.desk.ports.keyring } });
  for (let turn = 0; turn < 20; turn += 1) await again.pass(10_000);
  return again;
}

function expectSame({ core, sim }: SimulatedConsole, ids: readonly string[], seed: number): void {
  const [tenant] = core.desk.tenants();
  if (!tenant) throw new Error(`seed ${seed}: the tenant did not open`);
  const { scopes } = readerHere(tenant.store.cache, tenant.memberId);
  const there = sim.server.audit({ device: "", memberId: tenant.memberId, schema: schemaVersion });
  expect([seed, auditDifference(localLines(tenant.store.cache, scopes), there.lines)]).toEqual([seed, []]);
  expect([seed, tenant.client.waiting()]).toEqual([seed, []]);
  const arrived = ids.map((id) => sim.database.list("message").filter((one) => one.id === id).length);
  expect([seed, arrived]).toEqual([seed, ids.map(() => 1)]);
  for (const one of tenant.store.cache.list("message")) expect(one).toEqual(sim.database.get("message", one.id));
}

describe("a damaged cache", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    "anywhere (%i): opens, keeps what was not sent, and is whole again",
    async (seed) => {
      const sim = createSimulated(seed);
      const { made, ids, file } = await withUnsent(sim);
      const cache = file("cache.db");
      const random = sim.random;
      const { size } = statSync(cache);
      for (let count = 0; count < 1 + (seed % 4); count += 1) flip(cache, seed < 6 ? seed * 16 : Math.floor(random() * size), random);
      const again = await reopen(made);
      expectSame(again, ids, seed);
      const [tenant] = again.core.desk.tenants();
      expect(tenant?.store.outbox.drafts()).toMatchObject([{ text: "half a sentence" }]);
      await again.remove();
    },
  );

  it("that is cut, empty or gone", async () => {
    for (const harm of [
      (name: string) => truncateSync(name, 5_000),
      (name: string) => truncateSync(name, 0),
      (name: string) => rmSync(name),
    ]) {
      const sim = createSimulated(77);
      const { made, ids, file } = await withUnsent(sim);
      harm(file("cache.db"));
      const again = await reopen(made);
      expectSame(again, ids, 77);
      await again.remove();
    }
  });

  it("is told to the person, and the damaged file is not kept once all is fetched again", async () => {
    const sim = createSimulated(78);
    const { made, file } = await withUnsent(sim);
    flip(file("cache.db"), 40, sim.random);
    const again = await reopen(made);
    expect((await again.page.ask("sync.state", {})).trouble).toMatchObject({ code: "cache_rebuilt" });
    expect(existsSync(`${file("cache.db")}.damaged`)).toBe(false);
    await again.remove();
  });
});

describe("a damaged search index", () => {
  it("is made anew from its own words", async () => {
    const sim = createSimulated(79);
    const made = await openSimulated({ sim, member: 1, changes: { open: fast() } });
    const [tenant] = made.core.desk.tenants();
    const before = await made.page.ask("search.find", { tenants: "all", text: "visitor" });
    expect(before.hits.length).toBeGreaterThan(0);
    const damaging = new Sqlite(tenant?.store.cacheFile.file ?? "").unsafeMode(true);
    damaging.exec("update message_words_data set block = zeroblob(20) where id > 1");
    damaging.close();
    expect(verdictOf(tenant?.store.cacheFile.file ?? "")).toBe("damaged");
    await tenant?.health.check(checkFile);
    expect(verdictOf(tenant?.store.cacheFile.file ?? "")).toBe("whole");
    const after = await made.page.ask("search.find", { tenants: "all", text: "visitor" });
    expect(after.hits.map(({ messageId }) => messageId)).toEqual(before.hits.map(({ messageId }) => messageId));
    await made.remove();
  });
});

describe("a damaged outbox", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))("anywhere (%i): opens, and what can be read is sent once", async (seed) => {
    const sim = createSimulated(seed);
    const { made, ids, file } = await withUnsent(sim);
    const outbox = file("outbox.db");
    flip(outbox, seed < 6 ? seed * 16 : Math.floor(sim.random() * statSync(outbox).size), sim.random);
    const again = await reopen(made);
    const [tenant] = again.core.desk.tenants();
    if (!tenant) throw new Error("The tenant did not open.");
    expect(tenant.client.waiting()).toEqual([]);
    for (const id of ids) expect(sim.database.list("message").filter((one) => one.id === id).length).toBeLessThanOrEqual(1);
    const { scopes } = readerHere(tenant.store.cache, tenant.memberId);
    const there = sim.server.audit({ device: "", memberId: tenant.memberId, schema: schemaVersion });
    expect(auditDifference(localLines(tenant.store.cache, scopes), there.lines)).toEqual([]);
    await again.remove();
  });
});
