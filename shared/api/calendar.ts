/**
 * Calendar links: a secret address under which another program reads the follow-ups of one member. The calendar itself is answered at
 * `GET /api/v1/calendar/<secret>.ics` as `text/calendar`, to whoever knows the address, for as long as its member may see follow-ups.
 */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { contract, member } from "./contract.ts";
import { id, instant, newId, text } from "./fields.ts";

const may = member("followups.manage");

export const feedScopes = ["mine", "all"] as const;

export const feedShape = z.object({
  id: id("feed"),
  name: z.string(),
  /** `mine`: follow-ups of this member; `all`: of everybody, with the name of who has each. */
  scope: z.enum(feedScopes),
  createdAt: instant(),
  /** When a program last asked for it, to the hour. */
  lastReadAt: instant().nullable(),
});
export type FeedShape = z.output<typeof feedShape>;

export const calendarApi = {
  list: contract({
    name: "calendar.list",
    method: "GET",
    path: "/api/v1/calendar-links",
    access: may,
    summary: "One's own calendar links",
    output: z.object({ items: z.array(feedShape) }),
  }),
  create: contract({
    name: "calendar.create",
    method: "POST",
    path: "/api/v1/calendar-links",
    access: may,
    summary: "Make a calendar link",
    description:
      "`url` answers the follow-ups as `text/calendar`, for as long as the member may see them. It is shown this once: only its hash is kept. Every admin is told by mail that a link was made.",
    body: z.strictObject({ id: newId(), name: text(limits.feedName), scope: z.enum(feedScopes).default("mine") }),
    output: feedShape.extend({ url: z.string() }),
    status: 201,
    errors: ["id_reused", "over_limit"],
    idempotent: false,
  }),
  revoke: contract({
    name: "calendar.revoke",
    method: "DELETE",
    path: "/api/v1/calendar-links/:feedId",
    access: may,
    summary: "Withdraw a calendar link: its address is nothing from now on",
    params: z.strictObject({ feedId: id("feed") }),
  }),
};
