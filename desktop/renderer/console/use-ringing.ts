import type { Ringing } from "../alarms/alarm-cards.tsx";
import { useActs } from "../inbox/use-acts.ts";
import { useBridge } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { useOpenConversation } from "./use-places.ts";

export interface RingingActs {
  readonly show: (ringing: Ringing) => void;
  /** Who waits becomes mine; anything else is shown. */
  readonly take: (ringing: Ringing) => void;
  readonly silence: () => void;
  readonly dismiss: (ringing: Ringing) => void;
  readonly snooze: (ringing: Ringing, minutes: number) => void;
}

/** What can be done about something that rings, by its card and by the system's notice. */
export function useRinging(): RingingActs {
  const { port } = useBridge();
  const { tenant } = useSession();
  const { mutate, refused } = useActs();
  const openConversation = useOpenConversation();
  const answer = (id: string, how: { action: "open" | "done" | "dismiss" } | { action: "snooze"; minutes: number }) =>
    void port.command("alarms.answer", { id, ...how }).catch(refused);
  // Tasks and follow-ups are opened by the event that the answer brings: the core knows whether one is meant or all.
  const goTo = ({ about, tenantId }: Ringing) => {
    if (about.view === "conversation") openConversation({ tenantId, conversationId: about.id }, false);
  };
  const show = (ringing: Ringing) => {
    answer(ringing.id, { action: "open" });
    goTo(ringing);
  };
  return {
    show,
    take(ringing) {
      const memberId = tenant(ringing.tenantId)?.memberId;
      const takeable = ringing.about.view === "conversation" && (ringing.kind === "waiting" || ringing.kind === "escalation");
      if (!takeable || memberId === undefined) return show(ringing);
      void mutate(ringing.tenantId, "assignConversation", { conversationId: ringing.about.id, assigneeId: memberId });
      return goTo(ringing);
    },
    silence: () => void port.command("alarms.silence", { minutes: 1 }).catch(refused),
    dismiss: ({ id, kind }) => answer(id, { action: kind === "reminder" || kind === "missed" ? "done" : "dismiss" }),
    snooze: ({ id }, minutes) => answer(id, { action: "snooze", minutes }),
  };
}
