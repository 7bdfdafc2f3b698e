/** When a person is reminded, as they chose it in a tenant; null is as the tenant has it. Changed by the mutation `setPreference`. */
import { z } from "zod";
import { query } from "./define.ts";
import { maybe, uuid } from "./shapes.ts";

const minutes = maybe(z.array(z.number().int()));

export const reminders = {
  queries: {
    "reminders.choice": query(
      z.strictObject({ tenantId: uuid }),
      z.object({ tasks: minutes, followups: minutes, digest: maybe(z.object({ time: z.string(), zone: z.string() })) }),
    ),
  },
};
