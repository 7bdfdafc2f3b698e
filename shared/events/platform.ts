/**
 * What super-admins do. Each step stands in the installation's own log; what touches a tenant stands in the tenant's log as well, as
 * an event of the tenant's (`tenant.…`, `support.…`), so that neither side needs the other's log.
 */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const about = { tenantId: z.uuid() };
const subject = { subject: "tenantId" } as const;
const reason = z.string();
const instant = z.iso.datetime();
/** Who ended a visit: a super-admin, the tenant, or the clock. */
const leftBy = z.enum(["platform", "tenant", "time"]);

export const platformTenantCreated = defineEvent("platform.tenant_created", z.object({ ...about, name: z.string() }), subject);
/** A super-admin looked at the facts of a tenant: nothing that is in it. */
export const platformTenantOpened = defineEvent("platform.tenant_opened", z.object(about), subject);
export const platformPlanChanged = defineEvent(
  "platform.plan_changed",
  z.object({ ...about, from: z.string(), to: z.string(), reason }),
  subject,
);
export const platformLimitsChanged = defineEvent(
  "platform.limits_changed",
  z.object({ ...about, limits: z.record(z.string(), z.number().int().nullable()), reason }),
  subject,
);
export const platformTenantSuspended = defineEvent(
  "platform.tenant_suspended",
  z.object({ ...about, reason, until: instant.nullable() }),
  subject,
);
export const platformTenantResumed = defineEvent("platform.tenant_resumed", z.object({ ...about, reason }), subject);
export const platformDeletionPlanned = defineEvent("platform.deletion_planned", z.object({ ...about, reason, at: instant }), subject);
/** The proof: how many rows of each table were removed, and how many of the tenant are left anywhere, which is none. */
export const platformTenantDeleted = defineEvent(
  "platform.tenant_deleted",
  z.object({ ...about, name: z.string(), removed: z.record(z.string(), z.number()), left: z.number() }),
  subject,
);
export const platformTenantEntered = defineEvent(
  "platform.tenant_entered",
  z.object({ ...about, grantId: z.uuid(), reason, until: instant }),
  subject,
);
export const platformTenantLeft = defineEvent("platform.tenant_left", z.object({ ...about, grantId: z.uuid(), by: leftBy }), subject);
export const platformMaintenanceSet = defineEvent(
  "platform.maintenance_set",
  z.object({ on: z.boolean(), message: z.string().nullable() }),
);
export const platformJobRetried = defineEvent("platform.job_retried", z.object({ jobId: z.string(), task: z.string() }));
export const platformRequestAnswered = defineEvent("platform.request_answered", z.object({ ...about, requestId: z.uuid() }), subject);
export const superAdminSet = defineEvent("platform.super_admin_set", z.object({ accountId: z.uuid(), superAdmin: z.boolean() }));

/** In the tenant's own log. */
export const tenantPlanChanged = defineEvent("tenant.plan_changed", z.object({ from: z.string(), to: z.string(), reason }));
export const supportEntered = defineEvent("support.entered", z.object({ grantId: z.uuid(), reason, until: instant }), {
  subject: "grantId",
  security: true,
});
export const supportLeft = defineEvent("support.left", z.object({ grantId: z.uuid(), by: leftBy }), { subject: "grantId" });
export const supportAsked = defineEvent("support.asked", z.object({ requestId: z.uuid() }), { subject: "requestId" });
export const supportAnswered = defineEvent("support.answered", z.object({ requestId: z.uuid() }), { subject: "requestId" });

/** The kinds that the platform's audit shows, beside suspensions of accounts. */
export const platformLog = [
  platformTenantCreated,
  platformTenantOpened,
  platformPlanChanged,
  platformLimitsChanged,
  platformTenantSuspended,
  platformTenantResumed,
  platformDeletionPlanned,
  platformTenantDeleted,
  platformTenantEntered,
  platformTenantLeft,
  platformMaintenanceSet,
  platformJobRetried,
  platformRequestAnswered,
  superAdminSet,
];

export const platformEvents = [...platformLog, tenantPlanChanged, supportEntered, supportLeft, supportAsked, supportAnswered];
