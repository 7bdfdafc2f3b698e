/** Of what rings, what sounds and what the system tells of: as the person chose in Settings for its kind, and for their quiet hours. */
import { alarmRuleOf, strongestReasons } from "@switchboard/shared/model/alarm-rules.ts";
import type { Quiet } from "../quiet.ts";
import type { Ringing } from "../ringing.ts";
import type { Ring } from "../rings.ts";
import { isRepeating } from "./kinds.ts";

export interface Chosen {
  sounds(ring: Ring): boolean;
  /** Quiet hours keep it back. */
  isHeld(ring: Ring): boolean;
  /** It sounds again and again. */
  isLoud(ring: Ring): boolean;
  /** What the system tells of: each visitor once, by the strongest of the reasons that the person wants to be told. */
  toldBySystem(tenantId: string): ReadonlySet<string>;
}

export function createChosen(ringing: Ringing, quiet: Quiet): Chosen {
  const ruleOf = ({ tenantId, kind }: Ring) => {
    const tenant = ringing.tenantOf(tenantId);
    return alarmRuleOf(tenant?.store.cache.get("preference", tenant.memberId)?.values ?? {}, kind);
  };
  const sounds = (ring: Ring) => ruleOf(ring).sound;
  const isHeld = (ring: Ring) => {
    const tenant = ringing.tenantOf(ring.tenantId);
    return tenant !== undefined && quiet.holds(tenant, ring);
  };
  return {
    sounds,
    isHeld,
    isLoud: (ring) => isRepeating(ring) && sounds(ring) && !isHeld(ring),
    toldBySystem: (tenantId) =>
      new Set(strongestReasons([...ringing.of(tenantId).values()].filter((ring) => ruleOf(ring).system)).map(({ id }) => id)),
  };
}
