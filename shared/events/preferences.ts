/** What members change for themselves, where the server has to follow. What they chose is in no log. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

/** When somebody is reminded of tasks and follow-ups, and of what each morning. */
export const remindersChosen = defineEvent("preferences.reminders_chosen", z.object({ memberId: z.uuid() }), { subject: "memberId" });
