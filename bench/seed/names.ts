/** The ids that `seed.ts` gives by name, and the tokens that follow from them. */
import { createHash } from "node:crypto";
import { systemClock } from "@switchboard/server/core/clock.ts";
import { createTokens } from "@switchboard/server/core/tokens.ts";

export function idOf(kind: string, n: number): string {
  const hex = createHash("md5").update(`${kind}${n}`).digest("hex");
  const marked = `${hex.slice(0, 12)}7${hex.slice(13, 16)}8${hex.slice(17)}`;
  return [marked.slice(0, 8), marked.slice(8, 12), marked.slice(12, 16), marked.slice(16, 20), marked.slice(20)].join("-");
}

/** The tenant that owns a conversation, which is also its visitor's. */
export const ownerOf = (conversation: number, tenants: number) => ((conversation - 1) % tenants) + 1;

export const tokenSecret = "a secret that only benchmarks use, long enough";

/** In place of 256 random bits. */
export const visitorSecret = "b".repeat(43);

/** The visitor of a conversation. */
export function visitorToken(conversation: number, tenants: number): string {
  const bare = (id: string) => id.replaceAll("-", "");
  return `v1.${bare(idOf("tenant", ownerOf(conversation, tenants)))}.${bare(idOf("visitor", conversation))}.${visitorSecret}`;
}

const tokens = () => createTokens({ secret: tokenSecret, clock: systemClock });

/** The admin of each tenant, from 1. */
export async function adminTokens(count: number): Promise<string[]> {
  const made = tokens();
  const list: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    const claims = { sub: idOf("account", n), sid: idOf("session", n), tid: idOf("tenant", n), mid: idOf("member", n) };
    list[n] = await made.sign("access", claims, 6 * 60 * 60);
  }
  return list;
}
