import { contactsApi, identityApi, widgetApi } from "@switchboard/shared/api/contacts.ts";
import type { Contract } from "@switchboard/shared/api/contract.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { retentionApi } from "@switchboard/shared/api/retention.ts";
import { samplesApi } from "@switchboard/shared/api/samples.ts";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { expect, it } from "vitest";
// oxlint-disable-next-line no-restricted-imports -- what the core lets through is what is asked here
import { forScreens } from "../../core/commands/api.ts";
import {
  contactCalls,
  conversationCalls,
  identityCalls,
  memberCalls,
  retentionCalls,
  sampleCalls,
  tenantCalls,
  widgetCalls,
  type Call,
} from "./calls.ts";

const pairs: readonly (readonly [Readonly<Record<string, Call<Contract>>>, Readonly<Record<string, Contract>>])[] = [
  [tenantCalls, tenantsApi],
  [identityCalls, identityApi],
  [widgetCalls, widgetApi],
  [contactCalls, contactsApi],
  [conversationCalls, conversationsApi],
  [memberCalls, teamApi],
  [sampleCalls, samplesApi],
  [retentionCalls, retentionApi],
];

it("every call of a settings page names the contract whose types it has, and the core lets it through", () => {
  for (const [calls, api] of pairs)
    for (const [key, { name }] of Object.entries(calls)) expect([key, api[key]?.name, forScreens.has(name)]).toEqual([key, name, true]);
});
