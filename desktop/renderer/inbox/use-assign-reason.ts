import { readReason } from "@switchboard/shared/model/assign-reason.ts";
import { useTranslation } from "react-i18next";
import { useLive } from "../live.tsx";

/** Why a conversation came to whom it belongs, in a sentence of the reader's language; undefined when somebody took or gave it by hand. */
export function useAssignReason(tenantId: string, kept: string | null, assignee: string | undefined): string | undefined {
  const { t } = useTranslation();
  const reason = readReason(kept);
  const people = useLive("people.list", { tenantId }, { enabled: reason !== null }).data;
  if (reason === null || assignee === undefined) return undefined;
  if (reason.code === "passed_on") {
    const from = people?.members.find(({ id }) => id === reason.from)?.name ?? t("inbox.event.somebody");
    return t("routing.escalated.passed_on", { count: reason.minutes, from, to: assignee });
  }
  const team = people?.teams.find(({ id }) => id === reason.teamId)?.name;
  const why =
    reason.code === "last_operator" || team === undefined
      ? t(`routing.assigned.${reason.code}`)
      : t(`routing.assigned.${reason.code}_in_team`, { team });
  return reason.skills.length === 0 ? why : `${why} · ${t("routing.skills", { skills: reason.skills.join(", ") })}`;
}
