import { accountsApi } from "@switchboard/shared/api/accounts.ts";
import { auditApi } from "@switchboard/shared/api/audit.ts";
import { labelsApi } from "@switchboard/shared/api/conversations.ts";
import { supportApi } from "@switchboard/shared/api/platform.ts";
import { repliesApi } from "@switchboard/shared/api/replies.ts";
import { routingApi } from "@switchboard/shared/api/routing.ts";
import { syncApi } from "@switchboard/shared/api/sync.ts";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { usageApi } from "@switchboard/shared/api/usage.ts";
import { expect, it } from "vitest";
import * as calls from "./people-calls.ts";

it.each([
  ["team", calls.teamCalls, teamApi],
  ["account", calls.accountCalls, accountsApi],
  ["device", calls.deviceCalls, syncApi],
  ["routing", calls.routingCalls, routingApi],
  ["reply", calls.replyCalls, repliesApi],
  ["label", calls.labelCalls, labelsApi],
  ["audit", calls.auditCalls, auditApi],
  ["usage", calls.usageCalls, usageApi],
  ["support", calls.supportCalls, supportApi],
] as const)("every %s call has the name of its contract", (_name, mine, api) => {
  const contracts = api as Readonly<Record<string, { readonly name: string }>>;
  for (const [key, call] of Object.entries(mine)) expect([key, call.name]).toEqual([key, contracts[key]?.name]);
});
