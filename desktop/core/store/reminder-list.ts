/** Reminders that are due, and what this computer has rung for. Claimed first, shown second: a crash between the two is healed. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Database, Reads } from "./database.ts";
import { readStored, type Stored } from "./kept.ts";

export interface DueReminder {
  row: Rows["reminder"];
  ringsAt: number;
}

export const dueSql = "select data, sum, rings_at from reminder where state = 'armed' and rings_at <= ? order by rings_at, id limit 500";
export const nextSql = "select rings_at from reminder where state = 'armed' and rings_at > ? order by rings_at limit 1";

export function dueReminders(db: Reads, now: number): DueReminder[] {
  return db
    .all<Stored & { rings_at: number }>(dueSql, now)
    .map(({ rings_at, ...stored }) => ({ row: readStored<Rows["reminder"]>(stored), ringsAt: rings_at }));
}

export function nextReminderAt(db: Reads, now: number): number | null {
  return db.get<{ rings_at: number }>(nextSql, now)?.rings_at ?? null;
}

/** By what it is about and when, whoever planned it. */
export interface Rung {
  aboutId: string;
  ringsAt: number;
}

export function rungFor(db: Reads, { aboutId, ringsAt }: Rung): { shown: boolean; done: boolean } | undefined {
  const row = db.get<{ shown_at: number | null; done: number }>(
    "select shown_at, done from rung where about_id = ? and rings_at = ?",
    aboutId,
    ringsAt,
  );
  return row && { shown: row.shown_at !== null, done: row.done === 1 };
}

export function claim(db: Database, due: readonly Rung[], now: number): void {
  db.atomic(() => {
    for (const { aboutId, ringsAt } of due) {
      db.run("insert into rung (about_id, rings_at, claimed_at) values (?, ?, ?) on conflict do nothing", aboutId, ringsAt, now);
    }
  });
}

export function shown(db: Database, due: readonly Rung[], now: number): void {
  db.atomic(() => {
    for (const { aboutId, ringsAt } of due)
      db.run("update rung set shown_at = ? where about_id = ? and rings_at = ?", now, aboutId, ringsAt);
  });
}

/** Answered on this computer, before the server knows of it. */
export function done(db: Database, { aboutId, ringsAt }: Rung): void {
  db.touch("reminder");
  db.run("update rung set done = 1 where about_id = ? and rings_at = ?", aboutId, ringsAt);
}
