/**
 * What settings pages ask the server for, by name. The contracts stay with the core: they carry schemas, which no screen needs.
 * Here are only their names, each tied to the type of its contract; `calls.test.ts` compares the names with the contracts.
 */
import type { contactsApi, identityApi, widgetApi } from "@switchboard/shared/api/contacts.ts";
import type { Contract } from "@switchboard/shared/api/contract.ts";
import type { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import type { retentionApi } from "@switchboard/shared/api/retention.ts";
import type { samplesApi } from "@switchboard/shared/api/samples.ts";
import type { teamApi } from "@switchboard/shared/api/team.ts";
import type { tenantsApi } from "@switchboard/shared/api/tenants.ts";

export interface Call<C extends Contract> {
  readonly name: string;
  /** Never there at run time: it carries the types. */
  readonly contract?: C;
}

type Calls<Api> = { readonly [K in keyof Api]: Api[K] extends Contract ? Call<Api[K]> : never };

export const callsOf =
  <Api>() =>
  <const Names extends { readonly [K in keyof Api]?: string }>(names: Names): Pick<Calls<Api>, keyof Names & keyof Api> =>
    // Each name becomes a call of the contract with the same key.
    Object.fromEntries(Object.entries(names).map(([key, name]) => [key, { name }])) as unknown as Pick<Calls<Api>, keyof Names & keyof Api>;

export const tenantCalls = callsOf<typeof tenantsApi>()({
  get: "tenants.get",
  update: "tenants.update",
  listSettings: "settings.list",
  getSettings: "settings.get",
  saveSettings: "settings.save",
  settingsHistory: "settings.history",
  getSettingsVersion: "settings.getVersion",
  restoreSettings: "settings.restore",
  addLogo: "logos.add",
  getLogo: "logos.get",
});

export const conversationCalls = callsOf<typeof conversationsApi>()({ test: "conversations.test" });
export const contactCalls = callsOf<typeof contactsApi>()({ list: "contacts.list", block: "contacts.block", unblock: "contacts.unblock" });
export const memberCalls = callsOf<typeof teamApi>()({ listInvitations: "invitations.list", invite: "invitations.create" });
export const retentionCalls = callsOf<typeof retentionApi>()({ preview: "retention.preview" });
export const sampleCalls = callsOf<typeof samplesApi>()({ remove: "samples.remove" });
export const widgetCalls = callsOf<typeof widgetApi>()({ sightings: "widget.sightings" });

export const identityCalls = callsOf<typeof identityApi>()({
  secrets: "identity.secrets",
  makeSecret: "identity.makeSecret",
  revokeSecret: "identity.revokeSecret",
});
