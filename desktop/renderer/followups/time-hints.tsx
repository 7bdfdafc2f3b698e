import { isFollowupOver, overlaps } from "@switchboard/shared/model/followups.ts";
import { createHours, type WorkingHours } from "@switchboard/shared/model/hours.ts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live.tsx";
import { useZone } from "../tasks/task-marks.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { useFollowupName } from "./followup-slot.tsx";
import { dayAround } from "./followup-values.ts";
import styles from "./followup-fields.module.css";

/** What speaks against a time: the business is closed, or whoever shall do it has something else then. Said, never forbidden. */
export function TimeHints(props: {
  readonly tenantId: string;
  readonly dueAt: number;
  readonly minutes: number;
  readonly assigneeId: string | null;
  /** The follow-up that is edited is not in its own way. */
  readonly except: string | undefined;
}) {
  const { tenantId, dueAt, minutes, assigneeId, except } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const zone = useZone();
  const now = useMinute();
  const nameOf = useFollowupName();
  const hours = useLive("work.facts", { tenantId }).data?.hours ?? undefined;
  // Parsed by the bridge; the names of the days are the model's own.
  const business = useMemo(() => (hours === undefined ? undefined : createHours(hours as WorkingHours)), [hours]);
  const { from, to } = dayAround(dueAt, zone);
  const others = useLive(
    "followups.list",
    { tenants: [tenantId], from, to, assigneeId, limit: 200 },
    { enabled: assigneeId !== null },
  ).data;
  const other = (assigneeId === null ? [] : (others?.items ?? [])).find(
    (one) =>
      one.id !== except &&
      !isFollowupOver(one.status) &&
      overlaps({ dueAt, minutes }, { dueAt: Date.parse(one.due.at), minutes: one.minutes }),
  );
  const closed = business !== undefined && !business.isOpen(dueAt);
  if (!closed && other === undefined) return null;
  return (
    <p className={styles.hint} role="status">
      {closed && t("followups.form.outside_hours")}{" "}
      {other !== undefined && t("followups.form.overlaps", { what: nameOf(other), time: format.dayTime(Date.parse(other.due.at), now) })}
    </p>
  );
}
