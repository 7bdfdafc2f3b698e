/** Canned replies: of the tenant, of a team, or one's own. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { replyRow } from "../sync/rows/people.ts";
import { contract, member } from "./contract.ts";
import { id, language, newId, page, pageQuery, text } from "./fields.ts";

export const replyShape = replyRow.extend({ can: z.object({ edit: z.boolean() }) });
export type ReplyShape = z.output<typeof replyShape>;

const params = z.strictObject({ replyId: id("reply") });
const fields = {
  title: text(limits.replyTitle),
  text: text(limits.replyText),
  shortcut: text(limits.replyShortcut).regex(/^\S+$/u).nullable(),
  folder: text(limits.replyFolder).nullable(),
  language: language().nullable(),
};
const optional = {
  shortcut: fields.shortcut.default(null),
  folder: fields.folder.default(null),
  language: fields.language.default(null),
};
const scope = z.enum(["mine", "team", "tenant"]);

export const repliesApi = {
  list: contract({
    name: "replies.list",
    method: "GET",
    path: "/api/v1/replies",
    access: member("conversations.read"),
    summary: "Canned replies that I may use, by title",
    query: z.strictObject({ ...pageQuery, scope: scope.optional(), text: text(limits.searchQuery).optional() }),
    output: page(replyShape),
  }),
  create: contract({
    name: "replies.create",
    method: "POST",
    path: "/api/v1/replies",
    access: member("conversations.reply"),
    summary: "Add a canned reply",
    description: "One's own needs no further permission; those of a team or of the tenant need `replies.manage`.",
    body: z.strictObject({
      id: newId(),
      scope: scope.default("mine"),
      teamId: id("team").nullable().default(null),
      ...fields,
      ...optional,
    }),
    output: replyShape,
    status: 201,
    errors: ["forbidden", "id_reused", "conflict", "over_limit"],
  }),
  update: contract({
    name: "replies.update",
    method: "PATCH",
    path: "/api/v1/replies/:replyId",
    access: member("conversations.reply"),
    summary: "Change a canned reply",
    params,
    body: z.strictObject(fields).partial(),
    output: replyShape,
    errors: ["forbidden", "conflict"],
  }),
  remove: contract({
    name: "replies.remove",
    method: "DELETE",
    path: "/api/v1/replies/:replyId",
    access: member("conversations.reply"),
    summary: "Remove a canned reply",
    params,
    errors: ["forbidden"],
  }),
  import: contract({
    name: "replies.import",
    method: "POST",
    path: "/api/v1/replies/import",
    access: member("replies.manage"),
    summary: "Add many canned replies of the tenant at once; a title that exists is replaced",
    body: z.strictObject({
      items: z
        .array(z.strictObject({ ...fields, ...optional }))
        .min(1)
        .max(500),
    }),
    output: z.object({ added: z.number().int(), replaced: z.number().int() }),
    errors: ["over_limit"],
    rate: "heavy",
    bodyLimit: limits.importBytes,
  }),
};
