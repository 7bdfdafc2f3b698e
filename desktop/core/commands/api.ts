/** The calls that a screen may make through the core: settings, team, reports. Calls that hand out tokens are not among them. */
import { accountsApi } from "@switchboard/shared/api/accounts.ts";
import { auditApi } from "@switchboard/shared/api/audit.ts";
import { calendarApi } from "@switchboard/shared/api/calendar.ts";
import { contactsApi, identityApi, visitorsApi, widgetApi } from "@switchboard/shared/api/contacts.ts";
import type { Contract } from "@switchboard/shared/api/contract.ts";
import { conversationsApi, labelsApi } from "@switchboard/shared/api/conversations.ts";
import { followupsApi } from "@switchboard/shared/api/followups.ts";
import { supportApi } from "@switchboard/shared/api/platform.ts";
import { reportsApi } from "@switchboard/shared/api/reports.ts";
import { repliesApi } from "@switchboard/shared/api/replies.ts";
import { retentionApi } from "@switchboard/shared/api/retention.ts";
import { routingApi } from "@switchboard/shared/api/routing.ts";
import { samplesApi } from "@switchboard/shared/api/samples.ts";
import { syncApi } from "@switchboard/shared/api/sync.ts";
import { tasksApi } from "@switchboard/shared/api/tasks.ts";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { usageApi } from "@switchboard/shared/api/usage.ts";
import type { CommandOutput, CommandParsed } from "../../bridge/index.ts";
import type { Desk } from "../desk.ts";
import { Refusal } from "../refusal.ts";
import { failureOf } from "../sync/failure.ts";
import type { Tenant } from "../tenant/tenant.ts";

const known: readonly Contract[] = [
  accountsApi,
  auditApi,
  calendarApi,
  contactsApi,
  visitorsApi,
  identityApi,
  widgetApi,
  conversationsApi,
  labelsApi,
  followupsApi,
  supportApi,
  repliesApi,
  retentionApi,
  routingApi,
  reportsApi,
  samplesApi,
  tasksApi,
  teamApi,
  tenantsApi,
  usageApi,
  // Of the protocol itself nothing is for a screen, but which computers hold the data is.
  { devices: syncApi.devices, teamDevices: syncApi.teamDevices, revokeDevice: syncApi.revokeDevice },
].flatMap((api): readonly Contract[] => Object.values(api));

/** Their answers carry tokens, or they end the session behind the core's back. */
const kept: ReadonlySet<string> = new Set(["session.openTenant", "session.signOut", "invitations.accept"]);

/** In the name of the person or of the member, never without one and never as somebody else. */
export const forScreens: ReadonlyMap<string, Contract> = new Map(
  known
    .filter(({ name, access }) => (access.who === "member" || access.who === "account") && !kept.has(name))
    .map((contract) => [contract.name, contract]),
);

export async function callApi(desk: Desk, { tenantId, name, params, query, body }: CommandParsed<"api">): Promise<CommandOutput<"api">> {
  const contract = forScreens.get(name);
  if (!contract) throw new Refusal("unknown", "There is no such call for a screen.", { name });
  const tenant = desk.tenant(tenantId);
  const input = {
    params,
    query,
    ...(body === undefined ? {} : { body }),
    ...(contract.method === "GET" ? {} : { idempotencyKey: desk.ports.newId() }),
  };
  if (readOffline.has(name)) return remembered(tenant, contract, input);
  // The server checks what a screen sends, and answers with all that is wrong.
  const answer = await tenant.ask(contract, input);
  tenant.engine.soon();
  return answer as CommandOutput<"api">;
}

/** Settings stay readable without a connection: as they were when they were last asked for. */
const readOffline: ReadonlySet<string> = new Set(["tenants.get", "settings.list", "settings.get"]);

async function remembered(tenant: Tenant, contract: Contract, input: { params: object; query: object }): Promise<CommandOutput<"api">> {
  const { cache } = tenant.store;
  const key = `answer/${contract.name}/${JSON.stringify(input.params)}/${JSON.stringify(input.query)}`;
  try {
    const answer = (await tenant.ask(contract, input as never)) as CommandOutput<"api">; // presented by its contract
    tenant.health.written(() => cache.setMeta(key, JSON.stringify(answer)));
    return answer;
  } catch (error) {
    const stored = failureOf(error).kind === "unreachable" ? cache.meta(key) : undefined;
    if (stored === undefined) throw error;
    return JSON.parse(stored) as CommandOutput<"api">; // stored above
  }
}
