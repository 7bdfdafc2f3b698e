/** The tenant itself: who it is, and its settings documents. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { settingsKinds } from "../model/settings.ts";
import { tenantStatuses } from "../model/states.ts";
import { businessTypes } from "../model/templates.ts";
import { contract, member } from "./contract.ts";
import { id, instant, language, page, pageQuery, text, zone } from "./fields.ts";

export { businessTypes };
export const businessType = () => z.enum(businessTypes);

export const tenantShape = z.object({
  id: id("tenant"),
  name: z.string(),
  slug: z.string(),
  status: z.enum(tenantStatuses),
  /** Why and until when, unless it is active. */
  statusReason: z.string().nullable(),
  statusUntil: instant().nullable(),
  businessType: businessType(),
  plan: z.string(),
  language: language(),
  zone: z.string(),
  createdAt: instant(),
  can: z.object({ edit: z.boolean() }),
});
export type TenantShape = z.output<typeof tenantShape>;

const kind = () => z.enum(settingsKinds);
const version = () => z.coerce.number().int().min(1).max(1_000_000_000);
/** Checked by `checkSettings` of `shared/model/settings.ts`, with all problems at once. */
const settingsDocument = () => z.record(z.string().max(100), z.json());

/** A version of a settings document. What was saved once is never changed. */
export const settingsVersion = z.object({
  kind: kind(),
  version: z.number().int(),
  savedAt: instant(),
  /** None for the first version, which the template of the business made. */
  savedBy: id("member").nullable(),
  /** The version that was taken up again. */
  restoredFrom: z.number().int().nullable(),
});

export const settingsShape = settingsVersion.extend({ document: z.record(z.string(), z.json()), can: z.object({ edit: z.boolean() }) });
export type SettingsShape = z.output<typeof settingsShape>;

export const logoShape = z.object({
  id: id("logo"),
  width: z.number().int(),
  height: z.number().int(),
  data: z.string(),
});

const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4;

export const tenantsApi = {
  get: contract({
    name: "tenants.get",
    method: "GET",
    path: "/api/v1/tenant",
    access: member("any"),
    summary: "The tenant of this token",
    output: tenantShape,
  }),
  update: contract({
    name: "tenants.update",
    method: "PATCH",
    path: "/api/v1/tenant",
    access: member("settings.manage"),
    summary: "Change the business details",
    body: z.strictObject({
      name: text(limits.tenantName).optional(),
      businessType: businessType().optional(),
      language: language().optional(),
      zone: zone().optional(),
    }),
    output: tenantShape,
  }),

  listSettings: contract({
    name: "settings.list",
    method: "GET",
    path: "/api/v1/settings",
    access: member("settings.read"),
    summary: "All settings documents as they count now",
    output: z.object({ items: z.array(settingsShape) }),
  }),
  getSettings: contract({
    name: "settings.get",
    method: "GET",
    path: "/api/v1/settings/:kind",
    access: member("settings.read"),
    summary: "One settings document as it counts now",
    params: z.strictObject({ kind: kind() }),
    output: settingsShape,
  }),
  saveSettings: contract({
    name: "settings.save",
    method: "PUT",
    path: "/api/v1/settings/:kind",
    access: member("settings.manage"),
    summary: "Save a new version of a settings document",
    description: "The whole document. `base` is the version it was edited from; when a newer one was saved meanwhile the answer is 409.",
    params: z.strictObject({ kind: kind() }),
    body: z.strictObject({ document: settingsDocument(), base: z.number().int().min(1) }),
    output: settingsShape,
    errors: ["stale_state"],
  }),
  settingsHistory: contract({
    name: "settings.history",
    method: "GET",
    path: "/api/v1/settings/:kind/versions",
    access: member("settings.read"),
    summary: "Who saved which version when, newest first",
    params: z.strictObject({ kind: kind() }),
    query: z.strictObject(pageQuery),
    output: page(settingsVersion),
  }),
  getSettingsVersion: contract({
    name: "settings.getVersion",
    method: "GET",
    path: "/api/v1/settings/:kind/versions/:version",
    access: member("settings.read"),
    summary: "A settings document as it was",
    params: z.strictObject({ kind: kind(), version: version() }),
    output: settingsShape,
    errors: ["not_found"],
  }),
  restoreSettings: contract({
    name: "settings.restore",
    method: "POST",
    path: "/api/v1/settings/:kind/versions/:version/restore",
    access: member("settings.manage"),
    summary: "Take up an earlier version again, as a new one",
    description: "A field that did not exist then keeps its default.",
    params: z.strictObject({ kind: kind(), version: version() }),
    body: z.strictObject({ base: z.number().int().min(1) }),
    output: settingsShape,
    errors: ["not_found", "stale_state"],
  }),

  addLogo: contract({
    name: "logos.add",
    method: "POST",
    path: "/api/v1/logos",
    access: member("settings.manage"),
    summary: "Store a picture for the branding to name",
    description:
      "A PNG of at most 1,024 pixels a side and 512 kB, as base64. It is written anew from its pixels: nothing else of the file is kept. It shows nowhere until a version of the branding names it.",
    body: z.strictObject({ data: z.base64().min(1).max(base64Length(limits.logoBytes)) }),
    output: logoShape,
    status: 201,
    bodyLimit: base64Length(limits.logoBytes) + 1_024,
    rate: "heavy",
    idempotent: false,
  }),
  getLogo: contract({
    name: "logos.get",
    method: "GET",
    path: "/api/v1/logos/:logoId",
    access: member("settings.read"),
    summary: "A stored picture, as base64",
    params: z.strictObject({ logoId: id("logo") }),
    output: logoShape,
    errors: ["not_found"],
  }),
};
