/** Of what rings, what was not told on this computer yet; what comes in quiet hours is told when they are over, if it is still true. */
import { isoOf } from "../clock.ts";
import { Refusal } from "../refusal.ts";
import { showDue, type Due } from "../reminders/due.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { isReminder } from "./reminder-rings.ts";
import type { Ring } from "./rings.ts";

type Rings = ReadonlyMap<string, Ring>;

/** Another mark than before is news. Whoever is given what waited has heard of its last message. */
const isHeard = (before: Rings, { id, kind, mark, about }: Ring) =>
  before.get(id)?.mark === mark || (kind === "message" && before.get(`waiting/${about.id}`)?.mark === mark);

export interface News {
  /** To be told now or, as long as it is held, later. Reminders are recorded as shown, so it is asked once a look. */
  among(tenant: Tenant, current: Iterable<Ring>, before: Rings, due: readonly Due[]): Ring[];
  /** Whether it is kept for later or told now. */
  hold(ring: Ring, isHeld: boolean): void;
  forget(id: string): void;
  /** A message in a pane that is looked at: whether it was not heard before. */
  isFirstHeard(ring: Ring, before: Rings): boolean;
}

export function createNews(): News {
  const held = new Set<string>();
  const ticked = new Map<string, string>();

  return {
    among(tenant, current, before, due) {
      const fresh = neverShown(tenant, due);
      const isNews = (ring: Ring) => (isReminder(ring) ? ring.due.some((one) => fresh.has(one)) : !isHeard(before, ring));
      return [...current].filter((ring) => isNews(ring) || held.has(ring.id));
    },
    hold({ id }, isHeld) {
      if (isHeld) held.add(id);
      else held.delete(id);
    },
    forget: (id) => void held.delete(id),
    isFirstHeard(ring, before) {
      const known = isHeard(before, ring) || ticked.get(ring.id) === ring.mark;
      ticked.set(ring.id, ring.mark);
      return !known;
    },
  };
}

/** Of reminders only those are news that were never shown here. */
function neverShown(tenant: Tenant, due: readonly Due[]): ReadonlySet<Due> {
  const fresh = new Set<Due>();
  showDue(tenant, due, (shown) => {
    for (const one of shown) {
      if (!one.stale) fresh.add(one.due);
      if (one.due.reminderId !== null && one.due.firedAt === null) report(tenant, one.due.reminderId);
    }
  });
  return fresh;
}

function report(tenant: Tenant, reminderId: string): void {
  try {
    tenant.mutate("reportReminder", { reminderId, firedAt: isoOf(tenant.now()) });
  } catch (error) {
    // It rings in any case; without the report the server sends a mail as well.
    if (!(error instanceof Refusal)) throw error;
  }
}
