/** The back office: what super-admins see and do above all tenants. A sign-in scope of its own; no tenant's token is answered here. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { meters, planNames } from "../model/plans.ts";
import { tenantStatuses } from "../model/states.ts";
import { contract, member, platformOnly } from "./contract.ts";
import { email, id, instant, language, newId, page, pageQuery, text, zone } from "./fields.ts";
import { businessType } from "./tenants.ts";
import { usageShape } from "./usage.ts";

const reason = text(limits.reason, 3);
const tenantParams = z.strictObject({ tenantId: id("tenant") });
const accountParams = z.strictObject({ accountId: id("account") });

/** What is not named is the plan's; null is without limit. */
const limitOverrides = z.partialRecord(z.enum(meters), z.number().int().min(0).max(1_000_000_000).nullable());

export const platformTenant = z.object({
  id: id("tenant"),
  name: z.string(),
  slug: z.string(),
  status: z.enum(tenantStatuses),
  statusReason: z.string().nullable(),
  statusUntil: instant().nullable(),
  plan: z.string(),
  businessType: businessType(),
  language: language(),
  zone: z.string(),
  createdAt: instant(),
  members: z.number().int(),
  conversations: z.number().int(),
  openConversations: z.number().int(),
  messagesLast7Days: z.number().int(),
  /** Against the plan, or the tenant's own limit; null is without limit. */
  conversationsThisMonth: z.number().int(),
  conversationLimit: z.number().int().nullable(),
  lastActiveAt: instant().nullable(),
});
export type PlatformTenant = z.output<typeof platformTenant>;

export const platformAuditEntry = z.object({
  seq: z.number().int(),
  type: z.string(),
  actor: z.object({ kind: z.string(), id: z.uuid().nullable(), name: z.string().nullable(), reason: z.string().nullable() }),
  /** The tenant it is about, with its name while it exists. */
  tenant: z.object({ id: id("tenant"), name: z.string().nullable() }).nullable(),
  payload: z.record(z.string(), z.unknown()),
  at: instant(),
});

export const platformAccount = z.object({
  id: id("account"),
  email: z.string(),
  name: z.string(),
  verified: z.boolean(),
  superAdmin: z.boolean(),
  suspended: z.boolean(),
  suspendedUntil: instant().nullable(),
  suspendedReason: z.string().nullable(),
  createdAt: instant(),
  can: z.object({ suspend: z.boolean(), resume: z.boolean() }),
  tenants: z.array(z.object({ tenantId: id("tenant"), name: z.string(), role: z.string() })),
});

/** What a super-admin sees of a tenant without entering it: facts and figures, nothing that people wrote. */
export const platformTenantDetail = platformTenant.extend({
  usage: usageShape,
  /** Limits of its own beside the plan's. */
  limits: limitOverrides,
  domains: z.array(z.string()),
  admins: z.array(z.object({ name: z.string(), email: z.string() })),
  invited: z.array(z.string()),
  visits: z.array(
    z.object({ grantId: z.uuid(), by: z.string(), reason: z.string(), from: instant(), until: instant(), endedAt: instant().nullable() }),
  ),
  audit: z.array(platformAuditEntry),
  can: z.object({ suspend: z.boolean(), resume: z.boolean(), delete: z.boolean(), enter: z.boolean() }),
});
export type PlatformTenantDetail = z.output<typeof platformTenantDetail>;

export const supportRequest = z.object({
  id: id("request"),
  tenantId: id("tenant"),
  tenantName: z.string(),
  subject: z.string(),
  body: z.string(),
  status: z.enum(["open", "answered"]),
  answer: z.string().nullable(),
  askedBy: z.string(),
  createdAt: instant(),
  answeredAt: instant().nullable(),
});

export const supportVisit = z.object({
  grantId: z.uuid(),
  reason: z.string(),
  since: instant(),
  until: instant(),
  can: z.object({ end: z.boolean() }),
});

export const platformApi = {
  me: contract({
    name: "platform.me",
    method: "GET",
    path: "/api/v1/platform/me",
    access: platformOnly,
    summary: "Who is signed in, and what waits for a super-admin",
    output: z.object({
      account: z.object({ id: id("account"), name: z.string(), email: z.string() }),
      tenants: z.number().int(),
      openRequests: z.number().int(),
      failedJobs: z.number().int(),
    }),
  }),
  overview: contract({
    name: "platform.overview",
    method: "GET",
    path: "/api/v1/platform/overview",
    access: platformOnly,
    summary: "Figures of the whole installation",
    output: z.object({
      tenants: z.object({ active: z.number().int(), suspended: z.number().int(), deleting: z.number().int() }),
      accounts: z.number().int(),
      openConversations: z.number().int(),
      waitingConversations: z.number().int(),
      openRequests: z.number().int(),
      failedJobs: z.number().int(),
      visits: z.number().int(),
    }),
  }),
  listTenants: contract({
    name: "platform.tenants",
    method: "GET",
    path: "/api/v1/platform/tenants",
    access: platformOnly,
    summary: "Tenants with size and activity",
    query: z.strictObject({ ...pageQuery, status: z.enum(tenantStatuses).optional(), text: text(limits.searchQuery).optional() }),
    output: page(platformTenant),
  }),
  getTenant: contract({
    name: "platform.tenant",
    method: "GET",
    path: "/api/v1/platform/tenants/:tenantId",
    access: platformOnly,
    summary: "One tenant",
    description: "That it was looked at stands in the platform's audit.",
    params: tenantParams,
    output: platformTenantDetail,
  }),
  createTenant: contract({
    name: "platform.createTenant",
    method: "POST",
    path: "/api/v1/platform/tenants",
    access: platformOnly,
    summary: "Provision a tenant; its first admin gets an invitation by mail",
    body: z.strictObject({
      id: newId(),
      business: text(limits.tenantName),
      site: text(limits.domain),
      businessType: businessType(),
      language: language(),
      zone: zone(),
      adminEmail: email(),
      plan: z.enum(planNames).default("free"),
    }),
    output: platformTenant,
    status: 201,
    errors: ["id_reused"],
  }),
  setPlan: contract({
    name: "platform.setPlan",
    method: "PUT",
    path: "/api/v1/platform/tenants/:tenantId/plan",
    access: platformOnly,
    summary: "Change a tenant's plan",
    params: tenantParams,
    body: z.strictObject({ plan: z.enum(planNames), reason }),
    output: platformTenant,
  }),
  setLimits: contract({
    name: "platform.setLimits",
    method: "PUT",
    path: "/api/v1/platform/tenants/:tenantId/limits",
    access: platformOnly,
    summary: "Give a tenant limits of its own beside its plan's",
    params: tenantParams,
    body: z.strictObject({ limits: limitOverrides, reason }),
    output: platformTenant,
  }),
  suspend: contract({
    name: "platform.suspend",
    method: "POST",
    path: "/api/v1/platform/tenants/:tenantId/suspension",
    access: platformOnly,
    summary: "Suspend a tenant: its members are signed out, its widget shows the form",
    params: tenantParams,
    body: z.strictObject({ reason, until: instant().nullable().default(null) }),
    output: platformTenant,
    errors: ["stale_state"],
  }),
  resume: contract({
    name: "platform.resume",
    method: "DELETE",
    path: "/api/v1/platform/tenants/:tenantId/suspension",
    access: platformOnly,
    summary: "Resume a suspended tenant, or take a planned deletion back",
    params: tenantParams,
    query: z.strictObject({ reason }),
    output: platformTenant,
    errors: ["stale_state"],
  }),
  planDeletion: contract({
    name: "platform.planDeletion",
    method: "POST",
    path: "/api/v1/platform/tenants/:tenantId/deletion",
    access: platformOnly,
    summary: "Delete a tenant after a grace period of 30 days",
    description: "The name must be typed as it is. Until then nothing of it is served, and resuming takes the deletion back.",
    params: tenantParams,
    body: z.strictObject({ reason, name: text(limits.tenantName) }),
    output: platformTenant,
  }),
  enter: contract({
    name: "platform.enter",
    method: "POST",
    path: "/api/v1/platform/tenants/:tenantId/entry",
    access: platformOnly,
    summary: "Look into a tenant, read-only, for at most 60 minutes",
    description: "Its admins get a mail at once; it stands in both audits; the tenant's consoles show it.",
    params: tenantParams,
    body: z.strictObject({ reason, minutes: z.number().int().min(5).max(limits.impersonationMinutes) }),
    output: z.object({ grantId: z.uuid(), token: z.string(), until: instant() }),
    status: 201,
    idempotent: false,
  }),
  leave: contract({
    name: "platform.leave",
    method: "DELETE",
    path: "/api/v1/platform/entries/:grantId",
    access: platformOnly,
    summary: "End looking into a tenant now",
    params: z.strictObject({ grantId: z.uuid() }),
    errors: ["not_found"],
  }),
  listAccounts: contract({
    name: "platform.accounts",
    method: "GET",
    path: "/api/v1/platform/accounts",
    access: platformOnly,
    summary: "Accounts, by e-mail",
    query: z.strictObject({ ...pageQuery, text: text(limits.searchQuery).optional() }),
    output: page(platformAccount),
  }),
  suspendAccount: contract({
    name: "platform.suspendAccount",
    method: "POST",
    path: "/api/v1/platform/accounts/:accountId/suspension",
    access: platformOnly,
    summary: "Suspend an account: it is signed out everywhere",
    params: accountParams,
    body: z.strictObject({ reason, until: instant().nullable().default(null) }),
    output: platformAccount,
    errors: ["forbidden"],
  }),
  resumeAccount: contract({
    name: "platform.resumeAccount",
    method: "DELETE",
    path: "/api/v1/platform/accounts/:accountId/suspension",
    access: platformOnly,
    summary: "Resume a suspended account",
    params: accountParams,
    output: platformAccount,
  }),
  audit: contract({
    name: "platform.audit",
    method: "GET",
    path: "/api/v1/platform/audit",
    access: platformOnly,
    summary: "What super-admins did, newest first",
    query: z.strictObject({ ...pageQuery, tenantId: id("tenant").optional(), accountId: id("account").optional() }),
    output: page(platformAuditEntry),
  }),
  health: contract({
    name: "platform.health",
    method: "GET",
    path: "/api/v1/platform/health",
    access: platformOnly,
    summary: "Queue, logs, cache and failed jobs",
    output: z.object({
      queue: z.object({ waiting: z.number().int(), running: z.number().int(), failed: z.number().int() }),
      failedJobs: z.array(
        z.object({ id: z.string(), task: z.string(), attempts: z.number().int(), error: z.string().nullable(), at: instant() }),
      ),
      lagTenants: z.number().int(),
      cache: z.object({ hits: z.number().int(), misses: z.number().int(), size: z.number().int() }),
      maintenance: z.object({ on: z.boolean(), message: z.string().nullable() }),
    }),
  }),
  retryJob: contract({
    name: "platform.retryJob",
    method: "POST",
    path: "/api/v1/platform/jobs/:jobId/retry",
    access: platformOnly,
    summary: "Run a failed job again",
    params: z.strictObject({ jobId: z.string().regex(/^\d{1,18}$/u) }),
    errors: ["not_found"],
  }),
  setMaintenance: contract({
    name: "platform.setMaintenance",
    method: "PUT",
    path: "/api/v1/platform/maintenance",
    access: platformOnly,
    summary: "Switch maintenance mode: everything but the back office answers 503",
    body: z.strictObject({ on: z.boolean(), message: text(limits.reason, 0).nullable().default(null) }),
    output: z.object({ on: z.boolean(), message: z.string().nullable() }),
  }),
  listRequests: contract({
    name: "platform.requests",
    method: "GET",
    path: "/api/v1/platform/requests",
    access: platformOnly,
    summary: "Support requests of tenants, open ones first",
    query: z.strictObject({ ...pageQuery, status: z.enum(["open", "answered"]).optional() }),
    output: page(supportRequest),
  }),
  answerRequest: contract({
    name: "platform.answerRequest",
    method: "POST",
    path: "/api/v1/platform/requests/:requestId/answer",
    access: platformOnly,
    summary: "Answer a support request; who asked gets it by mail",
    params: z.strictObject({ requestId: id("request") }),
    body: z.strictObject({ answer: text(limits.comment) }),
    output: supportRequest,
    errors: ["not_found", "stale_state"],
  }),
};

/** The tenants' side: what they ask, and who of the platform looks in. */
export const supportApi = {
  visits: contract({
    name: "support.visits",
    method: "GET",
    path: "/api/v1/tenant/support-access",
    access: member("any"),
    summary: "Super-admins who look into this tenant now",
    output: z.object({ items: z.array(supportVisit) }),
  }),
  endVisit: contract({
    name: "support.endVisit",
    method: "DELETE",
    path: "/api/v1/tenant/support-access/:grantId",
    access: member("security.manage"),
    summary: "End a super-admin's visit now",
    params: z.strictObject({ grantId: z.uuid() }),
    errors: ["not_found"],
  }),
  ask: contract({
    name: "support.ask",
    method: "POST",
    path: "/api/v1/support/requests",
    access: member("support.request"),
    summary: "Ask the people who run this installation",
    body: z.strictObject({ id: newId(), subject: text(limits.subject), body: text(limits.comment) }),
    output: supportRequest,
    status: 201,
    errors: ["id_reused"],
    rate: "mail",
  }),
  list: contract({
    name: "support.list",
    method: "GET",
    path: "/api/v1/support/requests",
    access: member("support.request"),
    summary: "What we asked, newest first",
    query: z.strictObject(pageQuery),
    output: page(supportRequest),
  }),
};
