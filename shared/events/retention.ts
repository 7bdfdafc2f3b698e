/** What the rules for keeping data took away. Numbers only: the log outlives what they were about. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const count = () => z.number().int().min(0);

/** Once a run of a tenant in which anything went. */
export const retentionApplied = defineEvent(
  "retention.applied",
  z.object({ conversations: count(), tasks: count(), followups: count(), contacts: count() }),
);
