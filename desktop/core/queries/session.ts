/** Who is signed in, in which tenants; what the host is; how far this computer is. */
import { isPermission, permissionsOfRole, isBuiltInRole } from "@switchboard/shared/model/permissions.ts";
import { graphemes } from "@switchboard/shared/model/text.ts";
import type { TenantChoice } from "@switchboard/shared/api/accounts.ts";
import type { QueryOutput } from "../../bridge/index.ts";
import { needsMe } from "../alarms/rings.ts";
import { isoOf } from "../clock.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import { permissionsOf } from "../tenant/access.ts";
import { usualConversations } from "../tenant/tenant-settings.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { isQuiet } from "./outbox-index.ts";

type OpenTenant = QueryOutput<"session.state">["tenants"][number];

const colours = ["teal", "rust", "plum", "steel", "olive", "rose", "bronze", "slate"] as const;

/** Two letters: the beginnings of two words, or the first two of one. */
function tagOf(name: string): string {
  const words = name.split(/[\s\-_.&/]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first = "", second] = words;
  const letters = second === undefined ? graphemes(first).slice(0, 2) : [graphemes(first)[0] ?? "", graphemes(second)[0] ?? ""];
  return letters.join("").toUpperCase();
}

export function sessionQuery(desk: Desk, watch: Watch): QueryOutput<"session.state"> {
  watch("session");
  watch("alarms");
  const { session, ports } = desk;
  const account = session.account();
  const opened = session.opened();
  const order = [
    ...opened,
    ...session
      .choices()
      .map(({ tenantId }) => tenantId)
      .filter((id) => !opened.includes(id)),
  ];
  return {
    state: session.state(),
    server: session.server(),
    account: account && { accountId: account.id, name: account.name, email: account.email, language: account.language, zone: account.zone },
    tenants: order.flatMap((tenantId, index) => {
      const choice = session.choices().find((one) => one.tenantId === tenantId);
      return choice ? [openTenantOf(desk, choice, index, watch)] : [];
    }),
    remembered: ports.keyring.kind,
  };
}

function openTenantOf(desk: Desk, choice: TenantChoice, index: number, watch: Watch): OpenTenant {
  const tenant = desk.tenants().find(({ tenantId }) => tenantId === choice.tenantId);
  if (tenant) for (const topic of ["sync", "state", "tenant", "member", "role", "settings"]) watch(topicOf(tenant, topic));
  const here = tenant && !tenant.isLocked() ? [...tenant.store.cache.list("tenant")][0] : undefined;
  const role = (here && tenant?.store.cache.get("member", tenant.memberId)?.role) ?? choice.role;
  const permissions =
    here && tenant ? [...permissionsOf(tenant.store.cache, tenant.memberId)] : isBuiltInRole(role) ? permissionsOfRole(role) : [];
  const settings = tenant && here ? tenant.settings() : usualConversations;
  return {
    tenantId: choice.tenantId,
    memberId: choice.memberId,
    name: here?.name ?? choice.name,
    tag: tagOf(here?.name ?? choice.name),
    colour: colours[index % colours.length] ?? "teal",
    role,
    permissions: permissions.filter(isPermission),
    zone: here?.zone ?? desk.session.account()?.zone ?? "UTC",
    answerWithin: { firstSeconds: settings.firstAnswerSeconds, laterSeconds: settings.laterAnswerSeconds },
    needsMe: tenant && here ? needsMe(tenant) : 0,
    state: stateOf(desk, choice, tenant),
  };
}

function stateOf(desk: Desk, choice: TenantChoice, tenant: Tenant | undefined): OpenTenant["state"] {
  if (!tenant) {
    if (desk.refusedTenants().has(choice.tenantId)) return "locked";
    return choice.status === "active" ? "choose" : "suspended";
  }
  if (tenant.isLocked()) return "locked";
  const { cursor } = tenant.store.cache.state();
  if (tenant.engine.state().standing === "suspended") return "suspended";
  // Usable after the conversations are there, not only at the end; an older set of rows stays usable meanwhile.
  const usable = cursor !== null || tenant.store.cacheFile.get("select 1 from conversation limit 1") !== undefined;
  return usable ? "ready" : "bootstrapping";
}

/** Since when the tenant that is furthest off has heard nothing. */
export function syncQuery(desk: Desk, watch: Watch): QueryOutput<"sync.state"> {
  watch("session");
  watch("sync");
  const tenants = desk.tenants();
  for (const tenant of tenants) for (const topic of ["sync", "outbox", "state"]) watch(topicOf(tenant, topic));
  const states = tenants.map((tenant) => ({ tenant, ...tenant.engine.state() }));
  const sum = (pick: (one: (typeof states)[number]) => number) => states.reduce((total, one) => total + pick(one), 0);
  const receiving = states.map((one) => one.receiving).filter((one) => one !== null);
  const bootstraps = receiving.filter(({ kind }) => kind === "bootstrap");
  const counted = bootstraps.length > 0 ? bootstraps : receiving;
  const { link, since } = desk.link();
  const offsetMs = desk.now() - desk.ports.clock.now();
  return {
    link,
    since: since === null ? null : isoOf(since),
    pending: sum(({ tenant }) => waitingOf(tenant).length),
    sending: sum(({ tenant, sendingUpTo }) => waitingOf(tenant).filter(({ mid }) => mid <= sendingUpTo).length),
    rejected: sum(({ tenant }) => tenant.store.outbox.rejected().filter((item) => !isQuiet(item)).length),
    receiving:
      counted.length === 0
        ? null
        : {
            kind: counted[0]?.kind ?? "catch-up",
            done: counted.reduce((total, one) => total + one.done, 0),
            total: counted.some(({ total }) => total === null) ? null : counted.reduce((total, one) => total + (one.total ?? 0), 0),
          },
    trouble: desk.trouble(),
    nextTryAt: nextTryOf(states),
    lastOffline: desk.lastOffline(),
    // Below a second nobody sees it, and every change of it draws the page anew.
    clockOffsetMs: Math.trunc(offsetMs / 1_000) * 1_000,
  };
}

/** The first of all tenants: whoever answers it ends "offline" for all. */
function nextTryOf(states: readonly { unreachableSince: number | null; nextTryAt: number | null }[]): string | null {
  const due = states.flatMap(({ unreachableSince, nextTryAt }) => (unreachableSince === null || nextTryAt === null ? [] : [nextTryAt]));
  return due.length === 0 ? null : isoOf(Math.min(...due));
}

const waitingOf = (tenant: Tenant) => tenant.client.waiting().filter((entry) => !isQuiet(entry));
