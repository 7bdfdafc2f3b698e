/** When a person wants to hear nothing: from, until, by which clock, and whether urgent reminders pass. Saved as soon as it makes sense. */
import { usualQuietHours, type QuietHours } from "@switchboard/shared/model/quiet-hours.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../session/session-context.tsx";
import { Switch } from "../../ui/choices.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { parseTime } from "../../ui/parse-time.ts";
import { TextInput } from "../../ui/text-input.tsx";
import { GroupRow, Row } from "../rows.tsx";
import { useZoneChoices } from "../use-zone-choices.ts";
import styles from "../settings.module.css";

interface QuietHoursRowsProps {
  /** Null: none. */
  readonly chosen: QuietHours | null;
  readonly onChoose: (hours: QuietHours | null) => void;
  /** Of the hours that were chosen last. */
  readonly onChange: (change: Partial<QuietHours>) => void;
}

export function QuietHoursRows({ chosen, onChoose, onChange }: QuietHoursRowsProps) {
  const { t } = useTranslation();
  const zone = useSession().account?.zone ?? "UTC";
  const zones = useZoneChoices();
  return (
    <>
      <GroupRow label={t("people.quiet.on")} help={t("people.quiet.help")}>
        <Switch
          checked={chosen !== null}
          onChecked={(on) => onChoose(on ? { ...usualQuietHours, zone } : null)}
          label={t("people.quiet.on_do")}
        />
      </GroupRow>
      {chosen !== null && (
        <>
          {(["from", "to"] as const).map((end) => (
            <TimeRow
              key={`${end} ${chosen[end]}`}
              label={t(`people.quiet.${end}`)}
              time={chosen[end]}
              taken={chosen[end === "from" ? "to" : "from"]}
              onTime={(time) => onChange({ [end]: time })}
            />
          ))}
          <Row label={t("common.time_zone")} help={t("people.quiet.zone_help")}>
            <Combobox choices={zones(chosen.zone)} value={chosen.zone} onValue={(next) => next !== null && onChange({ zone: next })} />
          </Row>
          <GroupRow label={t("people.quiet.urgent")} help={t("people.quiet.urgent_help")}>
            <Switch
              checked={chosen.urgentReminders}
              onChecked={(urgentReminders) => onChange({ urgentReminders })}
              label={t("people.quiet.urgent_do")}
            />
          </GroupRow>
        </>
      )}
    </>
  );
}

/** Typed as people type a time; kept when the person goes on and it is one. */
function TimeRow(props: {
  readonly label: string;
  readonly time: string;
  readonly taken: string;
  readonly onTime: (time: string) => void;
}) {
  const { label, time, taken, onTime } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState(time);
  const [left, setLeft] = useState(false);
  const parsed = parseTime(typed);
  const wrong = parsed === undefined ? t("errors.field.time") : parsed === taken ? t("people.quiet.same") : undefined;
  const leave = () => {
    setLeft(true);
    if (parsed !== undefined && wrong === undefined && parsed !== time) onTime(parsed);
  };
  return (
    <Row label={label} error={left ? wrong : undefined} onLeave={leave}>
      <TextInput className={styles.number} value={typed} onValue={setTyped} maxLength={8} autoComplete="off" />
    </Row>
  );
}
