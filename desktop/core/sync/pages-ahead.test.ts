/** While one page is written the next is on its way: what may happen between the two changes how long it takes, never what is here. */
import { existsSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { schemaVersion } from "@switchboard/shared/sync/protocol.ts";
import { put } from "@switchboard/shared/sync/view.ts";
import { createFaults } from "../testing/faulty-driver.ts";
import { settled } from "../testing/manual-clock.ts";
import { createSimulated, type Simulated } from "../testing/simulated.ts";
import { openSimulated, portsOf, type SimulatedConsole } from "../testing/simulated-console.ts";
import { sqliteDriver } from "../store/driver.ts";
import { tenantFolder } from "../store/tenant-store.ts";

const perPage = 5;
const missedChanges = 23;

interface Asked {
  /** Where the asked page begins. */
  from: number;
  /** Where the device was when the request went out. */
  here: number;
}

/** A console that was away while contacts were renamed; pages are short, and `third` runs when the third of them is asked for. */
async function away(
  third: (made: SimulatedConsole) => Promise<void> | void = () => undefined,
  before: (sim: Simulated, change: number) => void = () => undefined,
) {
  const sim = createSimulated();
  const faults = createFaults(sqliteDriver());
  const asked: Asked[] = [];
  let watched = false;
  const made: SimulatedConsole = await openSimulated({
    sim,
    member: 1,
    changes: {
      ...portsOf(sim),
      open: faults.open,
      async fetch(url, init) {
        if (!watched || !url.endsWith("/pull")) return sim.fetch(url, init);
        const body = { ...(JSON.parse(init.body ?? "") as { cursor: number }), limit: perPage };
        // A request leaves when the thread is free for it.
        await settled(10);
        asked.push({ from: body.cursor, here: cursorOf(made) });
        if (asked.length === 3) await third(made);
        return sim.fetch(url, { ...init, body: JSON.stringify(body) });
      },
    },
  });
  onTestFinished(() => made.remove());
  made.sim.dropSockets();
  const contacts = sim.database.list("contact");
  for (let change = 0; change < missedChanges; change += 1) {
    const contact = contacts[change % contacts.length];
    if (!contact) throw new Error("There are no contacts.");
    before(sim, change);
    sim.commit([put("contact", { ...contact, name: `renamed ${change}` })]);
  }
  watched = true;
  made.core.resume();
  return { made, sim, faults, asked };
}

const tenantIn = (made: SimulatedConsole) => {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is gone.");
  return tenant;
};
const cursorOf = (made: SimulatedConsole) => tenantIn(made).client.cursor() ?? -1;
const names = (rows: readonly { id: string; name: string | null }[]) => rows.map(({ id, name }) => `${id} ${name}`).toSorted();

function expectWhole({ made, sim }: Pick<Awaited<ReturnType<typeof away>>, "made" | "sim">): void {
  expect(cursorOf(made)).toBe(sim.database.seq());
  expect(names([...tenantIn(made).store.cache.list("contact")])).toEqual(names(sim.database.list("contact")));
  expect(tenantIn(made).client.waiting()).toEqual([]);
}

describe("pages of a catch-up", () => {
  it("are asked for before the one that came is written, and each once", async () => {
    const { made, sim, asked } = await away();
    await made.pass(500);
    expectWhole({ made, sim });
    const pages = Math.ceil(missedChanges / perPage);
    const ahead = asked.slice(1, pages);
    expect(ahead).toHaveLength(pages - 1);
    for (const { from, here } of ahead) expect(here).toBe(from - perPage);
    expect(new Set(asked.slice(0, pages).map(({ from }) => from)).size).toBe(pages);
  });

  it("are written up to the one before, when the link is cut under the next", async () => {
    let at = 0;
    const { made, sim } = await away((one) => {
      at = cursorOf(one);
      one.sim.network("down");
    });
    await made.pass(500);
    expect(cursorOf(made)).toBe(at + perPage);
    made.sim.network("up");
    made.core.resume();
    await made.pass(2_000);
    expectWhole({ made, sim });
  });

  it("do not follow one that the disk did not take", async () => {
    let at = 0;
    const { made, sim, faults } = await away((one) => {
      at = cursorOf(one);
      faults.failAt(3, "SQLITE_FULL", true);
    });
    await made.pass(1_000);
    expect(faults.failures()).toBeGreaterThan(0);
    expect(cursorOf(made)).toBe(at);
    expect(tenantIn(made).health.trouble()?.code).toBe("disk_full");
    faults.mend();
    await made.pass(30_000);
    expectWhole({ made, sim });
  });

  it("are left when the server is another one meanwhile", async () => {
    let restore: () => void = () => undefined;
    const { made, sim } = await away(
      () => restore(),
      (one, change) => {
        if (change === missedChanges - 2) restore = one.database.backup();
      },
    );
    await made.pass(5_000);
    expectWhole({ made, sim });
    expect(tenantIn(made).store.cache.state().epoch).toBe(sim.database.epoch());
  });

  it("are left when the way back is gone meanwhile, and everything is taken anew", async () => {
    const { made, sim } = await away((one) => one.sim.database.prune(0));
    await made.pass(5_000);
    expectWhole({ made, sim });
  });

  it("go on from where the socket brought the device meanwhile, with what somebody wrote here", async () => {
    let moved = false;
    const { made, sim } = await away(async (one) => {
      const tenant = tenantIn(one);
      const device = tenant.store.outbox.device().device ?? "";
      const at = cursorOf(one);
      const caller = { device, memberId: one.memberId, schema: schemaVersion };
      const epoch = one.sim.database.epoch();
      const two = one.sim.server.pull(caller, { epoch, cursor: at, settled: 0, limit: 2 });
      if (two?.kind !== "page") throw new Error("There is no page.");
      tenant.engine.delta({ epoch, schema: schemaVersion, from: at, to: two.cursor, ops: two.ops });
      moved = cursorOf(one) === at + 2;
      await note(one);
    });
    await made.pass(2_000);
    expect(moved).toBe(true);
    expectWhole({ made, sim });
    expect(sim.database.list("message").filter(({ body }) => body === "meanwhile")).toHaveLength(1);
  });

  it("find nobody after a sign-out", async () => {
    let over: Promise<unknown> | undefined;
    const { made } = await away((one) => {
      over = one.page.do("session.signOut", {});
    });
    const folder = tenantFolder(made.folder.path, made.tenantId, made.memberId);
    await made.pass(2_000);
    await over;
    expect(existsSync(folder)).toBe(false);
    expect(made.core.desk.tenants()).toEqual([]);
    expect(made.logs.filter(({ level }) => level === "error")).toEqual([]);
  });
});

const note = (made: SimulatedConsole) =>
  made.page.do("mutate", {
    tenantId: made.tenantId,
    name: "addNote",
    args: { id: made.sim.newId(), conversationId: made.sim.database.list("conversation")[0]?.id ?? "", body: "meanwhile", mentions: [] },
  });
