/** Secret addresses under which other programs read follow-ups. Ids only. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const feed = { feedId: z.uuid(), memberId: z.uuid() };

export const calendarLinkMade = defineEvent("calendar.link_made", z.object({ ...feed, scope: z.enum(["mine", "all"]) }), {
  subject: "feedId",
  security: true,
});
export const calendarLinkRevoked = defineEvent("calendar.link_revoked", z.object(feed), { subject: "feedId" });
