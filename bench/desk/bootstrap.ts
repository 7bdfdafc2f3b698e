/** B3: the first bootstrap of a hundred thousand messages, with the search index, and how soon the inbox can be used. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteDriver } from "@switchboard/desktop/core/store/driver.ts";
import { fts5Tokenizer } from "@switchboard/shared/model/search.ts";
import { createPool } from "@switchboard/server/core/database/orm.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { openOffice, received, seedConversations, type Office } from "./office.ts";

const conversations = 500;
const messagesEach = 200;
const usableMs = 300;

export const bootstrap: Benchmark = {
  name: "bootstrap",
  measures: "B3: first bootstrap of 100 000 messages with the search index; the inbox can be used at once",
  async prepare(say) {
    say(`bootstrap: ${conversations * messagesEach} messages`);
    const office = await openOffice();
    await seedConversations(office, conversations, messagesEach);
    await office.analyze();
    return {
      parts: [
        {
          name: "bootstrap",
          unit: "ms",
          ratio: 2,
          better: "lower",
          floor: () => bare(office),
          product: async () => (await first(office)).allMs,
        },
        {
          name: "bootstrap-usable",
          unit: "ms",
          ratio: 1,
          better: "lower",
          floor: () => Promise.resolve(usableMs),
          product: async () => (await first(office)).usableMs,
        },
      ],
      close: () => office.stop(),
    };
  },
};

/** The same rows by COPY out of PostgreSQL into SQLite, and an index over their text: no sync, no checks. */
async function bare(office: Office): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-bench-"));
  const file = join(tmpdir(), `switchboard-copy-${process.pid}`);
  const superuser = createPool({ url: office.superuserUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench floor" });
  const db = sqliteDriver()(join(folder, "bare.db"));
  try {
    db.exec(`pragma journal_mode = wal; pragma synchronous = normal;
      create table message (conversation_id text not null, position integer not null, id text not null, data text not null,
        primary key (conversation_id, position, id)) without rowid;
      create unique index message_id on message (id);
      create virtual table message_words using fts5(words, id unindexed, conversation_id unindexed, tokenize = "${fts5Tokenizer}", prefix = '2 3');`);
    const began = performance.now();
    await superuser.query(
      `copy (select conversation_id, number, id, body, json_build_object('id', id, 'conversationId', conversation_id, 'number', number, 'seq', seq,
         'kind', kind, 'authorId', author_id, 'senderDevice', sender_device, 'body', body, 'at', at, 'editedAt', null)
         from message where tenant_id = '${office.tenantId}' order by conversation_id, number) to '${file}'`,
    );
    const lines = readFileSync(file, "utf8").split("\n");
    db.exec("begin");
    let row = 0;
    for (const line of lines) {
      const [conversationId, number, id, body, data] = line.split("\t");
      if (conversationId === undefined || number === undefined || id === undefined || body === undefined || data === undefined) continue;
      row += 1;
      db.run("insert into message values (?, ?, ?, ?)", conversationId, Number(number), id, data);
      db.run("insert into message_words (rowid, words, id, conversation_id) values (?, ?, ?, ?)", row, body, id, conversationId);
    }
    db.exec("commit");
    if (row !== conversations * messagesEach) throw new Error(`The floor copied ${row} messages.`);
    return performance.now() - began;
  } finally {
    db.close();
    await superuser.end();
    rmSync(folder, { recursive: true, force: true });
    rmSync(file, { force: true });
  }
}

async function first(office: Office): Promise<{ allMs: number; usableMs: number }> {
  const made = await office.newcomer();
  try {
    const began = performance.now();
    await made.page.do("session.openTenant", { tenantId: office.tenantId });
    await made.page.until("inbox.list", { tenants: "all", queue: "mine" }, ({ items }) => items.length === 50, 60_000);
    const usable = performance.now() - began;
    await received(made, office.tenantId);
    const allMs = performance.now() - began;
    const [tenant] = made.core.desk.tenants();
    const counted = tenant?.store.cacheFile.get<{ rows: number; found: number }>(
      "select (select count(*) from message) as rows, (select count(*) from message_words) as found",
    );
    const all = conversations * messagesEach;
    if (counted?.rows !== all || counted.found !== all) throw new Error(`Of ${all} messages ${JSON.stringify(counted)} are here.`);
    return { allMs, usableMs: usable };
  } finally {
    await made.remove();
  }
}
