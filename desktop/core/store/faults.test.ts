/**
 * A disk that is full or fails at every n-th write, in the middle of whatever the console does. What a command said was recorded arrives
 * exactly once; what it refused was not recorded; the files are whole; everything goes on by itself when the disk does.
 */
import { describe, expect, it } from "vitest";
import { createFaults, type Faults } from "../testing/faulty-driver.ts";
import { PageError } from "../testing/page.ts";
import { createSimulated, visitorSays, type Simulated } from "../testing/simulated.ts";
import { openSimulated, type SimulatedConsole } from "../testing/simulated-console.ts";
import { localLines } from "../tenant/audit.ts";
import { readerHere } from "../tenant/access.ts";
import { auditDifference } from "@switchboard/shared/sync/audit.ts";
import { schemaVersion } from "@switchboard/shared/sync/protocol.ts";
import { sqliteDriver } from "./driver.ts";

/** Things that write everywhere: replies, drafts, what others do, what comes by pull and by socket. */
async function work(made: SimulatedConsole, said: { recorded: string[]; refused: string[] }, steps: number): Promise<void> {
  const { page, sim, tenantId } = made;
  const conversationId = sim.database.list("conversation")[0]?.id ?? "";
  for (let step = 0; step < steps; step += 1) {
    const id = sim.newId();
    const args = { id, conversationId, body: `reply ${id}`, expiresAt: null, seenNumber: 99, anyway: true };
    page.do("mutate", { tenantId, name: "sendMessage", args }).then(
      () => said.recorded.push(id),
      (error: unknown) => (error instanceof PageError && error.code === "not_saved" ? said.refused.push(id) : Promise.reject(error)),
    );
    await page.do("draft.save", { tenantId, placeId: conversationId, mode: "reply", text: `draft ${step}` });
    visitorSays(sim, conversationId, `question ${step}`);
    await made.pass(300);
  }
}

async function settle(made: SimulatedConsole): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) {
    await made.pass(5_000);
    const [tenant] = made.core.desk.tenants();
    if (
      tenant &&
      tenant.client.waiting().length === 0 &&
      tenant.client.cursor() === made.sim.database.seq() &&
      tenant.health.trouble()?.code !== "disk_full"
    )
      return;
  }
}

function expectWhole(made: SimulatedConsole, sim: Simulated): void {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is gone.");
  for (const file of [tenant.store.cacheFile, tenant.store.outboxFile]) {
    expect(file.all("pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
  }
  expect(tenant.client.waiting()).toEqual([]);
  const { scopes } = readerHere(tenant.store.cache, tenant.memberId);
  const there = sim.server.audit({ device: "", memberId: tenant.memberId, schema: schemaVersion });
  expect(auditDifference(localLines(tenant.store.cache, scopes), there.lines)).toEqual([]);
}

const effectsOf = (sim: Simulated, id: string) => sim.database.list("message").filter((one) => one.id === id).length;

describe.each([
  ["SQLITE_FULL", true],
  ["SQLITE_FULL", false],
  ["SQLITE_IOERR_WRITE", true],
  ["SQLITE_IOERR_FSYNC", false],
] as const)("%s, until it is mended: %s", (code, forever) => {
  it("loses nothing, doubles nothing and recovers, at every n-th write up to the hundredth", async () => {
    let failures = 0;
    for (let n = 1; n <= 100; n += 1) {
      const faults: Faults = createFaults(sqliteDriver());
      const sim = createSimulated(n);
      const made = await openSimulated({ sim, member: 1, changes: { open: faults.open } });
      const said = { recorded: [] as string[], refused: [] as string[] };
      await work(made, said, 1);
      faults.failAt(n, code, forever);
      await work(made, said, 4);
      failures += faults.failures();
      faults.mend();
      await settle(made);
      expectWhole(made, sim);
      expect(said.recorded.map((id) => [n, id, effectsOf(sim, id)])).toEqual(said.recorded.map((id) => [n, id, 1]));
      expect(said.refused.map((id) => [n, id, effectsOf(sim, id)])).toEqual(said.refused.map((id) => [n, id, 0]));
      expect(said.recorded.length + said.refused.length).toBe(5);
      const conversationId = sim.database.list("conversation")[0]?.id ?? "";
      const [tenant] = made.core.desk.tenants();
      expect(tenant?.store.outbox.draft(conversationId, "reply")?.text).toBe("draft 3");
      await made.remove();
    }
    expect(failures).toBeGreaterThan(90);
  }, 300_000);
});

describe("a full disk", () => {
  it("says so, keeps what is typed, goes on reading, and recovers", async () => {
    const faults = createFaults(sqliteDriver());
    const made = await openSimulated({ changes: { open: faults.open } });
    const { page, tenantId } = made;
    const conversationId = (await page.ask("inbox.list", { tenants: "all", queue: "team" })).items[0]?.id ?? "";
    faults.failAt(1, "SQLITE_FULL", true);
    await expect(page.do("mutate", { tenantId, name: "setSubject", args: { conversationId, subject: "Sizes" } })).rejects.toMatchObject({
      code: "not_saved",
    });
    await page.do("draft.save", { tenantId, placeId: conversationId, mode: "reply", text: "half a sentence" });
    expect((await page.ask("sync.state", {})).trouble).toMatchObject({ code: "disk_full" });
    expect((await page.ask("draft.open", { tenantId, placeId: conversationId, mode: "reply" })).text).toBe("half a sentence");
    expect((await page.ask("inbox.list", { tenants: "all", queue: "team" })).items.length).toBeGreaterThan(0);
    faults.mend();
    await made.pass(10_000);
    expect((await page.ask("sync.state", {})).trouble).toBeNull();
    const [tenant] = made.core.desk.tenants();
    expect(tenant?.store.outbox.draft(conversationId, "reply")?.text).toBe("half a sentence");
    await made.remove();
  });

  it("is told apart by SQLite itself", async () => {
    const made = await openSimulated();
    const [tenant] = made.core.desk.tenants();
    const { page_count: pages } = tenant?.store.outboxFile.get<{ page_count: number }>("pragma page_count") ?? { page_count: 0 };
    tenant?.store.outboxFile.get(`pragma max_page_count = ${pages}`);
    const conversationId = made.sim.database.list("conversation")[0]?.id ?? "";
    await made.page.do("draft.save", { tenantId: made.tenantId, placeId: conversationId, mode: "reply", text: "x".repeat(19_000) });
    expect((await made.page.ask("sync.state", {})).trouble).toMatchObject({ code: "disk_full" });
    // A new handle has no such limit: there is room again.
    await made.pass(10_000);
    expect((await made.page.ask("sync.state", {})).trouble).toBeNull();
    expect(tenant?.store.outbox.draft(conversationId, "reply")?.text).toHaveLength(19_000);
    await made.remove();
  });
});
