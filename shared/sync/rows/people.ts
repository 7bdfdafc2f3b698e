/** Who works in the tenant and who they talk to. */
import { z } from "zod";
import { contactFacts } from "../../api/contact-fields.ts";
import { id, instant, language } from "../../api/fields.ts";
import { tenantStatuses } from "../../model/states.ts";
import { maybe, when } from "./fields.ts";

export const tenantRow = z.object({
  id: id("tenant"),
  name: z.string(),
  slug: z.string(),
  status: z.enum(tenantStatuses),
  language: language(),
  zone: z.string(),
});

export const memberRow = z.object({
  id: id("member"),
  accountId: id("account"),
  name: z.string(),
  email: z.string(),
  /** `operator`, `admin`, or the id of a custom role. */
  role: z.string(),
  status: z.enum(["active", "removed"]),
  language: language(),
  loadLimit: z.number().int(),
  skills: z.array(z.string()),
  createdAt: instant(),
  removedAt: when(),
});

/** A custom role; the built-in ones are in the permission table. */
export const roleRow = z.object({ id: id("role"), name: z.string(), permissions: z.array(z.string()) });

export const teamRow = z.object({ id: id("team"), name: z.string(), createdAt: instant() });

/** `id` is `pairId(teamId, memberId)`. */
export const teamMemberRow = z.object({ id: z.uuid(), teamId: id("team"), memberId: id("member") });

export const contactRow = z.object({
  id: id("contact"),
  /** Given by the person or typed by an operator. */
  ...contactFacts,
  /** What operators see while there is no name. */
  alias: z.string(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** Left out while there are none, so that a row which a device keeps from before contacts had labels is the same row. */
  labelIds: z.array(id("label")).optional(),
  /** The tenant's signed identity named this contact. */
  verified: z.boolean(),
  createdAt: instant(),
});

/** A canned reply, of the tenant, of a team or of one member: at most one of the two ids is set. */
export const replyRow = z.object({
  id: id("reply"),
  teamId: maybe("team"),
  memberId: maybe("member"),
  title: z.string(),
  text: z.string(),
  shortcut: z.string().nullable(),
  folder: z.string().nullable(),
  language: language().nullable(),
  updatedAt: instant(),
});

/** One row a member, so `id` is the member's; every key is set by itself. */
export const preferenceRow = z.object({ id: id("member"), memberId: id("member"), values: z.record(z.string(), z.json()) });

export const savedFilterRow = z.object({
  id: id("filter"),
  memberId: id("member"),
  view: z.enum(["inbox", "tasks", "followups", "contacts"]),
  name: z.string(),
  /** The view's own words; opaque to everybody else. */
  query: z.record(z.string(), z.json()),
  position: z.number(),
});

export type TenantRow = z.output<typeof tenantRow>;
export type MemberRow = z.output<typeof memberRow>;
export type RoleRow = z.output<typeof roleRow>;
export type TeamRow = z.output<typeof teamRow>;
export type TeamMemberRow = z.output<typeof teamMemberRow>;
export type ContactRow = z.output<typeof contactRow>;
export type ReplyRow = z.output<typeof replyRow>;
export type PreferenceRow = z.output<typeof preferenceRow>;
export type SavedFilterRow = z.output<typeof savedFilterRow>;
