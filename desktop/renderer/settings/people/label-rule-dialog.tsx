import { locales } from "@switchboard/shared/i18n/languages.ts";
import {
  answerComparisons,
  labelRuleKinds,
  pageComparisons,
  readLabelRule,
  type AnswerRule,
  type LabelRule,
  type PageRule,
} from "@switchboard/shared/model/label-rules.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { check } from "@switchboard/shared/model/reading.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../ids.ts";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Segmented } from "../../ui/choices.tsx";
import { MultiCombobox } from "../../ui/combobox.tsx";
import { Dialog, DialogActs } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useErrors } from "../use-errors.ts";
import { languageChoices } from "./language-choices.ts";
import type { Question } from "./rule-words.ts";
import { useWhyNot } from "./use-deed.ts";
import styles from "./people.module.css";

export interface RuleLabel {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}

export interface LabelRuleDialogProps {
  readonly rule: LabelRule | undefined;
  readonly labels: readonly RuleLabel[];
  readonly questions: readonly Question[];
  readonly onRule: (rule: LabelRule) => void;
  readonly onClose: () => void;
}

/** What was chosen for one kind is still there after a look at another. */
interface Draft {
  readonly labelId: string | null;
  readonly when: LabelRule["when"];
  readonly languages: readonly string[];
  readonly page: Pick<PageRule, "compare" | "text">;
  readonly answer: Pick<AnswerRule, "compare" | "text"> & { readonly question: string | null };
}

function draftOf(rule: LabelRule | undefined, { labels, questions }: Pick<LabelRuleDialogProps, "labels" | "questions">): Draft {
  const asked = rule?.when === "answer" ? rule.question : questions.length === 1 ? questions[0]?.key : undefined;
  return {
    labelId: labels.find(({ id }) => id === rule?.labelId)?.id ?? null,
    when: rule?.when ?? "language",
    languages: rule?.when === "language" ? rule.languages : [],
    page: rule?.when === "page" ? { compare: rule.compare, text: rule.text } : { compare: "contains", text: "" },
    answer: {
      ...(rule?.when === "answer" ? { compare: rule.compare, text: rule.text } : { compare: "is" as const, text: "" }),
      question: questions.find(({ key }) => key === asked)?.key ?? null,
    },
  };
}

function ruleOf({ labelId, when, languages, page, answer }: Draft, id: string): LabelRule {
  const put = { id, labelId: labelId ?? "" };
  switch (when) {
    case "language":
      return { ...put, when, languages };
    case "page":
      return { ...put, when, ...page };
    case "answer":
      return { ...put, when, ...answer, question: answer.question ?? "" };
  }
}

/** One rule, checked by the server's own reader before it is saved. */
export function LabelRuleDialog({ rule, labels, questions, onRule, onClose }: LabelRuleDialogProps) {
  const { t } = useTranslation();
  const errors = useErrors();
  const ticker = useTicker();
  const whyNot = useWhyNot();
  const [id] = useState(() => rule?.id ?? newId(ticker.now()));
  const [draft, setDraft] = useState(() => draftOf(rule, { labels, questions }));
  const [tried, setTried] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  const checked = check(readLabelRule, ruleOf(draft, id));
  const errorAt = (field: string) => {
    const problem = tried && !checked.ok ? checked.problems.find(({ at }) => at.split(".", 1)[0] === field) : undefined;
    return problem && errors.ofField(problem);
  };
  const save = () => {
    setTried(true);
    if (!checked.ok || whyNot !== undefined) return;
    onRule(checked.value);
    onClose();
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={rule === undefined ? t("people.label_rules.new") : t("people.label_rules.edit")}
      footer={
        <DialogActs onCancel={onClose} blocked={whyNot} type="submit" form="label-rule">
          {t("common.save")}
        </DialogActs>
      }
    >
      <form
        id="label-rule"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t("people.label_rules.label")} help={t("people.label_rules.label_help")} error={errorAt("labelId")}>
          <Select<string | null>
            value={draft.labelId}
            onValue={(labelId) => change({ labelId })}
            placeholder={t("people.label_rules.label_choose")}
            choices={labels.map(({ id: value, name, colour }) => ({
              value,
              label: name,
              mark: <span className={styles.swatch} style={{ backgroundColor: colour }} />,
            }))}
          />
        </Field>
        <Segmented
          label={t("people.label_rules.put")}
          value={draft.when}
          onValue={(when) => change({ when })}
          segments={labelRuleKinds.map((value) => ({ value, label: t(`people.label_rules.kind.${value}`) }))}
        />
        {draft.when === "language" && (
          <LanguageFields value={draft.languages} onValue={(languages) => change({ languages })} error={errorAt("languages")} />
        )}
        {draft.when === "page" && <PageFields value={draft.page} onValue={(page) => change({ page })} error={errorAt("text")} />}
        {draft.when === "answer" && (
          <AnswerFields value={draft.answer} questions={questions} onValue={(answer) => change({ answer })} errorAt={errorAt} />
        )}
      </form>
    </Dialog>
  );
}

interface FieldsOf<T> {
  readonly value: T;
  readonly onValue: (value: T) => void;
}

function LanguageFields({ value, onValue, error }: FieldsOf<readonly string[]> & { readonly error: string | undefined }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  return (
    <Field label={t("people.label_rules.languages")} help={t("people.label_rules.languages_help")} error={error}>
      <MultiCombobox
        aria-label={t("people.label_rules.languages")}
        placeholder={t("people.label_rules.languages_choose")}
        choices={languageChoices(locales[language], value)}
        value={value}
        onValue={onValue}
      />
    </Field>
  );
}

function PageFields({ value, onValue, error }: FieldsOf<Draft["page"]> & { readonly error: string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <Compare value={value.compare} choices={pageComparisons} onValue={(compare) => onValue({ ...value, compare })} />
      <Field label={t("people.label_rules.page")} help={t("people.label_rules.page_help")} error={error}>
        <TextInput value={value.text} onValue={(text) => onValue({ ...value, text })} limit={limits.labelRuleText} />
      </Field>
    </>
  );
}

function AnswerFields({
  value,
  onValue,
  questions,
  errorAt,
}: FieldsOf<Draft["answer"]> & { readonly questions: readonly Question[]; readonly errorAt: (field: string) => string | undefined }) {
  const { t } = useTranslation();
  const choices = questions.find(({ key }) => key === value.question)?.choices ?? [];
  return (
    <>
      <Field
        label={t("people.label_rules.question")}
        help={questions.length === 0 ? t("people.label_rules.no_questions") : t("people.label_rules.question_help")}
        error={errorAt("question")}
      >
        <Select<string | null>
          value={value.question}
          onValue={(question) => onValue({ ...value, question, text: "" })}
          placeholder={t("people.label_rules.question_choose")}
          disabled={questions.length === 0}
          choices={questions.map(({ key, label }) => ({ value: key, label }))}
        />
      </Field>
      <Compare value={value.compare} choices={answerComparisons} onValue={(compare) => onValue({ ...value, compare })} />
      <Field label={t("people.label_rules.answer")} error={errorAt("text")}>
        {value.compare === "is" && choices.length > 0 ? (
          <Select<string | null>
            value={choices.find((choice) => choice === value.text) ?? null}
            onValue={(text) => onValue({ ...value, text: text ?? "" })}
            placeholder={t("people.label_rules.answer_choose")}
            choices={choices.map((choice) => ({ value: choice, label: choice }))}
          />
        ) : (
          <TextInput value={value.text} onValue={(text) => onValue({ ...value, text })} limit={limits.labelRuleText} />
        )}
      </Field>
    </>
  );
}

type Comparison = PageRule["compare"] | AnswerRule["compare"];

function Compare<C extends Comparison>(props: {
  readonly value: C;
  readonly choices: readonly C[];
  readonly onValue: (compare: C) => void;
}) {
  const { t } = useTranslation();
  const nameOf = (value: Comparison) => t(`people.label_rules.comparison.${value}`);
  return (
    <Field label={t("people.label_rules.compare")}>
      <Select value={props.value} onValue={props.onValue} choices={props.choices.map((value) => ({ value, label: nameOf(value) }))} />
    </Field>
  );
}
