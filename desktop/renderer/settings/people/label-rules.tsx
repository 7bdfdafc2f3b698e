/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { LabelRule } from "@switchboard/shared/model/label-rules.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import type { Settings } from "@switchboard/shared/model/settings.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button.tsx";
import { Chip } from "../../ui/marks.tsx";
import { Menu } from "../../ui/menu.tsx";
import { EmptyState, Skeleton } from "../../ui/states.tsx";
import { Rows } from "../rows.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useAnswer } from "../use-api.ts";
import type { SettingsDocument } from "../use-settings-document.ts";
import { LabelRuleDialog, type RuleLabel } from "./label-rule-dialog.tsx";
import { labelCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { useQuestions, useRuleSentence } from "./rule-words.ts";
import { useWhyNot } from "./use-deed.ts";
import styles from "./people.module.css";

/** Labels that new conversations are given by themselves. A rule counts as soon as it is made, with an undo, as a switch does. */
export function LabelRules({
  rules,
  document,
}: {
  readonly rules: readonly LabelRule[];
  readonly document: SettingsDocument<Settings["routing"]>;
}) {
  const { t } = useTranslation();
  const whyNot = useWhyNot();
  const { go } = useSettingsPlace();
  const labels = useAnswer(labelCalls.list, {}, { changes: ["label."] });
  const questions = useQuestions();
  const sentence = useRuleSentence(questions);
  const [editing, setEditing] = useState<LabelRule | "new">();
  const known = labels.data?.items;
  const put = (change: (rules: readonly LabelRule[]) => readonly LabelRule[]) =>
    document.saveNow((before) => ({ ...before, labelRules: change(before.labelRules) }));
  const keep = (rule: LabelRule) =>
    put((before) => (before.some(({ id }) => id === rule.id) ? before.map((one) => (one.id === rule.id ? rule : one)) : [...before, rule]));
  const create = (
    <Button
      icon="plus"
      blocked={whyNot ?? (rules.length >= limits.labelRules ? t("people.label_rules.full", { most: limits.labelRules }) : undefined)}
      onClick={() => setEditing("new")}
    >
      {t("people.label_rules.new")}
    </Button>
  );
  const list = () => {
    if (rules.length === 0 && known?.length === 0)
      return (
        <EmptyState
          icon="tag"
          title={t("people.label_rules.no_labels")}
          action={<Button onClick={() => go("labels")}>{t("settings.page.labels.title")}</Button>}
        >
          {t("people.label_rules.no_labels_line")}
        </EmptyState>
      );
    if (rules.length === 0)
      return (
        <EmptyState icon="tag" title={t("people.label_rules.empty")} action={create}>
          {t("people.label_rules.empty_line")}
        </EmptyState>
      );
    return (
      <>
        <PlainTable
          label={t("people.label_rules.title")}
          rows={rules}
          keyOf={({ id }) => id}
          columns={[
            {
              id: "label",
              label: t("people.label_rules.label"),
              header: true,
              width: "180px",
              cell: ({ labelId }) => <LabelOf id={labelId} labels={known} />,
            },
            { id: "when", label: t("people.label_rules.put"), cell: (rule) => <span className={styles.sentence}>{sentence(rule)}</span> },
            {
              id: "acts",
              label: t("people.acts"),
              labelHidden: true,
              width: "48px",
              cell: (rule) => (
                <Menu
                  align="end"
                  trigger={<IconButton icon="more" label={t("people.label_rules.more", { when: sentence(rule) })} />}
                  entries={[
                    {
                      id: "edit",
                      label: t("people.label_rules.edit"),
                      icon: "pencil",
                      disabled: whyNot !== undefined,
                      run: () => setEditing(rule),
                    },
                    {
                      id: "remove",
                      label: t("people.label_rules.remove"),
                      icon: "trash",
                      disabled: whyNot !== undefined,
                      run: () => put((before) => before.filter(({ id }) => id !== rule.id)),
                    },
                  ]}
                />
              ),
            },
          ]}
        />
        <div className={styles.below}>{create}</div>
      </>
    );
  };
  return (
    <Rows title={t("people.label_rules.title")}>
      <p className={styles.lead}>{t("people.label_rules.line")}</p>
      {known === undefined && labels.error === undefined ? <Skeleton rows={2} look="line" /> : list()}
      {editing !== undefined && known !== undefined && questions !== undefined && (
        <LabelRuleDialog
          rule={editing === "new" ? undefined : editing}
          labels={known}
          questions={questions}
          onRule={keep}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Rows>
  );
}

/** One that is gone says so: its rule does nothing any more. */
function LabelOf({ id, labels }: { readonly id: string; readonly labels: readonly RuleLabel[] | undefined }) {
  const { t } = useTranslation();
  const label = labels?.find((one) => one.id === id);
  if (label === undefined)
    return labels === undefined ? null : (
      <Chip tone="warn" icon="warning">
        {t("people.label_rules.label_gone")}
      </Chip>
    );
  return (
    <span className={styles.line}>
      <span className={styles.swatch} style={{ backgroundColor: label.colour }} />
      {label.name}
    </span>
  );
}
