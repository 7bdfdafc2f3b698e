/** Failed tries, counted in the database so that all processes slow the same guesser down. */
import { createHash } from "node:crypto";
import { LockMode } from "@mikro-orm/postgresql";
import type { SystemActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { SignInAttempt } from "./entities.ts";
import { accountPolicy, addressPolicy, charge, devicePolicy, networkOf, refund, type AttemptPolicy } from "./rules.ts";

export interface Bucket {
  key: string;
  policy: AttemptPolicy;
}

/** By the address typed, whether or not anybody has it: an unknown one is slowed down just the same. */
export const accountBucket = (email: string): Bucket => ({
  key: `account:${createHash("sha256").update(email).digest("base64url")}`,
  policy: accountPolicy,
});
export const networkBucket = (ip: string): Bucket => ({ key: `network:${networkOf(ip)}`, policy: addressPolicy });
export const deviceBucket = (deviceId: string): Bucket => ({ key: `device:${deviceId}`, policy: devicePolicy });
export const confirmBucket = (accountId: string): Bucket => ({ key: `confirm:${accountId}`, policy: devicePolicy });

/** Counts a try in all buckets, or in none and says how long to wait. Rows are locked in the order of their keys. */
export async function countTry(unit: Unit<SystemActor>, buckets: readonly Bucket[]): Promise<void> {
  const sorted = buckets.toSorted((a, b) => a.key.localeCompare(b.key));
  const verdicts = [];
  for (const { key, policy } of sorted) {
    // Locks the row, and makes it again when somebody's success takes it away in the same moment.
    await unit.rows(sql`
      insert into sign_in_attempt (key, failures, blocked_until, last_at) values (${key}, 0, ${unit.now}, ${unit.now})
      on conflict (key) do update set key = excluded.key`);
    const row = await unit.em.findOneOrFail(SignInAttempt, { key });
    verdicts.push({ row, verdict: charge(row, unit.now, policy) });
  }
  const waits = verdicts.flatMap(({ verdict }) => (verdict.allowed ? [] : [verdict.waitMs]));
  if (waits.length > 0) throw problem("rate_limited", { retryAfterSeconds: Math.ceil(Math.max(...waits) / 1000) });
  for (const { row, verdict } of verdicts) if (verdict.allowed) Object.assign(row, verdict.next);
}

/** The try succeeded: what stands for this person is forgiven, what stands for a network only loses this one try, whoever fails meanwhile. */
export async function forgiveTry(unit: Unit<SystemActor>, buckets: readonly Bucket[]): Promise<void> {
  for (const { key, policy } of buckets.toSorted((a, b) => a.key.localeCompare(b.key))) {
    const row = await unit.em.findOne(SignInAttempt, { key }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) continue;
    if (policy === addressPolicy) Object.assign(row, refund(row, unit.now));
    else unit.em.remove(row);
  }
}
