/** What happens to a tenant as a whole. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

export const tenantCreated = defineEvent(
  "tenant.created",
  z.object({ tenantId: z.uuid(), businessType: z.string(), by: z.enum(["sign-up", "member", "platform", "demo"]) }),
);
export const tenantChanged = defineEvent("tenant.changed", z.object({ fields: z.array(z.string()) }));
export const tenantSuspended = defineEvent("tenant.suspended", z.object({ reason: z.string(), until: z.iso.datetime().nullable() }), {
  security: true,
});
export const tenantResumed = defineEvent("tenant.resumed", z.object({ reason: z.string() }), { security: true });
export const tenantDeletionPlanned = defineEvent("tenant.deletion_planned", z.object({ reason: z.string(), at: z.iso.datetime() }), {
  security: true,
});

/** `kind` names the settings document; a version is never changed after it was written. */
export const settingsChanged = defineEvent(
  "settings.changed",
  z.object({ kind: z.string(), version: z.number().int(), restoredFrom: z.number().int().nullable() }),
  { topic: "kind" },
);
/** Like `settings.changed`, for documents that decide who may embed the widget or who a visitor is. */
export const securitySettingsChanged = defineEvent(
  "settings.security_changed",
  z.object({ kind: z.string(), version: z.number().int(), restoredFrom: z.number().int().nullable() }),
  { topic: "kind", security: true },
);

/** A picture for the widget and the mails; which one counts says the branding. */
export const logoAdded = defineEvent("logo.added", z.object({ logoId: z.uuid() }));

export const tenantEvents = [
  tenantCreated,
  tenantChanged,
  tenantSuspended,
  tenantResumed,
  tenantDeletionPlanned,
  settingsChanged,
  securitySettingsChanged,
  logoAdded,
];
