import {
  alarmKinds,
  alarmRuleKey,
  alarmRuleOf,
  unseenMailKey,
  type AlarmKind,
  type AlarmRule,
} from "@switchboard/shared/model/alarm-rules.ts";
import { quietHoursOf, quietHoursPreference, usualQuietHours } from "@switchboard/shared/model/quiet-hours.ts";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useCall, useLive } from "../../live.tsx";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/choices.tsx";
import { PageFrame } from "../page-frame.tsx";
import { GroupRow, Rows } from "../rows.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { PlainTable } from "./plain-table.tsx";
import { QuietHoursRows } from "./quiet-hours-rows.tsx";
import { useDeed } from "./use-deed.ts";

/** How each kind of news makes itself known to me. Kept with my other choices, so all my computers do the same, also offline. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const { tenantId } = useSettingsPlace();
  const call = useCall();
  const deed = useDeed();
  const preferences = useLive("preferences.get", { tenantId });
  const alarms = useLive("alarms.state", {}).data;
  const values = preferences.data?.values;
  // What was chosen last, also before it has come back: whoever changes one half of a rule must not take back the other.
  type Values = NonNullable<typeof values>;
  const newest = useRef(values);
  useEffect(() => {
    newest.current = values;
  }, [values]);
  const write = (key: string, chosenFrom: (known: Values) => Values[string]) => {
    const known = newest.current ?? {};
    const [before, value] = [known[key] ?? null, chosenFrom(known)];
    newest.current = { ...known, [key]: value };
    const set = (chosen: typeof value) => call("mutate", { tenantId, name: "setPreference", args: { key, value: chosen } });
    void deed(
      () => set(value),
      t("people.own_saved"),
      () => set(before),
    );
  };
  const setRule = (kind: AlarmKind, change: Partial<AlarmRule>) =>
    write(alarmRuleKey(kind), (known) => ({ ...alarmRuleOf(known, kind), ...change }));
  const toggle = (kind: AlarmKind, way: keyof AlarmRule) => (
    <Switch
      checked={alarmRuleOf(values ?? {}, kind)[way]}
      onChecked={(on) => setRule(kind, { [way]: on })}
      label={t(`people.notify.${way}_for`, { kind: t(`people.notify.kind.${kind}`) })}
      labelHidden={true}
    />
  );
  return (
    <PageFrame id="notifications" loaded={values !== undefined} onRetry={() => void preferences.refetch()} despite={["offline"]}>
      {values !== undefined && (
        <>
          <Rows>
            <GroupRow label={t("states.presence.do_not_disturb")} help={t("people.notify.quiet_help")}>
              <Switch
                checked={alarms?.doNotDisturb === true}
                onChecked={(on) => void deed(() => call("alarms.doNotDisturb", { on }))}
                label={t("people.notify.quiet")}
              />
            </GroupRow>
            <GroupRow label={t("people.notify.test")} help={t("people.notify.test_help")}>
              <Button icon="bell" onClick={() => void deed(() => call("alarms.test", {}))}>
                {t("people.notify.test_do")}
              </Button>
            </GroupRow>
          </Rows>
          <Rows title={t("people.quiet.title")}>
            <QuietHoursRows
              chosen={quietHoursOf(values[quietHoursPreference])}
              onChoose={(hours) => write(quietHoursPreference, () => hours && { ...hours })}
              onChange={(change) =>
                write(quietHoursPreference, (known) => ({ ...(quietHoursOf(known[quietHoursPreference]) ?? usualQuietHours), ...change }))
              }
            />
          </Rows>
          <Rows title={t("people.notify.rules")}>
            <PlainTable
              label={t("people.notify.rules")}
              rows={alarmKinds}
              keyOf={(kind) => kind}
              columns={[
                { id: "kind", label: t("people.notify.what"), header: true, cell: (kind) => t(`people.notify.kind.${kind}`) },
                { id: "sound", label: t("people.notify.sound"), width: "110px", cell: (kind) => toggle(kind, "sound") },
                { id: "system", label: t("people.notify.system"), width: "150px", cell: (kind) => toggle(kind, "system") },
              ]}
            />
          </Rows>
          <Rows title={t("people.notify.mail")}>
            <GroupRow label={t("people.notify.unseen")} help={t("people.notify.unseen_help")}>
              <Switch
                checked={values[unseenMailKey] !== false}
                onChecked={(on) => write(unseenMailKey, () => (on ? null : false))}
                label={t("people.notify.unseen_do")}
              />
            </GroupRow>
          </Rows>
        </>
      )}
    </PageFrame>
  );
}
