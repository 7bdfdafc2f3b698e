import { locales } from "@switchboard/shared/i18n/languages.ts";
import type { LabelRule } from "@switchboard/shared/model/label-rules.ts";
import type { RoutingSettings } from "@switchboard/shared/model/settings.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { useNow } from "../../text/now.tsx";
import { Switch } from "../../ui/choices.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { Alert, Skeleton } from "../../ui/states.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useAnswer } from "../use-api.ts";
import { languageNamer } from "./language-choices.ts";
import { NumberField } from "./number-field.tsx";
import { labelCalls, routingCalls, teamCalls } from "./people-calls.ts";
import { useQuestions } from "./rule-words.ts";
import { staffFor, tryRules } from "./try-rules.ts";
import { usePages } from "./use-pages.ts";
import type { TeamFacts } from "./use-team.ts";
import styles from "./people.module.css";

interface Beginning {
  readonly language: string;
  readonly page: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** Rules are tried as they stand in the form, before they count. */
export function TryRouting({ routing, team }: { readonly routing: RoutingSettings; readonly team: TeamFacts }) {
  const { t } = useTranslation();
  const now = useNow();
  const available = useAnswer(routingCalls.availabilities, {}, { changes: ["availability.", "conversation.", "member."] }).data?.items;
  const members = usePages(teamCalls.listMembers, {}, { changes: ["member.", "team."], all: true }).items;
  const labels = useAnswer(labelCalls.list, {}, { changes: ["label."] }).data?.items;
  const [beginning, setBeginning] = useState<Beginning>({ language: "", page: "", answers: {} });
  const [teamId, setTeamId] = useState<string | null>(null);
  const [skills, setSkills] = useState("");
  const [last, setLast] = useState<string | null>(null);
  const [waited, setWaited] = useState<number | null>(0);
  const [everybody, setEverybody] = useState(false);
  if (available === undefined || members === undefined || labels === undefined) return <Skeleton rows={3} look="line" />;
  const words = skills
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const waitedSeconds = waited === null || Number.isNaN(waited) ? 0 : waited;
  const visitor = { ...beginning, teamId, labels: words, lastOperatorId: last, waitedSeconds };
  const { decision, put, skills: asked } = tryRules(routing, { staff: staffFor(available, members, everybody), labels }, visitor, now);
  const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? "";
  const teamOf = (id: string | null) => (id === null ? "" : (team.teamName(id) ?? ""));
  const why =
    decision.kind === "queue"
      ? t(`routing.queued.${decision.reason}`, { team: teamOf(teamId), skills: asked.join(", ") })
      : decision.reason.code === "last_operator"
        ? t("routing.assigned.last_operator")
        : decision.reason.teamId === null
          ? t(`routing.assigned.${decision.reason.code}`)
          : t(`routing.assigned.${decision.reason.code}_in_team`, { team: teamOf(decision.reason.teamId) });
  return (
    <section className={styles.tries} aria-label={t("people.try.title")}>
      <p className={styles.help}>{t("people.try.line")}</p>
      <div className={styles.tools}>
        <Field label={t("people.try.team")}>
          <Select
            value={teamId}
            onValue={setTeamId}
            choices={[
              { value: null, label: t("people.try.no_team") },
              ...(team.teams ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
        <Field label={t("people.try.last")}>
          <Select
            value={last}
            onValue={setLast}
            choices={[{ value: null, label: t("people.try.new_visitor") }, ...members.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </Field>
        <BeginningFields rules={routing.labelRules} value={beginning} onValue={setBeginning} />
        <Field label={t("people.try.skills")}>
          <TextInput value={skills} onValue={setSkills} placeholder={t("people.try.skills_hint")} />
        </Field>
        <Field label={t("people.try.waited")}>
          <NumberField value={waited} unit={t("people.seconds")} onValue={setWaited} />
        </Field>
      </div>
      <Switch checked={everybody} onChecked={setEverybody} label={t("people.try.everybody")} />
      <output>
        <Alert
          tone="plain"
          icon={decision.kind === "assign" ? "user" : "inbox"}
          title={decision.kind === "assign" ? t("people.try.gets", { name: nameOf(decision.memberId) }) : t("people.try.queue")}
        >
          {why}
          {decision.kind === "assign" &&
            decision.reason.skills.length > 0 &&
            ` · ${t("routing.skills", { skills: decision.reason.skills.join(", ") })}`}
          {put.length > 0 && ` · ${t("people.try.put", { labels: put.join(", ") })}`}
        </Alert>
      </output>
    </section>
  );
}

/** What the label rules ask about, and nothing else. */
function BeginningFields(props: {
  readonly rules: readonly LabelRule[];
  readonly value: Beginning;
  readonly onValue: (value: Beginning) => void;
}) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { rules, value, onValue } = props;
  const nameOf = languageNamer(locales[language]);
  const languages = [...new Set(rules.flatMap((rule) => (rule.when === "language" ? rule.languages : [])))];
  const asked = new Set(rules.flatMap((rule) => (rule.when === "answer" ? rule.question : [])));
  const questions = (useQuestions() ?? []).filter(({ key }) => asked.has(key));
  return (
    <>
      {languages.length > 0 && (
        <Field label={t("people.label_rules.kind.language")}>
          <Select
            value={value.language}
            onValue={(chosen) => onValue({ ...value, language: chosen })}
            choices={[
              { value: "", label: t("people.try.other_language") },
              ...languages.map((code) => ({ value: code, label: nameOf(code) })),
            ]}
          />
        </Field>
      )}
      {rules.some(({ when }) => when === "page") && (
        <Field label={t("people.label_rules.page")}>
          <TextInput value={value.page} onValue={(page) => onValue({ ...value, page })} />
        </Field>
      )}
      {questions.map(({ key, label }) => (
        <Field key={key} label={label}>
          <TextInput
            value={value.answers[key] ?? ""}
            onValue={(answer) => onValue({ ...value, answers: { ...value.answers, [key]: answer } })}
          />
        </Field>
      ))}
    </>
  );
}
