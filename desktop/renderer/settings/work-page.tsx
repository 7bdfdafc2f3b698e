import { limits } from "@switchboard/shared/model/limits.ts";
import { followupAssignments, type WorkSettings } from "@switchboard/shared/model/settings.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { remindWords } from "../tasks/reminder-choices.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Checkbox } from "../ui/choices.tsx";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { NumberInput } from "./number-input.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, Row, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useSettingsDocument, type SettingsDocument } from "./use-settings-document.ts";
import { VersionHistory } from "./version-history.tsx";
import styles from "./settings.module.css";

const offered = [0, 10, 15, 30, 60, 120, 1_440] as const;

/** What tasks and follow-ups start from for everybody who has not chosen otherwise. */
export function WorkPage() {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  const document = useSettingsDocument("work");
  const off = readOnly !== undefined;
  const value = document.value;
  return (
    <PageFrame
      id="work"
      loaded={value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
      bar={<PublishBar document={document} />}
    >
      {value !== undefined && (
        <>
          <Rows title={t("settings.work.followups")}>
            <Row
              label={t("settings.work.grace")}
              help={t("settings.work.grace_help")}
              error={document.errorAt("graceMinutes")}
              onLeave={() => document.leave("graceMinutes")}
              disabled={off}
            >
              <NumberInput
                value={value.graceMinutes}
                onValue={(graceMinutes) => document.update({ graceMinutes })}
                unit={t("settings.unit.minutes")}
                disabled={off}
              />
            </Row>
            <Row label={t("settings.work.assignment")} help={t("settings.work.assignment_help")} disabled={off}>
              <Select
                value={value.followupAssignment}
                onValue={(followupAssignment) => document.update({ followupAssignment })}
                disabled={off}
                choices={followupAssignments.map((way) => ({ value: way, label: t(`settings.work.assignments.${way}`) }))}
              />
            </Row>
            <FollowupTypes document={document} value={value} off={off} />
          </Rows>
          <Rows title={t("settings.work.reminders")}>
            <Reminders name="taskReminders" document={document} value={value} off={off} />
            <Reminders name="followupReminders" document={document} value={value} off={off} />
          </Rows>
        </>
      )}
    </PageFrame>
  );
}

interface PartProps {
  readonly document: SettingsDocument<WorkSettings>;
  readonly value: WorkSettings;
  readonly off: boolean;
}

function FollowupTypes({ document, value, off }: PartProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const add = () => {
    if (typed.trim() === "") return;
    document.update({ followupTypes: [...value.followupTypes, typed.trim()] });
    setTyped("");
  };
  const at = document.problems.findIndex((problem) => problem.at.startsWith("followupTypes."));
  const wrong = document.problems[at];
  return (
    <GroupRow
      label={t("settings.work.types")}
      help={t("settings.work.types_help")}
      error={
        wrong === undefined ? undefined : t("settings.work.type_wrong", { name: value.followupTypes[Number(wrong.at.split(".")[1])] ?? "" })
      }
    >
      {value.followupTypes.length > 0 && (
        <ul className={styles.tags}>
          {value.followupTypes.map((type, index) => (
            // Two of the same name stand in the list until one is taken away, so the place is the identity.
            <li key={`${index} ${type}`}>
              <span className="clip">{type}</span>
              <IconButton
                icon="close"
                size="s"
                label={t("ui.combobox.remove", { name: type })}
                disabled={off}
                onClick={() => document.update({ followupTypes: value.followupTypes.filter((_unused, other) => other !== index) })}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.adding}>
        <TextInput
          value={typed}
          onValue={setTyped}
          maxLength={limits.followupType}
          aria-label={t("settings.work.type_new")}
          placeholder={t("settings.work.type_new")}
          disabled={off}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            add();
          }}
        />
        <Button icon="plus" onClick={add} disabled={off}>
          {t("common.add")}
        </Button>
      </div>
    </GroupRow>
  );
}

function Reminders({ name, document, value, off }: PartProps & { readonly name: "taskReminders" | "followupReminders" }) {
  const { t } = useTranslation();
  const chosen = value[name];
  const all = [...new Set<number>([...offered, ...chosen])].toSorted((a, b) => a - b);
  const full = chosen.length >= limits.remindersPerItem;
  return (
    <GroupRow label={t(`settings.work.${name}`)} help={t("settings.work.reminders_help", { count: limits.remindersPerItem })}>
      <div className={styles.checks}>
        {all.map((minutes) => (
          <Checkbox
            key={minutes}
            label={remindWords(minutes, t)}
            checked={chosen.includes(minutes)}
            disabled={off || (full && !chosen.includes(minutes))}
            onChecked={(on) =>
              document.update({ [name]: on ? [...chosen, minutes].toSorted((a, b) => a - b) : chosen.filter((one) => one !== minutes) })
            }
          />
        ))}
      </div>
    </GroupRow>
  );
}
