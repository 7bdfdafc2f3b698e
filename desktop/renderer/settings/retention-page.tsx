import type { RetentionPreview } from "@switchboard/shared/api/retention.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { checkSettings, type RetentionSettings } from "@switchboard/shared/model/settings.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { Switch } from "../ui/choices.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { retentionCalls, tenantCalls } from "./calls.ts";
import { keepsShorter } from "./keeps-shorter.ts";
import { NumberInput } from "./number-input.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useAnswer, useAskServer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import { useSettingsDocument } from "./use-settings-document.ts";
import { VersionHistory } from "./version-history.tsx";
import styles from "./settings.module.css";

/** What a rule begins with when "for ever" is turned off. */
const usual: Readonly<Record<keyof RetentionSettings, number>> = { conversationDays: 730, workDays: 730, contactDays: 1_095 };

interface Question {
  readonly counts: RetentionPreview;
  /** What was asked for: to save, or to go back to an earlier version. */
  readonly act: () => void;
}

/** How long what is finished is kept. A shorter time than before deletes for good, so it is asked about with what it would take. */
export function RetentionPage() {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  const document = useSettingsDocument("retention");
  const ask = useAskServer();
  const errors = useErrors();
  const said = useSaidCounts();
  const [question, setQuestion] = useState<Question>();
  const off = readOnly !== undefined;
  const { value, live } = document;

  /** Whether it may be done at once; else the person is asked, with the counts. */
  const mayAtOnce = async (rules: RetentionSettings, act: () => void): Promise<boolean> => {
    if (live === undefined || !checkSettings("retention", rules).ok || !keepsShorter(live, rules)) return true;
    const counts = await ask(retentionCalls.preview, { query: queryOf(rules) });
    setQuestion({ counts, act });
    return false;
  };
  const careful = {
    ...document,
    async save() {
      try {
        return (value === undefined || (await mayAtOnce(value, () => void document.save()))) && (await document.save());
      } catch (error) {
        errors.say(error);
        return false;
      }
    },
    async restore(version: number) {
      try {
        const { document: earlier } = await ask(tenantCalls.getSettingsVersion, { params: { kind: "retention", version } });
        // Checked and completed by the server, by the rules of this kind.
        const atOnce = await mayAtOnce(earlier as unknown as RetentionSettings, () => void document.restore(version));
        // Either way the list of versions has done its part: the question stands in its place.
        return atOnce ? await document.restore(version) : true;
      } catch (error) {
        errors.say(error);
        return false;
      }
    },
  };
  const rule = (name: keyof RetentionSettings, rules: RetentionSettings) => (
    <GroupRow
      label={t(`settings.retention.${name}`)}
      help={t(`settings.retention.${name}_help`)}
      error={document.errorAt(name)}
      onLeave={() => document.leave(name)}
    >
      <div className={styles.inline}>
        <Switch
          label={t("settings.retention.forever")}
          checked={rules[name] === null}
          disabled={off}
          onChecked={(forever) => document.update({ [name]: forever ? null : (live?.[name] ?? usual[name]) })}
        />
        {rules[name] !== null && (
          <NumberInput
            aria-label={t(`settings.retention.${name}`)}
            value={rules[name]}
            onValue={(days) => document.update({ [name]: days })}
            unit={t("settings.unit.days")}
            disabled={off}
          />
        )}
      </div>
    </GroupRow>
  );
  return (
    <PageFrame
      id="retention"
      loaded={value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={careful} />}
      bar={<PublishBar document={careful} />}
    >
      {value !== undefined && (
        <>
          <Rows title={t("settings.retention.rules")}>
            {rule("conversationDays", value)}
            {rule("workDays", value)}
            {rule("contactDays", value)}
          </Rows>
          <Rows title={t("settings.retention.night")}>
            <Preview rules={value} />
            <p className={styles.text}>{t("settings.retention.night_line")}</p>
            <p className={styles.text}>{t("settings.retention.audit_line")}</p>
          </Rows>
        </>
      )}
      <ConfirmDialog
        open={question !== undefined}
        title={t("settings.retention.shorter")}
        confirm={t("settings.retention.confirm")}
        keep={t("settings.retention.leave")}
        onConfirm={() => {
          question?.act();
          setQuestion(undefined);
        }}
        onKeep={() => setQuestion(undefined)}
      >
        {question !== undefined && said(question.counts, "shorter_line", "shorter_nothing")}
      </ConfirmDialog>
    </PageFrame>
  );
}

const queryOf = (rules: RetentionSettings): Partial<Record<keyof RetentionSettings, number>> =>
  Object.fromEntries(Object.entries(rules).filter(([, days]) => days !== null));

/** How much would go if what is on the screen counted now. */
function Preview({ rules }: { readonly rules: RetentionSettings }) {
  const { t } = useTranslation();
  const { readOnly, offline } = useSettingsPlace();
  const errors = useErrors();
  const said = useSaidCounts();
  const right = checkSettings("retention", rules).ok;
  const enabled = right && readOnly === undefined;
  const counts = useAnswer(retentionCalls.preview, { query: right ? queryOf(rules) : {} }, { changes: ["retention."], enabled });
  if (readOnly !== undefined && !offline) return null;
  const words = () => {
    if (offline) return t("settings.retention.offline");
    if (!right) return t("settings.retention.range", { least: limits.retentionDaysLeast, most: limits.retentionDaysMost });
    if (counts.error !== undefined) return errors.sentence(counts.error);
    return counts.data === undefined ? t("settings.retention.counting") : said(counts.data, "preview", "nothing");
  };
  return (
    <p className={styles.text}>
      <output>{words()}</output>
    </p>
  );
}

/** What there is something of, in a sentence; or the sentence that there is nothing. */
function useSaidCounts() {
  const { t } = useTranslation();
  const format = useFormat();
  return (counts: RetentionPreview, some: "preview" | "shorter_line", none: "nothing" | "shorter_nothing"): string => {
    const kinds = (["conversations", "tasks", "followups", "contacts"] as const).filter((kind) => counts[kind] > 0);
    if (kinds.length === 0) return t(`settings.retention.${none}`);
    return t(`settings.retention.${some}`, {
      items: format.list(kinds.map((kind) => t(`settings.retention.${kind}`, { count: counts[kind] }))),
    });
  };
}
