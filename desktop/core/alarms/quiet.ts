/** A person's own quiet hours: what comes then makes no sound and shows no notification, unless it is urgent and they chose so. */
import { quietHoursOf, quietHoursPreference, quietUntil } from "@switchboard/shared/model/quiet-hours.ts";
import { createZone, type Zone } from "@switchboard/shared/model/zones.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { isReminder } from "./reminder-rings.ts";
import type { Ring } from "./rings.ts";

export interface Quiet {
  /** When the quiet that is now ends; null when it is not quiet. */
  until(tenant: Tenant): number | null;
  holds(tenant: Tenant, ring: Ring): boolean;
}

export function createQuiet(): Quiet {
  // Making one costs more than asking it, and it is asked at every change.
  const zones = new Map<string, Zone>();
  const zoneOf = (id: string) => {
    const zone = zones.get(id) ?? createZone(id);
    zones.set(id, zone);
    return zone;
  };
  const hoursOf = ({ store, memberId }: Tenant) => quietHoursOf(store.cache.get("preference", memberId)?.values[quietHoursPreference]);

  function until(tenant: Tenant): number | null {
    const hours = hoursOf(tenant);
    return hours === null ? null : quietUntil(hours, zoneOf(hours.zone), tenant.now());
  }

  return {
    until,
    holds: (tenant, ring) => until(tenant) !== null && !(hoursOf(tenant)?.urgentReminders === true && isUrgentReminder(tenant, ring)),
  };
}

const isUrgentReminder = ({ store }: Tenant, ring: Ring) =>
  isReminder(ring) && ring.due.some(({ about, aboutId }) => about === "task" && store.cache.get("task", aboutId)?.priority === "urgent");
