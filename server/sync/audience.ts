/**
 * Who listens live was let in with the scopes of some moment. When they change, the door is asked again, a little later than the log
 * tells it; until then a delta made for the old scopes would be counted as applied by a device that never got what the new ones bring.
 * So what the log said of each member is remembered, and an audience that does not agree with it is told to pull.
 */
import { isScope, type Reader, type Scope } from "../../shared/sync/scopes.ts";
import type { Core } from "../core/core.ts";
import { perCore } from "../core/realtime/per-core.ts";
import type { Audience } from "../core/realtime/seats.ts";
import type { Batch } from "../core/realtime/tail.ts";

export interface Told {
  note(batch: Batch): void;
  agrees(audience: Pick<Audience, "tenantId" | "scopes">): boolean;
}

export const memberOf = ({ scopes }: Pick<Audience, "scopes">): string => {
  const own = [...scopes].find((scope) => scope.startsWith("member:"));
  return own?.slice("member:".length) ?? "";
};

export const readerOfAudience = (audience: Pick<Audience, "scopes">): Reader => ({
  memberId: memberOf(audience),
  scopes: new Set([...audience.scopes].filter(isScope)),
});

export function createTold(): Told {
  const told = new Map<string, Map<Scope, boolean>>();
  return {
    note({ tenantId, entries }) {
      for (const entry of entries) {
        if (entry.kind !== "change" || entry.entity !== "access") continue;
        const scope = entry.scopeAfter ?? entry.scopeBefore;
        if (scope === null || !isScope(scope)) continue;
        const key = `${tenantId} ${entry.id}`;
        told.set(key, (told.get(key) ?? new Map<Scope, boolean>()).set(scope, entry.scopeAfter !== null));
      }
    },
    agrees(audience) {
      const known = told.get(`${audience.tenantId} ${memberOf(audience)}`);
      return known === undefined || [...known].every(([scope, has]) => audience.scopes.has(scope) === has);
    },
  };
}

/** Hears the whole log, also of tenants of which nobody listens now: what was told must stay true. */
export const toldOf = perCore((core: Core): Told => {
  const told = createTold();
  core.hub.subscribe(told.note);
  return told;
});
