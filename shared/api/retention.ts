/** What the rules for keeping data would take away. The rules themselves are the settings document `retention`. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { contract, member } from "./contract.ts";

/** Absent: for ever. */
const days = () => z.coerce.number().int().min(limits.retentionDaysLeast).max(limits.retentionDaysMost).optional();
const count = () => z.number().int();

export const retentionPreview = z.object({ conversations: count(), tasks: count(), followups: count(), contacts: count() });
export type RetentionPreview = z.output<typeof retentionPreview>;

export const retentionApi = {
  preview: contract({
    name: "retention.preview",
    method: "GET",
    path: "/api/v1/retention/preview",
    access: member("settings.manage"),
    summary: "How much would be deleted if these rules counted now",
    description:
      "Days that are left out mean for ever. Tasks and follow-ups that would go with their conversation are counted, and contacts of whom nothing " +
      "would be left. Nothing is deleted by asking.",
    query: z.strictObject({ conversationDays: days(), workDays: days(), contactDays: days() }),
    output: retentionPreview,
  }),
};
