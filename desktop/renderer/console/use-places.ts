import { useLocation, useNavigate } from "@tanstack/react-router";
import { useConsoleSetup } from "../console-context.ts";
import { useLayoutActs, type MessagePlace } from "../inbox/layout-context.tsx";
import type { ConversationRef } from "../inbox/layout.ts";
import type { Section } from "../sections.ts";
import { useSession } from "../session/session-context.tsx";

export interface Places {
  /** The sections that this person may see, in the order of the rail. */
  readonly permitted: readonly Section[];
  readonly current: Section | undefined;
  readonly go: (section: string) => void;
  /** Undefined: all of them. */
  readonly setTenant: (tenantId: string | undefined) => void;
}

/** Where in the console one is, and the ways to other places. */
export function usePlaces(): Places {
  const { sections } = useConsoleSetup();
  const { tenants, scope } = useSession();
  const navigate = useNavigate();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const here = tenants.filter(({ tenantId }) => scope === "all" || scope[0] === tenantId);
  const permitted = sections.filter(
    ({ permission, withOneOf }) =>
      permission === undefined ||
      here.some(({ permissions }) => permissions.includes(permission) && (withOneOf?.some((each) => permissions.includes(each)) ?? true)),
  );
  const current = permitted.find(({ id }) => path.startsWith(`/${id}`));
  const go = (id: string) => void navigate({ to: `/${id}`, search: scope === "all" ? {} : { tenant: scope[0] } });
  return {
    permitted,
    current,
    go,
    setTenant: (tenantId) => void navigate({ to: ".", search: tenantId === undefined ? {} : { tenant: tenantId } }),
  };
}

/** Whatever page is open, a conversation is opened in the inbox. */
export function useOpenConversation(): (ref: ConversationRef, beside: boolean, message?: MessagePlace) => void {
  const { open } = useLayoutActs();
  const { current, go } = usePlaces();
  return (ref, beside, message) => {
    open(ref, beside, message);
    if (current?.id !== "inbox") go("inbox");
  };
}
