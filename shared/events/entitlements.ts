/** What a tenant is told about its plan's limits. Nothing is stopped by these. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

/** `step` percent of the limit are used; told once on the way up. */
export const usageWarned = defineEvent(
  "usage.warned",
  z.object({ meter: z.string(), step: z.number().int(), used: z.number().int(), limit: z.number().int() }),
);
/** The platform gave this tenant limits of its own, beside the plan's; null is without limit. */
export const limitsChanged = defineEvent(
  "limits.changed",
  z.object({ limits: z.record(z.string(), z.number().int().nullable()), reason: z.string() }),
);

export const entitlementEvents = [usageWarned, limitsChanged];
