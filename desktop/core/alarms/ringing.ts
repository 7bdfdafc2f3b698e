/** What rings now, by tenant. */
import { Refusal } from "../refusal.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { Ring } from "./rings.ts";

type Rings = ReadonlyMap<string, Ring>;

export interface Ringing {
  all(): Ring[];
  of(tenantId: string): Rings;
  tenantIds(): string[];
  tenantOf(tenantId: string): Tenant | undefined;
  /** Refuses what does not ring any more. */
  find(id: string): { tenant: Tenant; ring: Ring };
  set(tenantId: string, rings: Rings): void;
  drop(tenantId: string): void;
}

const nothing: Rings = new Map();

export function createRinging(tenants: () => readonly Tenant[]): Ringing {
  const rings = new Map<string, Rings>();
  const tenantOf = (tenantId: string) => tenants().find((one) => one.tenantId === tenantId);

  return {
    all: () => [...rings.values()].flatMap((mine) => [...mine.values()]),
    of: (tenantId) => rings.get(tenantId) ?? nothing,
    tenantIds: () => [...rings.keys()],
    tenantOf,
    find(id) {
      for (const [tenantId, mine] of rings) {
        const ring = mine.get(id);
        const tenant = tenantOf(tenantId);
        if (ring && tenant) return { tenant, ring };
      }
      throw new Refusal("unknown", "This does not ring any more.");
    },
    set: (tenantId, mine) => void rings.set(tenantId, mine),
    drop: (tenantId) => void rings.delete(tenantId),
  };
}
