/** `Idempotency-Key`: the first answer is stored with what it changed, in the same transaction, and given again to a repeat. */
import { createHash } from "node:crypto";
import { actorKey } from "../actor.ts";
import { sql } from "../database/sql.ts";
import { problem } from "../problem.ts";
import type { Unit } from "../work.ts";
import { sqlState } from "./document.ts";

/**
 * Of two that make the same thing at the same moment, the second is refused by the database, and only then finds what the first has made:
 * so it is done once more, and a repeat is answered like any other. What is refused then is somebody else's, or another thing of that name.
 */
export async function lookAgain<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    return attempt();
  }
}

export async function once<T>(unit: Unit, key: string | undefined, request: unknown, run: () => Promise<T>): Promise<T> {
  if (key === undefined) return run();
  const fingerprint = createHash("sha256").update(JSON.stringify(request)).digest("base64url");
  const actor = actorKey(unit.actor);
  // A second request with the same key waits here until the first one has committed or failed.
  const mine = await unit.one(sql`
    insert into idempotency (tenant_id, actor, key, fingerprint, at) values (${unit.tenantId}, ${actor}, ${key}, ${fingerprint}, ${unit.now})
    on conflict do nothing returning key`);
  if (mine) {
    const answer = await run();
    await unit.rows(sql`
      update idempotency set answer = ${JSON.stringify(answer ?? null)}
      where tenant_id = ${unit.tenantId} and actor = ${actor} and key = ${key}`);
    return answer;
  }
  const stored = await unit.one<{ fingerprint: string; answer: T }>(sql`
    select fingerprint, answer from idempotency where tenant_id = ${unit.tenantId} and actor = ${actor} and key = ${key}`);
  if (stored?.fingerprint !== fingerprint) throw problem("id_reused");
  return stored.answer;
}
