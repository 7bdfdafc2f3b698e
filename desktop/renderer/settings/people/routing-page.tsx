import { strategies } from "@switchboard/shared/model/routing.ts";
import type { QueueRules } from "@switchboard/shared/model/settings.ts";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/choices.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Select } from "../../ui/select.tsx";
import { PageFrame } from "../page-frame.tsx";
import { PublishBar } from "../publish-bar.tsx";
import { GroupRow, Row, Rows } from "../rows.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useSettingsDocument } from "../use-settings-document.ts";
import { VersionHistory } from "../version-history.tsx";
import { LabelRules } from "./label-rules.tsx";
import { NumberField } from "./number-field.tsx";
import { TryRouting } from "./try-routing.tsx";
import { useTeam } from "./use-team.ts";
import styles from "./people.module.css";

/** Who gets a conversation: the tenant's rules, the teams that do it another way, and trying it before it counts. */
export function RoutingPage() {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  const document = useSettingsDocument("routing");
  const team = useTeam();
  const { value, update } = document;
  const off = readOnly !== undefined;
  const others = (team.teams ?? []).filter(({ id }) => value?.teams.every(({ teamId }) => teamId !== id) === true);
  const setTeam = (teamId: string, change: Partial<QueueRules>) =>
    update((before) => ({ ...before, teams: before.teams.map((one) => (one.teamId === teamId ? { ...one, ...change } : one)) }));
  const add = (teamId: string) =>
    update((before) => {
      const { capacity: _capacity, labelRules: _labelRules, teams, ...rules } = before;
      return { ...before, teams: [...teams, { ...rules, teamId }] };
    });
  return (
    <PageFrame
      id="routing"
      loaded={value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
      bar={<PublishBar document={document} />}
    >
      {value !== undefined && (
        <>
          <Rows>
            <RuleRows rules={value} at="" document={document} off={off} onChange={(change) => update(change)} />
            <Row
              label={t("people.routing.capacity")}
              help={t("people.routing.capacity_help")}
              error={document.errorAt("capacity")}
              disabled={off}
            >
              <NumberField
                value={value.capacity}
                onValue={(capacity) => update({ capacity: capacity ?? 0 })}
                onLeave={() => document.leave("capacity")}
              />
            </Row>
          </Rows>
          {value.teams.map((rules, index) => (
            <Rows
              key={rules.teamId}
              title={t("people.routing.of_team", { team: team.teamName(rules.teamId) ?? t("people.routing.gone_team") })}
            >
              <RuleRows
                rules={rules}
                at={`teams.${index}.`}
                document={document}
                off={off}
                onChange={(change) => setTeam(rules.teamId, change)}
              />
              <GroupRow label={<span className="vh">{t("people.acts")}</span>}>
                <Button
                  size="s"
                  disabled={off}
                  onClick={() => update((before) => ({ ...before, teams: before.teams.filter(({ teamId }) => teamId !== rules.teamId) }))}
                >
                  {t("people.routing.no_own")}
                </Button>
              </GroupRow>
            </Rows>
          ))}
          {others.length > 0 && (
            <div className={styles.above}>
              <Menu
                entries={others.map(({ id, name }) => ({ id, label: name, icon: "users", run: () => add(id) }))}
                trigger={
                  <Button icon="plus" disabled={off}>
                    {t("people.routing.add_team")}
                  </Button>
                }
              />
            </div>
          )}
          <LabelRules rules={value.labelRules} document={document} />
          <h2 className={styles.sub}>{t("people.try.title")}</h2>
          <TryRouting routing={value} team={team} />
        </>
      )}
    </PageFrame>
  );
}

function RuleRows(props: {
  readonly rules: QueueRules;
  readonly at: string;
  readonly document: { readonly errorAt: (path: string) => string | undefined; readonly leave: (path: string) => void };
  readonly off: boolean;
  readonly onChange: (change: Partial<QueueRules>) => void;
}) {
  const { t } = useTranslation();
  const { rules, at, document, off, onChange } = props;
  const field = (key: "skillWaitSeconds" | "teamWaitSeconds" | "answerWithinSeconds" | "passOnTimes") => ({
    error: document.errorAt(`${at}${key}`),
    onLeave: () => document.leave(`${at}${key}`),
    disabled: off,
  });
  return (
    <>
      <Row label={t("people.routing.strategy")} help={t(`people.routing.strategy_help.${rules.strategy}`)} disabled={off}>
        <Select
          value={rules.strategy}
          disabled={off}
          onValue={(strategy) => onChange({ strategy })}
          choices={strategies.map((strategy) => ({ value: strategy, label: t(`routing.strategy.${strategy}`) }))}
        />
      </Row>
      <GroupRow label={t("people.routing.last")}>
        <Switch
          checked={rules.preferLastOperator}
          disabled={off}
          onChecked={(preferLastOperator) => onChange({ preferLastOperator })}
          label={t("people.routing.last_help")}
        />
      </GroupRow>
      <Row label={t("people.routing.skill_wait")} help={t("people.routing.skill_wait_help")} {...field("skillWaitSeconds")}>
        <NumberField
          value={rules.skillWaitSeconds}
          unit={t("people.seconds")}
          onValue={(next) => onChange({ skillWaitSeconds: next ?? 0 })}
        />
      </Row>
      <Row label={t("people.routing.team_wait")} help={t("people.routing.team_wait_help")} {...field("teamWaitSeconds")}>
        <NumberField
          value={rules.teamWaitSeconds}
          unit={t("people.seconds")}
          never={t("people.routing.team_wait_never")}
          onValue={(teamWaitSeconds) => onChange({ teamWaitSeconds })}
        />
      </Row>
      <Row label={t("people.routing.answer")} help={t("people.routing.answer_help")} {...field("answerWithinSeconds")}>
        <NumberField
          value={rules.answerWithinSeconds}
          unit={t("people.seconds")}
          never={t("people.routing.answer_never")}
          onValue={(answerWithinSeconds) => onChange({ answerWithinSeconds })}
        />
      </Row>
      {rules.answerWithinSeconds !== null && (
        <Row label={t("people.routing.pass_on")} help={t("people.routing.pass_on_help")} {...field("passOnTimes")}>
          <NumberField value={rules.passOnTimes} onValue={(passOnTimes) => onChange({ passOnTimes: passOnTimes ?? 0 })} />
        </Row>
      )}
    </>
  );
}
