import type { FollowupReport, TaskReport } from "@switchboard/shared/api/reports.ts";
import type { PeriodUnit } from "@switchboard/shared/model/report-periods.ts";
import { periodUnits } from "@switchboard/shared/model/report-periods.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBridge } from "../live.tsx";
import { useActs } from "../inbox/use-acts.ts";
import { useSession } from "../session/session-context.tsx";
import { useZone } from "../tasks/task-marks.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Segmented } from "../ui/choices.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { Chip, TenantTile } from "../ui/marks.tsx";
import { Select } from "../ui/select.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { BarChart } from "./bar-chart.tsx";
import { BlockTable } from "./block-table.tsx";
import { followupBlocks, followupFigures, isEmpty, taskBlocks, taskFigures, type Block, type ReportSubject } from "./report-blocks.ts";
import { useReport } from "./use-report.ts";
import styles from "./reports-page.module.css";

const ranges = [7, 30, 90, 365] as const;
type Days = (typeof ranges)[number];
const usualUnit: Record<Days, PeriodUnit> = { 7: "day", 30: "week", 90: "week", 365: "month" };
const subjects = ["tasks", "followups"] as const satisfies readonly ReportSubject[];

export interface ReportsPageProps {
  readonly subject: ReportSubject;
  readonly onSubject: (subject: ReportSubject) => void;
  readonly offline: boolean;
}

export function ReportsPage({ subject: wanted, onSubject, offline }: ReportsPageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tenants, scope } = useSession();
  const { port } = useBridge();
  const { refused } = useActs();
  const toasts = useToasts();
  const now = useMinute();
  const reader = useZone();
  const [chosen, setChosen] = useState<string>();
  const [days, setDays] = useState<Days>(30);
  const [by, setBy] = useState<PeriodUnit>(usualUnit[30]);
  const [view, setView] = useState<"chart" | "table">("chart");

  const maySee = (permissions: readonly string[], subject: ReportSubject) =>
    permissions.includes("reports.read") && permissions.includes(`${subject}.manage`);
  const readable = tenants.filter(
    (one) =>
      (scope === "all" || scope[0] === one.tenantId) &&
      one.state !== "choose" &&
      one.state !== "locked" &&
      subjects.some((each) => maySee(one.permissions, each)),
  );
  const tenant = readable.find((one) => one.tenantId === chosen) ?? readable[0];
  const offered = subjects.filter((each) => tenant !== undefined && maySee(tenant.permissions, each));
  const subject = offered.includes(wanted) ? wanted : (offered[0] ?? wanted);
  const today = createZone(tenant?.zone ?? "UTC").dateAt(now);
  const { report, loading, error, again } = useReport({ tenantId: tenant?.tenantId, subject, days, by, today, offline });

  const words = { t, format, day: (date: string) => format.shortDate(reader.instantOf(`${date}T12:00`), now) };
  // What was asked for as this subject is answered as this subject.
  const blocks =
    report === undefined
      ? []
      : subject === "tasks"
        ? taskBlocks(report as TaskReport, words)
        : followupBlocks(report as FollowupReport, words);
  const figures =
    report === undefined
      ? []
      : subject === "tasks"
        ? taskFigures(report as TaskReport, words)
        : followupFigures(report as FollowupReport, words);

  const save = (table: Block["table"]) => {
    if (tenant === undefined || report === undefined) return;
    const { from, to } = report;
    port.command("api", { tenantId: tenant.tenantId, name: "reports.export", query: { from, to, by: report.by, table } }).then((answer) => {
      const { fileName, csv } = answer as { fileName: string; csv: string }; // presented by the contract of this name
      const address = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
      Object.assign(document.createElement("a"), { href: address, download: fileName }).click();
      // Not before the browser has begun to read it.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      toasts.say(t("reports.page.exported", { file: fileName }));
    }, refused);
  };

  const content = () => {
    if (tenant === undefined)
      return (
        <EmptyState icon="lock" title={t("reports.denied.title")}>
          {t("reports.denied.line")}
        </EmptyState>
      );
    if (report === undefined) {
      if (offline) return <EmptyState icon="reports" title={t("reports.page.offline_none")} />;
      if (error !== undefined)
        return (
          <ErrorState title={t("reports.error.title")} onRetry={again} details={{ ...error, at: now }}>
            {t("reports.error.line")}
          </ErrorState>
        );
      return <Skeleton rows={8} look="line" />;
    }
    const time = format.dayTime(Date.parse(report.asOf), now);
    return (
      <>
        <div className={styles.about}>
          <TenantTile letters={tenant.tag} colour={tenant.colour} small={true} />
          <h2>{t("reports.page.title_of", { tenant: tenant.name, from: words.day(report.from), to: words.day(report.to) })}</h2>
          <span className={cx(styles.asOf, (offline || error !== undefined) && styles.old)} role="status">
            {(offline || error !== undefined) && <Icon name="warning" size="s" />}
            {offline
              ? t("reports.page.offline", { time })
              : error === undefined
                ? t("reports.page.as_of", { time })
                : t("reports.page.not_reloaded", { time })}
          </span>
        </div>
        <dl className={styles.figures}>
          {figures.map((figure) => (
            <div key={figure.id} className={styles.figure}>
              <dt>{figure.label}</dt>
              <dd className={cx(figure.bad === true && styles.bad)}>{figure.value}</dd>
              {figure.line !== undefined && <dd className={styles.line}>{figure.line}</dd>}
            </div>
          ))}
        </dl>
        {isEmpty(blocks) ? (
          <EmptyState icon="reports" title={t("reports.empty.title")}>
            {t("reports.empty.line")}
          </EmptyState>
        ) : (
          blocks
            .filter(({ rows }) => rows.length > 0)
            .map((block) => (
              <section key={block.table} className={styles.block} aria-label={block.title}>
                <header className={styles.blockHead}>
                  <h3>{block.title}</h3>
                  <Button
                    size="s"
                    kind="quiet"
                    icon="download"
                    blocked={offline ? t("reports.page.export_offline") : undefined}
                    onClick={() => save(block.table)}
                  >
                    {t("reports.page.export")}
                  </Button>
                </header>
                {view === "chart" ? <BarChart block={block} /> : <BlockTable block={block} />}
              </section>
            ))
        )}
      </>
    );
  };

  return (
    <div className={styles.page} data-region="page" tabIndex={-1}>
      <header className={styles.head}>
        <h1>{t("console.section.reports")}</h1>
        <Chip icon="lock">{t("reports.page.admins_only")}</Chip>
        <span className="grow" />
        <Segmented
          label={t("reports.view.label")}
          value={view}
          onValue={setView}
          segments={[
            { value: "chart", label: t("reports.view.chart"), icon: "reports" },
            { value: "table", label: t("reports.view.table"), icon: "list" },
          ]}
        />
        <IconButton icon="refresh" label={t("reports.page.refresh")} disabled={offline || loading} onClick={again} />
      </header>
      <div className={styles.filters}>
        {readable.length > 1 && (
          <Select
            small={true}
            lead={t("reports.page.tenant")}
            aria-label={t("reports.page.tenant")}
            value={tenant?.tenantId}
            onValue={(next) => setChosen(next)}
            choices={readable.map((one) => ({
              value: one.tenantId,
              label: one.name,
              mark: <TenantTile letters={one.tag} colour={one.colour} small={true} />,
            }))}
          />
        )}
        {offered.length > 1 && (
          <Segmented
            label={t("reports.page.subject")}
            value={subject}
            onValue={onSubject}
            segments={offered.map((each) => ({ value: each, label: t(`reports.subject.${each}`) }))}
          />
        )}
        <Select
          small={true}
          lead={t("reports.page.range")}
          aria-label={t("reports.page.range")}
          value={days}
          onValue={(next) => {
            setDays(next);
            setBy(usualUnit[next]);
          }}
          choices={ranges.map((value) => ({ value, label: t(`reports.range.last_${value}`) }))}
        />
        <Select
          small={true}
          lead={t("reports.page.by")}
          aria-label={t("reports.page.by")}
          value={by}
          onValue={setBy}
          choices={periodUnits.map((value) => ({ value, label: t(`reports.by.${value}`) }))}
        />
      </div>
      <div className={styles.content} aria-busy={loading || undefined}>
        {content()}
      </div>
    </div>
  );
}
