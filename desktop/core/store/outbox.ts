/** The outbox on SQLite, as `shared/sync/store.ts` asks for it, and the drafts, which have the same right to survive everything. */
import { freshDevice } from "@switchboard/shared/sync/store.ts";
import type { DeviceState, OutboxEntry, OutboxStore, RejectedItem } from "@switchboard/shared/sync/store.ts";
import type { CommandParsed } from "../../bridge/index.ts";
import type { Database } from "./database.ts";
import { readStored, readText, sumOf, type Stored } from "./kept.ts";

export type DraftMode = CommandParsed<"draft.save">["mode"];

export interface Draft {
  /** Where it is written: a conversation, of a comment its task, of a form what it comes out of. */
  placeId: string;
  mode: DraftMode;
  text: string;
  at: string;
}

export interface Outbox extends OutboxStore {
  drafts(): Draft[];
  draft(placeId: string, mode: DraftMode): Draft | undefined;
  /** An empty text takes the draft away. */
  saveDraft(draft: Draft): void;
  /** Reads everything; throws at the first entry that is not what was stored. */
  verify(): void;
}

/** As the first release wrote it: the column's name is older than what stands in it. */
export type DraftRow = Stored & { conversation_id: string; mode: DraftMode; at: string };

export const draftFrom = ({ conversation_id, mode, at, ...stored }: DraftRow): Draft => ({
  placeId: conversation_id,
  mode,
  text: readText(stored),
  at,
});

export function createOutbox(db: Database): Outbox {
  let device: DeviceState | undefined;
  // Asked with every page and delta; rarely changed.
  let pending: readonly OutboxEntry[] | undefined;
  db.follow(
    () => undefined,
    () => {
      device = undefined;
      pending = undefined;
    },
  );
  const touch = () => {
    pending = undefined;
    db.touch("outbox");
  };

  const outbox: Outbox = {
    verify() {
      device = undefined;
      pending = undefined;
      outbox.device();
      outbox.pending();
      outbox.sent();
      outbox.rejected();
      outbox.drafts();
    },
    atomic: (work) => db.atomic(work),
    device() {
      const stored = device ? undefined : db.get<Stored>("select data, sum from device");
      device ??= { ...freshDevice, ...(stored ? readStored<Partial<DeviceState>>(stored) : {}) };
      return device;
    },
    setDevice(changes) {
      const next = { ...outbox.device(), ...changes };
      db.touch("outbox");
      const data = JSON.stringify(next);
      db.run("insert or replace into device (one, data, sum) values (1, ?, ?)", data, sumOf(data));
      device = next;
    },

    pending() {
      pending ??= db.all<Stored>("select data, sum from pending order by mid").map((stored) => readStored<OutboxEntry>(stored));
      return [...pending];
    },
    putPending(entry) {
      touch();
      const data = JSON.stringify(entry);
      db.run("insert or replace into pending (mid, data, sum) values (?, ?, ?)", entry.mid, data, sumOf(data));
    },
    dropPending(mid) {
      touch();
      db.run("delete from pending where mid = ?", mid);
    },

    rejected: () => db.all<Stored>("select data, sum from rejected").map((stored) => readStored<RejectedItem>(stored)),
    putRejected(item) {
      touch();
      const data = JSON.stringify(item);
      db.run("insert or replace into rejected (key, data, sum) values (?, ?, ?)", item.key, data, sumOf(data));
    },
    dropRejected(key) {
      touch();
      db.run("delete from rejected where key = ?", key);
    },

    sent: () => db.all<Stored>("select data, sum from sent order by mid").map((stored) => readStored<OutboxEntry>(stored)),
    putSent(entry) {
      const data = JSON.stringify(entry);
      db.run("insert or replace into sent (mid, data, sum) values (?, ?, ?)", entry.mid, data, sumOf(data));
    },
    dropSent: (mid) => void db.run("delete from sent where mid = ?", mid),

    drafts: () => db.all<DraftRow>("select conversation_id, mode, data, sum, at from draft").map(draftFrom),
    draft(placeId, mode) {
      const row = db.get<DraftRow>(
        "select conversation_id, mode, data, sum, at from draft where conversation_id = ? and mode = ?",
        placeId,
        mode,
      );
      return row && draftFrom(row);
    },
    saveDraft({ placeId, mode, text, at }) {
      db.touch("draft");
      db.touch(`draft/${placeId}`);
      if (text === "") db.run("delete from draft where conversation_id = ? and mode = ?", placeId, mode);
      else
        db.run(
          "insert or replace into draft (conversation_id, mode, data, sum, at) values (?, ?, ?, ?, ?)",
          placeId,
          mode,
          text,
          sumOf(text),
          at,
        );
    },
  };
  return outbox;
}
