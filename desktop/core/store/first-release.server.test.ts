/**
 * RELIABILITY F27, R10. `testing/fixtures/first-release.json` is what the first released console wrote into its outbox and said to the
 * server. It is kept as it is for ever: when this fails, the new code is wrong, not the fixture.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../server/core/ids.ts";
import { sql } from "../../../server/core/database/sql.ts";
import { service } from "../../../server/core/actor.ts";
import { enterAs } from "../../../server/accounts/make.ts";
import { openShop, type Shop, type Visit } from "../testing/server.ts";
import type { TestConsole } from "../testing/console.ts";
import { tenantFolder } from "./tenant-store.ts";

interface Fixture {
  outbox: {
    version: number;
    sql: string[];
    device: object;
    pending: { mid: number }[];
    sent: { mid: number }[];
    draft: { mode: string; text: string; at: string };
  };
  checksum: { text: string; sum: number };
  calls: { method: string; path: string; body: Record<string, unknown> }[];
}

const recorded = readFileSync(new URL("../testing/fixtures/first-release.json", import.meta.url), "utf8");

/** The recording names what every installation has of its own by a word in angle brackets. */
const fill = (words: Record<string, string>): Fixture =>
  JSON.parse(
    recorded.replaceAll('"<cursor>"', words["cursor"] ?? "0").replaceAll(/<([a-z]+(?: \d)?)>/gu, (_, word: string) => {
      const known = words[word];
      if (known === undefined) throw new Error(`The recording asks for <${word}>.`);
      return known;
    }),
  ) as Fixture; // written by the first release

let shop: Shop;
let visit: Visit;
beforeAll(async () => {
  shop = await openShop();
  visit = await shop.visitor("Do you have size 42?");
});
afterAll(() => shop.stop());

async function wordsFor(made: TestConsole, memberId: string): Promise<Record<string, string>> {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is gone.");
  const { device, nonce, epoch } = tenant.store.outbox.device();
  return {
    tenant: shop.tenant.id,
    member: memberId,
    conversation: visit.conversationId,
    device: device ?? "",
    nonce: nonce ?? "",
    epoch: epoch ?? "",
    cursor: String(tenant.client.cursor() ?? 0),
    "id 1": newId(),
    "id 2": newId(),
  };
}

describe("the first released console", () => {
  it("sends what it had written, once, after the update", async () => {
    const member = await shop.member("admin");
    const made = await shop.console(member);
    // What the first release had sent before: the numbers of what waits continue it.
    const before = { conversationId: visit.conversationId, subject: "early" };
    await made.page.do("mutate", { tenantId: shop.tenant.id, name: "setSubject", args: before });
    await made.page.until("outbox.list", {}, ({ items }) => items.length === 0);
    await made.page.until("sync.state", {}, ({ pending }) => pending === 0);
    const words = await wordsFor(made, member.memberId);
    const { outbox, checksum } = fill(words);
    expect(crc32(checksum.text)).toBe(checksum.sum);
    await made.stop();

    // The folder as the first release left it: no cache that is worth anything, and the outbox in its first form.
    const folder = tenantFolder(made.folder.path, shop.tenant.id, member.accountId);
    rmSync(folder, { recursive: true });
    mkdirSync(folder, { mode: 0o700 });
    const db = new Sqlite(join(folder, "outbox.db"));
    db.pragma("journal_mode = wal");
    for (const statement of outbox.sql) db.exec(statement);
    db.pragma(`user_version = ${outbox.version}`);
    const put = (table: string, columns: Record<string, unknown>, data: string) =>
      db
        .prepare(
          `insert into ${table} (${[...Object.keys(columns), "data", "sum"].join()}) values (${"?, ".repeat(Object.keys(columns).length)}?, ?)`,
        )
        .run(...Object.values(columns), data, crc32(data));
    put("device", { one: 1 }, JSON.stringify(outbox.device));
    for (const entry of outbox.pending) put("pending", { mid: entry.mid }, JSON.stringify(entry));
    for (const entry of outbox.sent) put("sent", { mid: entry.mid }, JSON.stringify(entry));
    const { mode, text, at } = outbox.draft;
    put("draft", { conversation_id: visit.conversationId, mode, at }, text);
    db.close();

    const updated = await made.restart();
    await updated.page.until("sync.state", {}, ({ link, receiving, pending }) => link === "online" && receiving === null && pending === 0);
    expect((await updated.page.ask("outbox.list", {})).items).toEqual([]);
    await visit.ear.next("message", ({ message }) => message.text === "A reply from the first release.");
    expect(visit.answers()).toEqual(["A reply from the first release."]);
    const stored = await shop.world.core.work(service(shop.tenant.id, "test"), (unit) =>
      unit.rows<{ id: string; kind: string }>(
        sql`select id, kind from message where id in (${words["id 1"]}, ${words["id 2"]}) order by kind`,
      ),
    );
    expect(stored.map(({ kind }) => kind)).toEqual(["note", "operator"]);
    const [tenant] = updated.core.desk.tenants();
    expect(tenant?.store.cache.get("conversation", visit.conversationId)).toMatchObject({ subject: "Sizes", assigneeId: member.memberId });
    const draft = { tenantId: shop.tenant.id, placeId: visit.conversationId, mode: "reply" as const };
    expect(await updated.page.ask("draft.open", draft)).toMatchObject({ text: "half a sentence" });
    await updated.stop();
  });

  it("is understood in every call that it made", async () => {
    const member = await shop.member("admin");
    const made = await shop.console(member);
    const words = await wordsFor(made, member.memberId);
    await made.stop();
    const { calls } = fill(words);
    const { token } = await enterAs(shop.world.core, member);
    expect(calls.map(({ path }) => path.split("/").at(-1))).toEqual(["hello", "bootstrap", "push", "pull"]);
    for (const [index, { method, path }] of calls.entries()) {
      // Each with what the answers before it have told.
      const body = fill(words).calls[index]?.body ?? {};
      const answer = await fetch(shop.world.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect([path, answer.status]).toEqual([path, 200]);
      const said = (await answer.json()) as Record<string, unknown>; // looked at in the next line
      if (path.endsWith("/hello")) {
        // Who has nothing yet begins with a bootstrap; it is neither told to update nor to wipe.
        expect(said).toMatchObject({ verdict: "reset", lastMid: 0 });
        Object.assign(words, { device: said["device"], epoch: said["epoch"] });
      }
      // It takes nothing that is said in another schema than its own.
      if (path.endsWith("/bootstrap") || path.endsWith("/pull")) expect(said).toMatchObject({ schema: body["schema"] });
      if (path.endsWith("/bootstrap")) words["cursor"] = String(said["startSeq"]);
      if (path.endsWith("/push")) expect(said).toMatchObject({ epoch: words["epoch"] });
    }
  });
});

describe("this console and a newer server", () => {
  it("ignores fields, rows and frames that it does not know, and works on", async () => {
    const member = await shop.member();
    /** As a server answers that has learnt something. */
    const newer = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(newer);
      if (typeof value !== "object" || value === null) return value;
      return { ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, newer(one)])), learntLater: { at: 1 } };
    };
    const made = await shop.console(member, {
      async fetch(url, init) {
        const answer = await fetch(url, init);
        const text = await answer.text();
        if (!url.includes("/sync/") || text === "")
          return { ok: answer.ok, status: answer.status, headers: answer.headers, text: async () => text };
        const said = newer(JSON.parse(text)) as { ops?: unknown[]; rows?: unknown[] }; // the sync calls answer objects
        said.ops?.push({ op: "put", entity: "hologram", id: newId(), row: { id: newId() }, seq: 1 });
        said.rows?.push({ entity: "hologram", row: { id: newId() } });
        return { ok: answer.ok, status: answer.status, headers: answer.headers, text: async () => JSON.stringify(said) };
      },
    });
    const { page } = made;
    const tenantId = shop.tenant.id;
    const body = "Still here.";
    await page.do("mutate", { tenantId, name: "addNote", args: { id: newId(), conversationId: visit.conversationId, body, mentions: [] } });
    await page.until("conversation.messages", { tenantId, conversationId: visit.conversationId }, ({ messages }) =>
      messages.some((one) => one.body === body && one.send === "confirmed"),
    );
    expect((await page.ask("sync.state", {})).trouble).toBeNull();
    expect(made.logs.filter(({ level }) => level === "error")).toEqual([]);
  });
});
