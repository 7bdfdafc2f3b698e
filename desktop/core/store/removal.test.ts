/**
 * What leaves a device is not in its files any more: not in tables, not in the index, not in the journal, not in a copy.
 * Covers SECURITY D-08.
 */
import { cpSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { put, remove } from "@switchboard/shared/sync/view.ts";
import { createFolder } from "../testing/folder.ts";
import { createSimulated, visitorSays } from "../testing/simulated.ts";
import { openSimulated, type SimulatedConsole } from "../testing/simulated-console.ts";
import { conversationOf, contactOf } from "../testing/rows.ts";
import { tenantFolder } from "./tenant-store.ts";
import { filesOf } from "./file.ts";
import { join } from "node:path";

const canary = "zanzibarkanarie";

function filesWith(made: SimulatedConsole, text: string): string[] {
  const folder = tenantFolder(made.folder.path, made.tenantId, made.memberId);
  return [...filesOf(join(folder, "cache.db")), ...filesOf(join(folder, "outbox.db"))].filter((file) => readFileSync(file).includes(text));
}

const tenantOf = (made: SimulatedConsole) => {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is gone.");
  return tenant;
};

async function withCanary() {
  const sim = createSimulated(7);
  const made = await openSimulated({ sim });
  const [teamId = ""] = sim.teams;
  const [conversationId, contactId] = [sim.newId(), sim.newId()];
  const row = conversationOf(conversationId, { contactId, teamId, visitorId: sim.newId(), subject: `subject ${canary}` });
  sim.commit([put("contact", contactOf(contactId, { name: "Napat" })), put("conversation", row)]);
  for (let count = 0; count < 20; count += 1) visitorSays(sim, conversationId, `${canary} number ${count}`);
  const id = sim.newId();
  sim.commit([
    put("notice", {
      id,
      memberId: made.memberId,
      kind: "conversation.mentioned",
      about: "conversation",
      aboutId: conversationId,
      byId: null,
      data: { text: canary },
      at: new Date(sim.clock.now()).toISOString(),
      dismissedAt: null,
    }),
  ]);
  await made.pass(500);
  return { made, sim, conversationId, teamId };
}

describe("a lost team", () => {
  it("leaves no word of its conversations on this computer", async () => {
    const { made, sim, conversationId, teamId } = await withCanary();
    expect((await made.page.ask("search.find", { tenants: "all", text: canary })).hits.length).toBeGreaterThan(10);
    expect(filesWith(made, canary).length).toBeGreaterThan(0);
    const seat = sim.database.list("teamMember").find((one) => one.teamId === teamId && one.memberId === made.memberId);
    sim.commit([remove("teamMember", seat?.id ?? "")]);
    // Within five seconds.
    await made.pass(4_000);
    expect(await made.page.ask("conversation.open", { tenantId: made.tenantId, conversationId })).toBeNull();
    expect((await made.page.ask("search.find", { tenants: "all", text: canary })).hits).toEqual([]);
    expect((await made.page.ask("alarms.state", {})).ringing.filter(({ about }) => about.id === conversationId)).toEqual([]);
    expect(filesWith(made, canary)).toEqual([]);
    await made.remove();
  });

  it("leaves the words out of the files also when the computer is switched off at once", async () => {
    const { made, sim, teamId } = await withCanary();
    const seat = sim.database.list("teamMember").find((one) => one.teamId === teamId && one.memberId === made.memberId);
    sim.commit([remove("teamMember", seat?.id ?? "")]);
    await made.pass(300);
    const again = await made.restart();
    await made.pass(3_000);
    expect(filesWith(made, canary)).toEqual([]);
    await again.remove();
  });
});

describe("what is not yet sent", () => {
  it("is put on anew with each answer, and nothing is to be cleaned up after that", async () => {
    const sim = createSimulated(7);
    const made = await openSimulated({ sim });
    const { cache } = tenantOf(made).store;
    const conversationId = sim.database.list("conversation")[0]?.id ?? "";
    sim.network("down");
    const args = { id: sim.newId(), conversationId, body: "waits", mentions: [] };
    await made.page.do("mutate", { tenantId: made.tenantId, name: "addNote", args });
    expect(cache.mustPurge()).toBe(false);
    sim.network("up");
    visitorSays(sim, conversationId, "meanwhile");
    for (let turn = 0; turn < 40; turn += 1) {
      await made.pass(50);
      expect(cache.mustPurge()).toBe(false);
    }
    for (let turn = 0; turn < 20; turn += 1) await made.pass(10_000);
    expect(sim.database.list("message").some(({ id }) => id === args.id)).toBe(true);
    await made.remove();
  });
});

describe("a sudden end", () => {
  it("leaves a journal, which the next start empties", async () => {
    const { made, sim } = await withCanary();
    const journal = (folder: string) =>
      statSync(join(tenantFolder(folder, made.tenantId, made.memberId), "cache.db-wal"), { throwIfNoEntry: false })?.size ?? 0;
    const copy = createFolder();
    cpSync(made.folder.path, copy.path, { recursive: true });
    expect(journal(copy.path)).toBeGreaterThan(0);
    const again = await openSimulated({ sim, folder: copy, changes: { keyring: made.core.desk.ports.keyring } });
    expect(again.core.desk.tenants()).toHaveLength(1);
    await again.pass(3_000);
    expect(journal(copy.path)).toBe(0);
    await again.remove();
    await made.remove();
  });
});

describe("a deleted message", () => {
  it("is in no file and no index", async () => {
    const { made, sim, conversationId } = await withCanary();
    for (const { id } of sim.database.list("message").filter((one) => one.conversationId === conversationId))
      sim.commit([remove("message", id)]);
    const row = sim.database.get("conversation", conversationId);
    if (row) sim.commit([put("conversation", { ...row, subject: null })]);
    for (const { id } of sim.database.list("notice")) sim.commit([remove("notice", id)]);
    await made.pass(60_000);
    expect((await made.page.ask("search.find", { tenants: "all", text: canary })).hits).toEqual([]);
    expect(filesWith(made, canary)).toEqual([]);
    await made.remove();
  });
});

describe("signing out", () => {
  it("asks when something is unsent, and then leaves no file", async () => {
    const { made, sim, conversationId } = await withCanary();
    sim.network("down");
    await made.page.do("mutate", { tenantId: made.tenantId, name: "setSubject", args: { conversationId, subject: "later" } });
    expect(await made.page.do("session.signOut", {})).toEqual({ unsent: 1 });
    expect(filesWith(made, canary).length).toBeGreaterThan(0);
    const out = made.page.do("session.signOut", { discardUnsent: true });
    await made.pass(1_000);
    expect(await out).toEqual({ unsent: 0 });
    expect(filesOf(join(tenantFolder(made.folder.path, made.tenantId, made.memberId), "cache.db"))).toEqual([]);
    expect(await made.page.ask("session.state", {})).toMatchObject({ state: "signed-out", account: null, tenants: [] });
    await made.remove();
  });
});

describe("words that were begun and not sent", () => {
  it("are asked about before a sign-out, and before their tenant is taken off this computer", async () => {
    const { made, conversationId } = await withCanary();
    const { page, tenantId } = made;
    const draft = (mode: "reply" | "note", text: string) => page.do("draft.save", { tenantId, placeId: conversationId, mode, text });
    await draft("reply", "The bowls come on Monday");
    await draft("note", "Ask Mali first");
    expect(await page.do("session.signOut", {})).toEqual({ unsent: 2 });
    expect(await page.do("session.closeTenant", { tenantId })).toEqual({ unsent: 2 });
    expect((await page.ask("draft.open", { tenantId, placeId: conversationId, mode: "reply" })).text).toBe("The bowls come on Monday");
    await draft("reply", " ");
    await draft("note", "");
    expect(await page.do("session.closeTenant", { tenantId })).toEqual({ unsent: 0 });
    await made.remove();
  });
});

describe("a tenant that is taken off this computer", () => {
  it("asks when something is unsent, then leaves no file and can be opened again", async () => {
    const { made, sim, conversationId } = await withCanary();
    sim.network("down");
    const { page, tenantId } = made;
    await page.do("mutate", { tenantId, name: "setSubject", args: { conversationId, subject: "later" } });
    expect(await page.do("session.closeTenant", { tenantId })).toEqual({ unsent: 1 });
    expect(filesWith(made, canary).length).toBeGreaterThan(0);
    expect(await page.do("session.closeTenant", { tenantId, discardUnsent: true })).toEqual({ unsent: 0 });
    expect(filesOf(join(tenantFolder(made.folder.path, tenantId, made.memberId), "cache.db"))).toEqual([]);
    expect(await page.ask("session.state", {})).toMatchObject({ state: "signed-in", tenants: [{ tenantId, state: "choose" }] });
    sim.network("up");
    const opened = page.do("session.openTenant", { tenantId });
    await made.pass(5_000);
    await opened;
    expect(await page.ask("session.state", {})).toMatchObject({ tenants: [{ tenantId, state: "ready" }] });
    await made.remove();
  });
});
