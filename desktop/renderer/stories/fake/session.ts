/** Signing in and out, and the tenants on this computer. */
import { find } from "./conversations.ts";
import { fakeId } from "./ids.ts";
import type { FakeState, Input } from "./state.ts";
import { tenants } from "./world.ts";

export function runSession(
  state: FakeState,
  name:
    | "session.signIn"
    | "session.signOut"
    | "session.openTenant"
    | "session.invitations"
    | "session.answerInvitation"
    | "session.closeTenant",
  input: Input,
): unknown {
  switch (name) {
    case "session.signIn":
      state.session = {
        ...state.session,
        state: "signed-in",
        account: {
          accountId: fakeId("account napat"),
          name: "Napat Wongsawat",
          email: String(input["email"]),
          language: "en",
          zone: "Asia/Bangkok",
        },
        tenants,
      };
      state.sync = { ...state.sync, link: "online" };
      return { tenants: tenants.map(({ tenantId, name: tenantName, role }) => ({ tenantId, name: tenantName, role })) };
    case "session.signOut":
      if (state.outbox.length > 0 && input["discardUnsent"] !== true) return { unsent: state.outbox.length };
      state.session = { ...state.session, state: "signed-out", account: null, tenants: [] };
      return { unsent: 0 };
    case "session.openTenant":
      state.session = {
        ...state.session,
        tenants: (state.session["tenants"] as typeof tenants).map((tenant) =>
          tenant.tenantId === input["tenantId"] ? { ...tenant, state: "ready" } : tenant,
        ),
      };
      return {};
    case "session.invitations":
      return { items: state.invitations };
    case "session.answerInvitation":
      state.invitations = state.invitations.filter(({ id }) => id !== input["invitationId"]);
      return {};
    case "session.closeTenant": {
      const here = (id: string) => find(state, id)?.open.tenantId === input["tenantId"];
      const begun = Object.entries(state.drafts).filter(([key, text]) => text !== "" && here(key.split(" ")[0] ?? ""));
      const unsent = state.outbox.filter((item) => item["tenantId"] === input["tenantId"]).length + begun.length;
      if (unsent > 0 && input["discardUnsent"] !== true) return { unsent };
      state.outbox = state.outbox.filter((item) => item["tenantId"] !== input["tenantId"]);
      state.session = {
        ...state.session,
        tenants: (state.session["tenants"] as typeof tenants).map((tenant) =>
          tenant.tenantId === input["tenantId"] ? { ...tenant, state: "choose" } : tenant,
        ),
      };
      return { unsent: 0 };
    }
  }
}
