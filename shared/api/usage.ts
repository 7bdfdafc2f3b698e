/** What the tenant's plan allows, and how much of it is used. */
import { z } from "zod";
import { meters, planNames, warningSteps } from "../model/plans.ts";
import { contract, member } from "./contract.ts";
import { instant } from "./fields.ts";

export const usageItem = z.object({
  meter: z.enum(meters),
  period: z.enum(["now", "month", "minute"]),
  used: z.number().int(),
  /** Null: without limit. */
  limit: z.number().int().nullable(),
  left: z.number().int().nullable(),
  /** Whether one more may be made. Conversations may always: nothing stops a visitor. */
  may: z.boolean(),
  warning: z.literal(warningSteps).nullable(),
  /** When the month's limit will be reached if it goes on like this. */
  fullAt: instant().nullable(),
});
export type UsageItem = z.output<typeof usageItem>;

export const usageShape = z.object({ plan: z.enum(planNames), items: z.array(usageItem) });
export type UsageShape = z.output<typeof usageShape>;

export const usageApi = {
  get: contract({
    name: "usage.get",
    method: "GET",
    path: "/api/v1/usage",
    access: member("settings.read"),
    summary: "Limits of the plan, and what is left",
    output: usageShape,
  }),
};
