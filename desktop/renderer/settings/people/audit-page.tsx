/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { AuditEntry } from "@switchboard/shared/api/audit.ts";
import { addDays, type PlainDate } from "@switchboard/shared/model/dates.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { DatePicker } from "../../ui/date-picker.tsx";
import { Field } from "../../ui/field.tsx";
import { Chip } from "../../ui/marks.tsx";
import { Select } from "../../ui/select.tsx";
import { Alert } from "../../ui/states.tsx";
import { useToasts } from "../../ui/toast-context.ts";
import { PageFrame } from "../page-frame.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useAnswer, useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { AuditDetail } from "./audit-detail.tsx";
import { download } from "./download.ts";
import { auditCalls, teamCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { useAuditSentence } from "./use-audit-sentence.ts";
import { usePages } from "./use-pages.ts";
import { useDeviceWords } from "./use-device-words.ts";
import styles from "./people.module.css";

const everything = "";
/** Somebody of the installation, not of the tenant: such lines stand out. */
const isPlatform = ({ actor: { kind } }: AuditEntry) => kind === "support" || kind === "platform";

/** Kinds that stand in the installation's own trail and never in a tenant's. */
const elsewhere: ReadonlySet<string> = new Set(["account", "session", "platform", "message"]);

/** Where a day begins, or ends, on the reader's own wall. */
function dayEdge(date: PlainDate | null, end: boolean, zone: string): string | undefined {
  if (date === null) return undefined;
  const at = createZone(zone).startOf(end ? addDays(date, 1) : date);
  return new Date(end ? at - 1 : at).toISOString();
}

/** What happened, who did it, when. It can be read, filtered, taken along and checked; nobody can change it. */
export function AuditPage() {
  const { t } = useTranslation();
  const { holds, offline } = useSettingsPlace();
  const format = useFormat();
  const wordsOf = useDeviceWords();
  const ticker = useTicker();
  const ask = useAskServer();
  const errors = useErrors();
  const toasts = useToasts();
  // Whoever has left is not on this computer any more, and stays in the trail.
  const members = usePages(teamCalls.listMembers, { status: "all" }, { changes: ["member."], enabled: holds("team.read"), all: true });
  const types = useAnswer(auditCalls.types, {});
  const [type, setType] = useState<string>(everything);
  const [memberId, setMemberId] = useState<string>(everything);
  const [from, setFrom] = useState<PlainDate | null>(null);
  const [to, setTo] = useState<PlainDate | null>(null);
  const today = createZone(format.zone).dateAt(ticker.now());
  const [open, setOpen] = useState<AuditEntry>();
  const [checked, setChecked] = useState<"busy" | { readonly entries: number; readonly brokenAt: number | null }>();
  const edges = { from: dayEdge(from, false, format.zone), to: dayEdge(to, true, format.zone) };
  const filters: Readonly<Record<string, string>> = {
    ...(type === everything ? {} : { type }),
    ...(memberId === everything ? {} : { memberId }),
    ...(edges.from === undefined ? {} : { from: edges.from }),
    ...(edges.to === undefined ? {} : { to: edges.to }),
  };
  // Every logged event is an entry.
  const trail = usePages(auditCalls.list, filters, { changes: [""] });
  const filtered = Object.keys(filters).length > 0;
  const clear = () => {
    setType(everything);
    setMemberId(everything);
    setFrom(null);
    setTo(null);
  };
  const groups = [...new Set((types.data?.items ?? []).map((one) => one.split(".")[0] ?? one))].filter((group) => !elsewhere.has(group));
  const say = useAuditSentence();
  const check = async () => {
    setChecked("busy");
    try {
      setChecked(await ask(auditCalls.verify));
    } catch (error) {
      setChecked(undefined);
      errors.say(error);
    }
  };
  const save = async () => {
    try {
      const { fileName, csv, complete } = await ask(auditCalls.export, { query: filters });
      download(fileName, csv, "text/csv");
      if (!complete) toasts.say(t("people.audit.newest_only", { most: format.number(limits.auditExport) }), { tone: "warn" });
    } catch (error) {
      errors.say(error);
    }
  };
  const unreachable = offline ? t("settings.read_only.offline") : undefined;
  return (
    <PageFrame
      id="audit"
      wide={true}
      loaded={trail.items !== undefined || filtered}
      error={trail.error}
      onRetry={trail.reload}
      actions={
        <>
          <Button icon="shield" blocked={unreachable} disabled={checked === "busy"} onClick={() => void check()}>
            {t("people.audit.verify")}
          </Button>
          <Button icon="download" blocked={unreachable} onClick={() => void save()}>
            {t("people.audit.export")}
          </Button>
        </>
      }
    >
      {checked !== undefined && checked !== "busy" && (
        <Alert tone={checked.brokenAt === null ? "plain" : "bad"} icon={checked.brokenAt === null ? "verified" : "alert"} urgent={true}>
          {checked.brokenAt === null
            ? t("people.audit.intact", { count: checked.entries })
            : t("people.audit.broken", { number: String(checked.brokenAt) })}
        </Alert>
      )}
      <div className={styles.tools}>
        <Field label={t("people.audit.what")}>
          <Select
            small={true}
            value={type}
            onValue={setType}
            choices={[
              { value: everything, label: t("people.audit.everything") },
              ...groups
                .map((group) => ({ value: `${group}.`, label: t(`audit.group.${group}` as "audit.group.member") }))
                .toSorted((a, b) => a.label.localeCompare(b.label)),
            ]}
          />
        </Field>
        <Field label={t("people.audit.who")}>
          <Select
            small={true}
            value={memberId}
            onValue={setMemberId}
            choices={[
              { value: everything, label: t("people.audit.everybody") },
              ...(members.items ?? []).map(({ id, name, status }) => ({
                value: id,
                label: status === "removed" ? t("people.audit.gone", { name }) : name,
              })),
            ]}
          />
        </Field>
        <Field label={t("people.audit.from")}>
          <DatePicker
            small={true}
            label={t("people.audit.from")}
            value={from}
            today={today}
            onValue={setFrom}
            placeholder={t("people.audit.any_day")}
          />
        </Field>
        <Field label={t("people.audit.to")}>
          <DatePicker
            small={true}
            label={t("people.audit.to")}
            value={to}
            today={today}
            onValue={setTo}
            placeholder={t("people.audit.any_day")}
          />
        </Field>
        {filtered && (
          <Button kind="quiet" onClick={clear}>
            {t("people.audit.clear")}
          </Button>
        )}
      </div>
      {trail.items?.length === 0 && <p className={styles.help}>{filtered ? t("people.audit.no_match") : t("people.audit.empty")}</p>}
      {trail.items !== undefined && trail.items.length > 0 && (
        <PlainTable
          label={t("settings.page.audit.title")}
          rows={trail.items}
          keyOf={({ seq }) => String(seq)}
          marked={isPlatform}
          columns={[
            {
              id: "when",
              label: t("people.audit.when"),
              cell: ({ at }) => (
                <span className={styles.when} title={format.full(Date.parse(at))}>
                  {format.dayTime(Date.parse(at), ticker.now())}
                </span>
              ),
            },
            {
              id: "what",
              label: t("people.audit.what"),
              header: true,
              cell: (entry) => (
                <span className={styles.line}>
                  <span className={styles.sentence}>{say(entry)}</span>
                  {isPlatform(entry) && (
                    <Chip tone="warn" icon="shield">
                      {t("people.audit.super_admin")}
                    </Chip>
                  )}
                  {entry.actor.kind === "support" && entry.actor.reason !== null && entry.payload["reason"] === undefined && (
                    <span className={styles.small}>{entry.actor.reason}</span>
                  )}
                </span>
              ),
            },
            {
              id: "where",
              label: t("people.audit.where"),
              cell: ({ actor: { device, address } }) => (
                <span className={styles.small} title={address ?? undefined}>
                  {device === null ? "" : wordsOf(device)}
                </span>
              ),
            },
            {
              id: "details",
              label: t("people.audit.details"),
              labelHidden: true,
              width: "44px",
              cell: (entry) => (
                <IconButton
                  icon="info"
                  size="s"
                  label={t("people.audit.show", { number: String(entry.seq) })}
                  onClick={() => setOpen(entry)}
                />
              ),
            },
          ]}
        />
      )}
      {open !== undefined && <AuditDetail entry={open} sentence={say(open)} onClose={() => setOpen(undefined)} />}
      {trail.more !== undefined && (
        <div className={styles.more}>
          <Button onClick={trail.more}>{t("people.audit.older")}</Button>
        </div>
      )}
    </PageFrame>
  );
}
