/** Conversations that a new tenant is shown. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

/** An admin had enough of them: all of them go. */
export const samplesRemoved = defineEvent("samples.removed", z.object({ conversations: z.number().int() }));
