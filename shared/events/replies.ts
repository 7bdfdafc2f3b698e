/** Changes of canned replies that others use; one's own are nobody's business. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const reply = { replyId: z.uuid(), title: z.string() };
const about = { subject: "replyId" } as const;

export const replyAdded = defineEvent("reply.added", z.object(reply), about);
export const replyChanged = defineEvent("reply.changed", z.object(reply), about);
export const replyRemoved = defineEvent("reply.removed", z.object(reply), about);
export const repliesImported = defineEvent("replies.imported", z.object({ added: z.number(), replaced: z.number() }));
