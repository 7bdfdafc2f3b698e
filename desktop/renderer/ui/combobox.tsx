import { Combobox as BaseCombobox } from "@base-ui/react/combobox";
import { useTranslation } from "react-i18next";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { Choice } from "./select.tsx";
import field from "./field.module.css";
import popup from "./popup.module.css";
import styles from "./combobox.module.css";

export interface ComboboxProps {
  readonly choices: readonly Choice<string>[];
  readonly value: string | null;
  readonly onValue: (value: string | null) => void;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** What is typed, for choices that are looked up by it; they are then shown as they come. */
  readonly onText?: ((text: string) => void) | undefined;
  readonly "aria-label"?: string | undefined;
}

/** A list that is searched by typing. Matches by locale, so "uber" finds "Über". */
export function Combobox(props: ComboboxProps) {
  const { choices, value, onValue, placeholder, disabled, onText } = props;
  const { t } = useTranslation();
  const chosen = choices.find((choice) => choice.value === value) ?? null;
  return (
    <BaseCombobox.Root
      items={choices}
      value={chosen}
      disabled={disabled}
      autoHighlight={true}
      onValueChange={(next) => onValue(next === null ? null : next.value)}
      {...(onText === undefined ? {} : { filter: null, onInputValueChange: onText })}
      itemToStringLabel={(choice) => choice.label}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <BaseCombobox.InputGroup className={cx(field.box)}>
        {chosen?.mark ?? (chosen?.icon !== undefined && <Icon name={chosen.icon} size="s" />)}
        <BaseCombobox.Input className={field.input} placeholder={placeholder} aria-label={props["aria-label"]} />
        <BaseCombobox.Trigger className={styles.trigger} aria-label={t("ui.combobox.open")}>
          <Icon name="chevronDown" size="s" />
        </BaseCombobox.Trigger>
      </BaseCombobox.InputGroup>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner className={popup.layer} sideOffset={4}>
          <BaseCombobox.Popup className={popup.popup}>
            <BaseCombobox.Empty className={popup.empty}>{t("ui.combobox.nothing")}</BaseCombobox.Empty>
            <BaseCombobox.List>
              {(choice: Choice<string>) => (
                <BaseCombobox.Item key={choice.value} value={choice} disabled={choice.disabled} className={popup.item}>
                  <ChoiceLine choice={choice} />
                  <span className={popup.check}>
                    <BaseCombobox.ItemIndicator render={<Icon name="check" size="s" />} />
                  </span>
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  );
}

export interface MultiComboboxProps extends Omit<ComboboxProps, "value" | "onValue" | "onText"> {
  readonly value: readonly string[];
  readonly onValue: (value: readonly string[]) => void;
}

/** Several choices as removable chips: labels, teams. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { choices, value, onValue, placeholder, disabled } = props;
  const { t } = useTranslation();
  const chosen = choices.filter((choice) => value.includes(choice.value));
  return (
    <BaseCombobox.Root
      items={choices}
      multiple={true}
      value={chosen}
      disabled={disabled}
      autoHighlight={true}
      onValueChange={(next) => onValue(next.map((choice) => choice.value))}
      itemToStringLabel={(choice) => choice.label}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <BaseCombobox.InputGroup className={cx(field.box, styles.multi)}>
        <BaseCombobox.Chips className={styles.chips}>
          {chosen.map((choice) => (
            <BaseCombobox.Chip key={choice.value} className={styles.chip} aria-label={choice.label}>
              {choice.label}
              <BaseCombobox.ChipRemove className={styles.remove} aria-label={t("ui.combobox.remove", { name: choice.label })}>
                <Icon name="close" size="xs" />
              </BaseCombobox.ChipRemove>
            </BaseCombobox.Chip>
          ))}
          <BaseCombobox.Input
            className={field.input}
            placeholder={chosen.length === 0 ? placeholder : undefined}
            aria-label={props["aria-label"]}
          />
        </BaseCombobox.Chips>
      </BaseCombobox.InputGroup>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner className={popup.layer} sideOffset={4}>
          <BaseCombobox.Popup className={popup.popup}>
            <BaseCombobox.Empty className={popup.empty}>{t("ui.combobox.nothing")}</BaseCombobox.Empty>
            <BaseCombobox.List>
              {(choice: Choice<string>) => (
                <BaseCombobox.Item key={choice.value} value={choice} className={popup.item}>
                  <ChoiceLine choice={choice} />
                  <span className={popup.check}>
                    <BaseCombobox.ItemIndicator render={<Icon name="check" size="s" />} />
                  </span>
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  );
}

function ChoiceLine({ choice }: { readonly choice: Choice<string> }) {
  return (
    <>
      {choice.mark ?? (choice.icon !== undefined && <Icon name={choice.icon} size="s" />)}
      <span className={popup.itemWords}>
        {choice.label}
        {choice.help !== undefined && <span className={popup.itemHelp}>{choice.help}</span>}
      </span>
    </>
  );
}
