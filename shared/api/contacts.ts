/** The people behind visitors, and who is on the site now. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { contactDetails, contactFacts } from "./contact-fields.ts";
import { contract, member } from "./contract.ts";
import { id, instant, newId, page, pageQuery, text } from "./fields.ts";

/** From first interest to business; null for a contact that is no lead. */
export const leadStatuses = ["new", "contacted", "qualified", "converted", "lost"] as const;
export type LeadStatus = (typeof leadStatuses)[number];

export const attributeValue = z.union([z.string(), z.number(), z.boolean()]);
const attributes = () =>
  z
    .record(
      z.string().min(1).max(limits.attributeName),
      z
        .union([text(limits.attributeValue, 0), z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER), z.boolean()])
        .nullable(),
    )
    .refine((value) => Object.keys(value).length <= limits.attributesPerContact, "has too many fields");

export const contactShape = z.object({
  id: id("contact"),
  ...contactFacts,
  /** What is shown while there is no name. */
  alias: z.string(),
  zone: z.string().nullable(),
  attributes: z.record(z.string(), attributeValue),
  labelIds: z.array(id("label")),
  /** The tenant's signed identity named this contact. */
  verified: z.boolean(),
  /** Which of the fields above came signed; all others are what a browser or a colleague said. */
  verifiedFields: z.array(z.string()),
  /** The tenant's own id of the person, from the signed identity. */
  externalId: z.string().nullable(),
  lead: z.enum(leadStatuses).nullable(),
  leadAt: instant().nullable(),
  blocked: z.object({ at: instant(), by: id("member").nullable(), reason: z.string() }).nullable(),
  createdAt: instant(),
  updatedAt: instant(),
  can: z.object({ edit: z.boolean(), block: z.boolean() }),
});
export type ContactShape = z.output<typeof contactShape>;

const details = {
  ...contactDetails,
  /** Only the named fields change; null takes one away. */
  attributes: attributes().optional(),
  lead: z.enum(leadStatuses).nullable().optional(),
};

const contactParams = z.strictObject({ contactId: id("contact") });

export const contactsApi = {
  list: contract({
    name: "contacts.list",
    method: "GET",
    path: "/api/v1/contacts",
    access: member("contacts.read"),
    summary: "Contacts, newest first",
    description: "`q` looks for words in name, e-mail, phone, company, job title and own fields; the last word may be unfinished.",
    query: z.strictObject({
      ...pageQuery,
      q: z.string().max(limits.searchQuery).optional(),
      lead: z.enum([...leadStatuses, "any"]).optional(),
      labelId: id("label").optional(),
      blocked: z.enum(["true", "false"]).optional(),
    }),
    output: page(contactShape),
  }),
  get: contract({
    name: "contacts.get",
    method: "GET",
    path: "/api/v1/contacts/:contactId",
    access: member("contacts.read"),
    summary: "One contact",
    params: contactParams,
    output: contactShape,
    errors: ["not_found"],
  }),
  create: contract({
    name: "contacts.create",
    method: "POST",
    path: "/api/v1/contacts",
    access: member("contacts.edit"),
    summary: "Write down a contact",
    body: z.strictObject({ id: newId(), ...details }),
    output: contactShape,
    status: 201,
    errors: ["id_reused"],
  }),
  update: contract({
    name: "contacts.update",
    method: "PATCH",
    path: "/api/v1/contacts/:contactId",
    access: member("contacts.edit"),
    summary: "Change details of a contact",
    params: contactParams,
    body: z.strictObject(details),
    output: contactShape,
    errors: ["not_found"],
  }),
  setLabels: contract({
    name: "contacts.setLabels",
    method: "PATCH",
    path: "/api/v1/contacts/:contactId/labels",
    access: member("contacts.edit"),
    summary: "Add and take labels",
    params: contactParams,
    body: z.strictObject({
      add: z.array(id("label")).max(limits.labelsPerContact).default([]),
      remove: z.array(id("label")).max(limits.labelsPerContact).default([]),
    }),
    output: contactShape,
    errors: ["not_found", "over_limit"],
  }),
  block: contract({
    name: "contacts.block",
    method: "POST",
    path: "/api/v1/contacts/:contactId/block",
    access: member("visitors.block"),
    summary: "Block the visitor: all browsers of this contact lose access at once",
    params: contactParams,
    body: z.strictObject({ reason: text(limits.reason, 0).default("") }),
    output: contactShape,
    errors: ["not_found"],
  }),
  unblock: contract({
    name: "contacts.unblock",
    method: "DELETE",
    path: "/api/v1/contacts/:contactId/block",
    access: member("visitors.block"),
    summary: "Let a blocked visitor write again",
    params: contactParams,
    output: contactShape,
    errors: ["not_found"],
  }),
};

const pageView = z.object({ url: z.string(), title: z.string(), at: instant() });

/** A browser of a contact. Everything but the times is what the browser said. */
export const visitorShape = z.object({
  id: id("visitor"),
  contactId: id("contact"),
  verified: z.boolean(),
  site: z.string(),
  referrer: z.string(),
  language: z.string(),
  zone: z.string(),
  screen: z.string(),
  userAgent: z.string(),
  firstSeenAt: instant(),
  lastSeenAt: instant(),
  visits: z.number().int(),
  /** Null when it is not here now. */
  now: z.object({ active: z.boolean(), since: instant(), page: z.object({ url: z.string(), title: z.string() }).nullable() }).nullable(),
});
export type VisitorShape = z.output<typeof visitorShape>;

export const visitorsApi = {
  here: contract({
    name: "visitors.here",
    method: "GET",
    path: "/api/v1/visitors",
    access: member("contacts.read"),
    summary: "Visitors who are on the site now, longest first, at most 200",
    description: "Live changes come as `visitors` over the socket.",
    output: z.object({ items: z.array(visitorShape) }),
  }),
  ofContact: contract({
    name: "visitors.ofContact",
    method: "GET",
    path: "/api/v1/contacts/:contactId/visitors",
    access: member("contacts.read"),
    summary: "The browsers of a contact, with their newest pages",
    params: contactParams,
    output: z.object({ items: z.array(visitorShape.extend({ pages: z.array(pageView) })) }),
    errors: ["not_found"],
  }),
};

const secretShape = z.object({ id: z.uuid(), hint: z.string(), createdBy: id("member"), createdAt: instant() });

/** Secrets with which the tenant's own site signs who its visitors are. Two may be live, so that they can be exchanged. */
export const widgetApi = {
  sightings: contract({
    name: "widget.sightings",
    method: "GET",
    path: "/api/v1/widget/sightings",
    access: member("settings.read"),
    summary: "The sites on which the widget was loaded, or refused, latest first",
    output: z.object({
      items: z.array(
        z.object({
          site: z.string(),
          /** The site is not among the tenant's domains. */
          refused: z.boolean(),
          pageUrl: z.string().nullable(),
          firstAt: instant(),
          lastAt: instant(),
        }),
      ),
    }),
  }),
};

export const identityApi = {
  secrets: contract({
    name: "identity.secrets",
    method: "GET",
    path: "/api/v1/identity/secrets",
    access: member("security.manage"),
    summary: "Live widget secrets, without the secrets",
    output: z.object({ items: z.array(secretShape) }),
  }),
  makeSecret: contract({
    name: "identity.makeSecret",
    method: "POST",
    path: "/api/v1/identity/secrets",
    access: member("security.manage"),
    summary: "Make a widget secret; it is shown once",
    output: secretShape.extend({ secret: z.string() }),
    status: 201,
    errors: ["conflict"],
    idempotent: false,
  }),
  revokeSecret: contract({
    name: "identity.revokeSecret",
    method: "DELETE",
    path: "/api/v1/identity/secrets/:secretId",
    access: member("security.manage"),
    summary: "Revoke a widget secret; identities signed with it are refused from now on",
    params: z.strictObject({ secretId: z.uuid() }),
    errors: ["not_found"],
  }),
};
