import { useTranslation } from "react-i18next";
import { useCall, useLive } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { useToasts } from "../ui/toast-context.ts";
import type { Presence } from "../ui/marks.tsx";
import type { MenuEntry } from "../ui/menu.tsx";

type Choice = "available" | "do_not_disturb" | "off";

export interface MyPresence {
  readonly presence: Presence;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly toggle: () => void;
  /** Rings once, whatever is silenced, so that a person hears whether they would. */
  readonly test: () => void;
}

/** Green only while colleagues and visitors can really reach me: not without a connection, not in do not disturb, not off duty. */
export function usePresence(reachable: boolean): MyPresence {
  const { t } = useTranslation();
  const session = useSession();
  const call = useCall();
  const toasts = useToasts();
  const here = session.tenants.filter(
    (tenant) => tenant.state === "ready" && (session.scope === "all" || session.scope[0] === tenant.tenantId),
  );
  const first = here[0];
  const people = useLive("people.list", { tenantId: first?.tenantId ?? "" }, { enabled: first !== undefined }).data?.members;
  const alarms = useLive("alarms.state", {}).data;
  const mine = people?.find((person) => person.id === first?.memberId)?.presence ?? "unknown";
  const quiet = mine === "busy" || alarms?.doNotDisturb === true;
  const now: Choice | "away" = mine === "offline" ? "off" : mine === "away" ? "away" : quiet ? "do_not_disturb" : "available";

  const set = (availability: Choice) => {
    const said = here.map((tenant) => call("session.setAvailability", { tenantId: tenant.tenantId, availability }));
    void Promise.all([...said, call("alarms.doNotDisturb", { on: availability === "do_not_disturb" })]).catch(() =>
      toasts.say(t("inbox.act.needs_connection"), { tone: "warn" }),
    );
  };
  const choice = (availability: Choice, label: string, help: string): MenuEntry => ({
    kind: "choice",
    id: availability,
    label,
    help,
    checked: now === availability,
    run: () => set(availability),
  });
  const test = () => {
    void call("alarms.test", {}).catch(() => undefined);
    toasts.say(t("console.alarm.tested"));
  };
  const words = {
    off: t("states.presence.off_duty"),
    away: t("console.presence.away"),
    do_not_disturb: t("states.presence.do_not_disturb"),
    available: reachable ? t("states.presence.available") : t("states.presence.not_reachable"),
  };
  const marks = { off: "offline", away: "away", do_not_disturb: "away", available: reachable ? "online" : "unreachable" } as const;
  return {
    presence: marks[now],
    label: words[now],
    test,
    toggle: () => set(now === "available" ? "do_not_disturb" : "available"),
    entries: [
      { kind: "group", id: "title", label: t("console.presence.title") },
      choice("available", t("states.presence.available"), t("console.presence.available_help")),
      choice("do_not_disturb", t("states.presence.do_not_disturb"), t("console.presence.do_not_disturb_help")),
      choice("off", t("states.presence.off_duty"), t("console.presence.off_help")),
      { kind: "line", id: "line" },
      { id: "test", label: t("console.alarm.test"), icon: "volume", run: test },
    ],
  };
}
