import { useTranslation } from "react-i18next";
import { Switch } from "../ui/choices.tsx";
import { Select } from "../ui/select.tsx";
import styles from "./followup-fields.module.css";

const days = [1, 2, 3, 7, 14, 30] as const;
export const usualNextDays = 7;

/** Whether the promise goes on, and in how many days; undefined for the end of the chain. */
export function NextField({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onValue: (days: number | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.next}>
      <Switch checked={value !== undefined} onChecked={(on) => onValue(on ? usualNextDays : undefined)} label={label} />
      {value !== undefined && (
        <Select
          aria-label={t("followups.done.in_days")}
          value={value}
          onValue={onValue}
          className={styles.days ?? ""}
          choices={days.map((count) => ({ value: count, label: t("followups.done.in_days_value", { count }) }))}
        />
      )}
    </div>
  );
}
