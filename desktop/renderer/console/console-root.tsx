import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { LayoutProvider } from "../inbox/layout-context.tsx";
import { useActs } from "../inbox/use-acts.ts";
import { useBridge } from "../live.tsx";
import { onThisComputer, SessionProvider, type Scope, type SessionState } from "../session/session-context.tsx";
import { SignOutDialog } from "../session/sign-out-dialog.tsx";
import { TenantChoice } from "../session/tenant-choice.tsx";
import { Console } from "./console.tsx";

/** The root route: finds the scope in the address, and asks for a tenant when none was opened on this computer yet. */
export function ConsoleRoot({ state, account }: { readonly state: SessionState; readonly account: NonNullable<SessionState["account"]> }) {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { port } = useBridge();
  const { refused } = useActs();
  const [choosing, setChoosing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const wanted = typeof search["tenant"] === "string" ? search["tenant"] : undefined;
  const known = onThisComputer(state.tenants).some((tenant) => tenant.tenantId === wanted);
  const scope: Scope = wanted !== undefined && known ? [wanted] : "all";
  const none = state.tenants.every((tenant) => tenant.state === "choose" || tenant.state === "locked");
  const choose = (tenantId: string | undefined) => {
    setChoosing(false);
    const open = state.tenants.filter((tenant) => tenant.state === "choose" && (tenantId === undefined || tenant.tenantId === tenantId));
    for (const tenant of open) void port.command("session.openTenant", { tenantId: tenant.tenantId }).catch(refused);
    void navigate({ to: "/inbox", search: tenantId === undefined ? {} : { tenant: tenantId } });
  };
  return (
    <SessionProvider state={state} account={account} scope={scope}>
      {none || choosing ? (
        <TenantChoice tenants={state.tenants} last={wanted} onChoose={choose} onSignOut={() => setLeaving(true)} />
      ) : (
        <LayoutProvider>
          <Console onChooseTenant={state.tenants.length > 1 ? () => setChoosing(true) : undefined} onSignOut={() => setLeaving(true)} />
        </LayoutProvider>
      )}
      <SignOutDialog open={leaving} onDone={() => setLeaving(false)} />
    </SessionProvider>
  );
}
