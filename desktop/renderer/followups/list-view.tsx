/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { Zone } from "@switchboard/shared/model/zones.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../session/session-context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { Assignee, WaitingChip } from "../tasks/task-marks.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { DataTable } from "../ui/data-table.tsx";
import { Icon } from "../ui/icon.tsx";
import { Chip } from "../ui/marks.tsx";
import { channelIcons, needsAddress, useFollowupName } from "./followup-slot.tsx";
import type { FollowupLine } from "./followup-values.ts";
import styles from "./list-view.module.css";

/** The same follow-ups as a table, a group a day. */
export function ListView({
  followups,
  zone,
  openId,
  conflicts,
  onOpen,
}: {
  readonly followups: readonly FollowupLine[];
  readonly zone: Zone;
  readonly openId: string | undefined;
  readonly conflicts: ReadonlySet<string>;
  readonly onOpen: (followup: FollowupLine) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const now = useMinute();
  const nameOf = useFollowupName();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const days = Map.groupBy(followups, (followup) => zone.dateAt(Date.parse(followup.due.at)));
  return (
    <div className={styles.table}>
      <DataTable
        label={t("followups.page.title")}
        keyOf={(followup) => followup.id}
        rowName={nameOf}
        current={openId}
        onOpen={onOpen}
        groups={[...days].map(([date, rows]) => ({
          id: date,
          label: format.dayLine(zone.instantOf(`${date}T12:00`), now),
          open: !closed.has(date),
          count: rows.length,
          rows,
        }))}
        onGroup={(id, open) => {
          const next = new Set(closed);
          if (open) next.delete(id);
          else next.add(id);
          setClosed(next);
        }}
        columns={[
          {
            id: "what",
            label: t("followups.form.what"),
            header: true,
            cell: (followup) => (
              <span className={styles.line}>
                <Icon name={channelIcons[followup.channel]} size="s" />
                <span className="num">{format.time(Date.parse(followup.due.at))}</span>
                <span className="clip" lang={scriptLanguage(nameOf(followup))}>
                  {nameOf(followup)}
                </span>
                {conflicts.has(followup.id) && (
                  <Chip tone="bad" icon="columns">
                    {t("followups.slot.conflict")}
                  </Chip>
                )}
                {followup.chain !== null && (
                  <Chip icon="chain">{t("followups.chain", { position: followup.chain.position, total: followup.chain.of })}</Chip>
                )}
                {followup.pending && <WaitingChip />}
              </span>
            ),
          },
          {
            id: "contact",
            label: t("tasks.table.contact"),
            width: "24%",
            cell: (followup) => (
              <span className={styles.line}>
                <TenantMark tenantId={followup.tenantId} />
                <span className="clip" lang={followup.contact === null ? undefined : scriptLanguage(followup.contact.name)}>
                  {followup.contact?.name ?? t("tasks.card.no_contact")}
                </span>
              </span>
            ),
          },
          {
            id: "channel",
            label: t("followups.form.channel"),
            width: "150px",
            cell: (followup) =>
              needsAddress(followup) ? (
                <Chip tone="missing" icon="warning">
                  {followup.channel === "phone" ? t("followups.form.no_number") : t("followups.form.no_email")}
                </Chip>
              ) : (
                t(`followups.channel.${followup.channel}`)
              ),
          },
          {
            id: "assignee",
            label: t("followups.filter.assignee"),
            width: "140px",
            cell: (followup) => <Assignee person={followup.assignee} me={session.tenant(followup.tenantId)?.memberId} />,
          },
          {
            id: "status",
            label: t("followups.filter.status"),
            width: "120px",
            cell: (followup) => (
              <Chip
                tone={followup.status === "missed" ? "bad" : followup.status === "completed" ? "ok" : "plain"}
                icon={followup.status === "missed" ? "clock" : followup.status === "completed" ? "check" : undefined}
              >
                {t(`followups.status.${followup.status}`)}
              </Chip>
            ),
          },
        ]}
      />
    </div>
  );
}
