import { createContext, use, useMemo, type ReactNode } from "react";
import type { OpenTenant } from "../../bridge/session.ts";
import type { QueryOutput } from "../../bridge/index.ts";

export type SessionState = QueryOutput<"session.state">;
export type Scope = "all" | readonly [string];

export interface Session {
  readonly state: SessionState;
  readonly account: NonNullable<SessionState["account"]>;
  /** Those on this computer; `state` has also those that could be opened here. */
  readonly tenants: readonly OpenTenant[];
  readonly tenant: (tenantId: string) => OpenTenant | undefined;
  /** What lists are over: every tenant on this computer, or one. */
  readonly scope: Scope;
}

export const onThisComputer = (tenants: readonly OpenTenant[]): readonly OpenTenant[] => tenants.filter(({ state }) => state !== "choose");

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({
  state,
  account,
  scope,
  children,
}: {
  readonly state: SessionState;
  readonly account: NonNullable<SessionState["account"]>;
  readonly scope: Scope;
  readonly children: ReactNode;
}) {
  const session = useMemo<Session>(() => {
    const byId = new Map(state.tenants.map((tenant) => [tenant.tenantId, tenant]));
    return { state, account, tenants: onThisComputer(state.tenants), tenant: (tenantId) => byId.get(tenantId), scope };
  }, [state, account, scope]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === undefined) throw new Error("no session: wrap the page in SessionProvider");
  return session;
}

/** As the bridge wants it: a new array, because inputs are compared by value. */
export const tenantsOf = (scope: Scope): "all" | string[] => (scope === "all" ? "all" : [...scope]);

/** The tenant's two letters in its colour, by id; a tenant that is gone shows nothing. */
export function useTenant(tenantId: string | undefined): OpenTenant | undefined {
  const { tenant } = useSession();
  return tenantId === undefined ? undefined : tenant(tenantId);
}
