/** Everybody who might call, by name, and what the route's own words say about each: the policy table is nowhere else. */
import { platformApi } from "../../../shared/api/platform.ts";
import type { Access, Method } from "../../../shared/api/contract.ts";
import { allPermissions, permissionsOfRole, type Permission } from "../../../shared/model/permissions.ts";
import { enterAlone, makeAccount } from "../../accounts/make.ts";
import type { Twin } from "../twins.ts";

export interface Caller {
  name: string;
  token: string | undefined;
  kind: "nobody" | "member" | "support" | "account" | "visitor" | "platform";
  permissions: ReadonlySet<Permission>;
}

export type Expected = "allowed" | "unauthenticated" | "forbidden" | "read_only";

/** Reading only, and nothing that could be taken away: no tasks, no follow-ups, no keys. */
const lookingOn: ReadonlySet<Permission> = new Set<Permission>([
  "conversations.read",
  "conversations.all",
  "contacts.read",
  "team.read",
  "settings.read",
  "reports.read",
  "audit.read",
]);
const none: ReadonlySet<Permission> = new Set();

export function expectedFor(access: Access, method: Method, { kind, permissions }: Caller): Expected {
  switch (access.who) {
    case "public":
      return "allowed";
    case "account":
      return kind === "account" || kind === "member" ? "allowed" : "unauthenticated";
    case "visitor":
    case "platform":
      return kind === access.who ? "allowed" : "unauthenticated";
    case "member":
      if (kind !== "member" && kind !== "support") return "unauthenticated";
      if (access.may !== "any" && !permissions.has(access.may)) return "forbidden";
      return kind === "support" && method !== "GET" ? "read_only" : "allowed";
  }
}

/** Callers of every kind in one tenant; custom roles with all permissions but one, and with one only, when they are asked for. */
export async function makeCallers(twin: Twin) {
  const { core, fresh, tenant, world } = twin;
  const [operator, account, visitor, superAdmin] = await Promise.all([
    fresh.member(),
    fresh.account(),
    fresh.visitor(),
    twin.some.superAdmin(),
  ]);
  // A super-admin of their own: entering again ends the visit before.
  const visiting = await enterAlone(core, await makeAccount(core, { superAdmin: true }), "platform");
  const entry = await world
    .api(visiting.token)
    .call(platformApi.enter, { params: { tenantId: tenant.id }, body: { reason: "looking on", minutes: 30 } });
  const custom = new Map<string, Caller>();

  async function withPermissions(name: string, held: readonly Permission[]): Promise<Caller> {
    const known = custom.get(name);
    if (known) return known;
    const { token } = await fresh.member(await fresh.role(held));
    const made: Caller = { name, token, kind: "member", permissions: new Set(held) };
    custom.set(name, made);
    return made;
  }

  const everybody: Caller[] = [
    { name: "nobody", token: undefined, kind: "nobody", permissions: none },
    { name: "a token that nobody signed", token: "eyJhbGciOiJub25lIn0.e30.", kind: "nobody", permissions: none },
    { name: "operator", token: operator.token, kind: "member", permissions: new Set(permissionsOfRole("operator")) },
    { name: "admin", token: twin.admin.token, kind: "member", permissions: new Set(permissionsOfRole("admin")) },
    await withPermissions("a role without permissions", []),
    { name: "an account without a tenant", token: account.token, kind: "account", permissions: none },
    { name: "visitor", token: visitor.token, kind: "visitor", permissions: none },
    { name: "super-admin on the platform", token: superAdmin.token, kind: "platform", permissions: none },
    { name: "super-admin looking on", token: entry.token, kind: "support", permissions: lookingOn },
  ];
  return {
    everybody,
    allBut: (permission: Permission) =>
      withPermissions(
        `all but ${permission}`,
        allPermissions.filter((one) => one !== permission),
      ),
    only: (permission: Permission) => withPermissions(`only ${permission}`, [permission]),
  };
}
