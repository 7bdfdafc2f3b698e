/** The tenant's working hours, read once: making a time zone costs more than asking it, and every returning widget asks. */
import { createHours, type Hours } from "../../shared/model/hours.ts";
import type { Core } from "../core/core.ts";
import { settingsOf } from "./settings.ts";

export function hoursOf(core: Core, tenantId: string): Promise<Hours> {
  return core.cache.get(tenantId, "hours", ["settings", "tenant"], async () => createHours(await settingsOf(core, tenantId, "hours")));
}
