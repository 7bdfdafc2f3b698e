import { isTime } from "@switchboard/shared/model/dates.ts";
import { defaultFollowupReminders } from "@switchboard/shared/model/followups.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { reminderPreference, type ReminderChoice } from "@switchboard/shared/model/reminders.ts";
import { defaultTaskReminders } from "@switchboard/shared/model/tasks.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live.tsx";
import { remindWords } from "../tasks/reminder-choices.ts";
import { useZone } from "../tasks/task-marks.tsx";
import { useWorkTenants } from "../tasks/use-people.tsx";
import { useWorkActs } from "../tasks/use-work-acts.ts";
import { useFormat } from "../text/format-context.tsx";
import { Checkbox, Segmented, Switch } from "../ui/choices.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { TenantTile } from "../ui/marks.tsx";
import { parseTime } from "../ui/parse-time.ts";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import styles from "./my-reminders-dialog.module.css";

const offered = [0, 10, 30, 60, 120, 1_440, 2_880] as const;
const usualMorning = "08:00";

/** Small switches: each is saved at once, also offline, and undone from the notice. */
export function MyRemindersDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { act } = useWorkActs();
  const format = useFormat();
  const zone = useZone();
  const tenants = useWorkTenants("followups.manage");
  const [chosen, setChosen] = useState(tenants[0]?.tenantId);
  const [typed, setTyped] = useState<string>();
  const tenant = tenants.find((one) => one.tenantId === chosen) ?? tenants[0];
  const tenantId = tenant?.tenantId ?? "";
  const choice = useLive("reminders.choice", { tenantId }, { enabled: tenantId !== "" }).data;
  const save = (changes: Partial<ReminderChoice>) =>
    void act(
      { tenantId, name: "setPreference", args: { key: reminderPreference, value: { ...choice, ...changes } } },
      t("followups.reminders.saved"),
    );
  const digest = choice?.digest ?? null;

  return (
    <Dialog open={true} onClose={onClose} title={t("followups.reminders.title")}>
      <div className={styles.body}>
        <p className={styles.line}>{t("followups.reminders.line")}</p>
        {tenants.length > 1 && (
          <Select
            lead={t("followups.reminders.tenant")}
            aria-label={t("followups.reminders.tenant")}
            value={tenant?.tenantId}
            onValue={setChosen}
            choices={tenants.map((one) => ({
              value: one.tenantId,
              label: one.name,
              mark: <TenantTile letters={one.tag} colour={one.colour} small={true} />,
            }))}
          />
        )}
        {choice === undefined ? (
          <Skeleton rows={4} look="line" />
        ) : (
          <>
            <Times
              label={t("followups.reminders.tasks")}
              minutes={choice.tasks}
              usual={defaultTaskReminders}
              onMinutes={(tasks) => save({ tasks })}
            />
            <Times
              label={t("followups.reminders.followups")}
              minutes={choice.followups}
              usual={defaultFollowupReminders}
              onMinutes={(followups) => save({ followups })}
            />
            <Switch
              checked={digest !== null}
              onChecked={(on) => save({ digest: on ? { time: usualMorning, zone: zone.id } : null })}
              label={t("followups.reminders.digest")}
            />
            {digest !== null && (
              <Field label={t("followups.reminders.digest_at")} help={t("followups.reminders.zone", { zone: format.clockOf(digest.zone) })}>
                <TextInput
                  inputMode="numeric"
                  value={typed ?? digest.time}
                  onValue={setTyped}
                  onBlur={() => {
                    const time = parseTime(typed ?? "");
                    if (time != null && isTime(time) && time !== digest.time) save({ digest: { time, zone: zone.id } });
                    setTyped(undefined);
                  }}
                />
              </Field>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

interface TimesProps {
  readonly label: string;
  /** Null: as the tenant has it. */
  readonly minutes: readonly number[] | null;
  readonly usual: readonly number[];
  readonly onMinutes: (minutes: number[] | null) => void;
}

function Times({ label, minutes, usual, onMinutes }: TimesProps) {
  const { t } = useTranslation();
  const all = [...new Set([...offered, ...(minutes ?? [])])].toSorted((a, b) => a - b);
  const full = (minutes?.length ?? 0) >= limits.remindersPerItem;
  return (
    <fieldset className={styles.times}>
      <legend>{label}</legend>
      <Segmented
        label={label}
        value={minutes === null ? "usual" : "own"}
        onValue={(next) => onMinutes(next === "usual" ? null : [...usual])}
        segments={[
          { value: "usual", label: t("followups.reminders.usual") },
          { value: "own", label: t("followups.reminders.own") },
        ]}
      />
      {minutes !== null && (
        <div className={styles.checks} role="group" aria-label={t("followups.reminders.which")}>
          {all.map((each) => (
            <Checkbox
              key={each}
              checked={minutes.includes(each)}
              disabled={full && !minutes.includes(each)}
              onChecked={(on) => onMinutes(on ? [...minutes, each] : minutes.filter((one) => one !== each))}
              label={remindWords(each, t)}
            />
          ))}
          {full && <p className={styles.line}>{t("followups.reminders.most", { count: limits.remindersPerItem })}</p>}
        </div>
      )}
    </fieldset>
  );
}
