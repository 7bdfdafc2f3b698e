/** The audit trail: what happened in the tenant, who did it, in the order of the log. It cannot be changed, only read. */
import { z } from "zod";
import { contract, member } from "./contract.ts";
import { id, instant, page, pageQuery } from "./fields.ts";

export const auditEntry = z.object({
  seq: z.number().int(),
  type: z.string(),
  /** `member`, `visitor`, `support`, `platform`, `service` or `system`, with an id where it is a person. */
  actor: z.object({
    kind: z.string(),
    id: z.uuid().nullable(),
    name: z.string().nullable(),
    reason: z.string().nullable(),
    /** From where a member did it, as long as the session is known. */
    device: z.string().nullable(),
    address: z.string().nullable(),
  }),
  conversationId: id("conversation").nullable(),
  subjectId: z.uuid().nullable(),
  payload: z.record(z.string(), z.unknown()),
  /** What the people and things are called now whose ids the entry holds, as far as the reader may see them. */
  names: z.record(z.string(), z.string()),
  at: instant(),
});
export type AuditEntry = z.output<typeof auditEntry>;

const filters = {
  /** The beginning of the type: `member.` finds all about members. */
  type: z
    .string()
    .max(60)
    .regex(/^[a-z.]+$/iu)
    .optional(),
  memberId: id("member").optional(),
  conversationId: id("conversation").optional(),
  from: instant().optional(),
  to: instant().optional(),
};

export const auditApi = {
  list: contract({
    name: "audit.list",
    method: "GET",
    path: "/api/v1/audit",
    access: member("audit.read"),
    summary: "What happened, newest first",
    query: z.strictObject({ ...pageQuery, ...filters }),
    output: page(auditEntry),
  }),
  types: contract({
    name: "audit.types",
    method: "GET",
    path: "/api/v1/audit/types",
    access: member("audit.read"),
    summary: "Kinds of entries that can be filtered by",
    output: z.object({ items: z.array(z.string()) }),
  }),
  verify: contract({
    name: "audit.verify",
    method: "GET",
    path: "/api/v1/audit/verification",
    access: member("audit.read"),
    summary: "Check that no entry was changed, removed or moved",
    description: "Each entry's hash covers the one before it. `brokenAt` is the number of the first entry that does not fit.",
    output: z.object({ entries: z.number().int(), intact: z.boolean(), brokenAt: z.number().int().nullable() }),
    rate: "heavy",
  }),
  export: contract({
    name: "audit.export",
    method: "GET",
    path: "/api/v1/audit/export",
    access: member("audit.read"),
    summary: "Up to 5,000 entries as CSV for a spreadsheet",
    query: z.strictObject(filters),
    output: z.object({ fileName: z.string(), csv: z.string(), complete: z.boolean() }),
    rate: "heavy",
  }),
};
