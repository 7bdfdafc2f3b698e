import { Select as BaseSelect } from "@base-ui/react/select";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import field from "./field.module.css";
import popup from "./popup.module.css";
import styles from "./select.module.css";

export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** An avatar or a colour sample instead of an icon. */
  readonly mark?: ReactNode;
  readonly help?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export interface SelectProps<Value> {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  readonly placeholder?: string | undefined;
  readonly small?: boolean;
  readonly disabled?: boolean | undefined;
  /** Words before the value, as in filters: "Assignee Everyone". */
  readonly lead?: string | undefined;
  readonly name?: string | undefined;
  readonly className?: string | undefined;
  readonly "aria-label"?: string | undefined;
}

export function Select<Value>(props: SelectProps<Value>) {
  const { choices, value, onValue, placeholder, small = false, disabled, lead, name, className } = props;
  const chosen = choices.find((choice) => Object.is(choice.value, value));
  return (
    <BaseSelect.Root
      value={value}
      modal={false}
      disabled={disabled}
      name={name}
      items={choices}
      onValueChange={(next) => {
        // A choice list without an empty choice never hands back null; the type allows it for clearable lists.
        if (next !== null || choices.some((choice) => choice.value === null)) onValue(next as Value);
      }}
    >
      <BaseSelect.Trigger
        aria-label={props["aria-label"]}
        className={cx(field.box, styles.trigger, small && field.small, lead !== undefined && styles.filter, className)}
      >
        {chosen?.mark ?? (chosen?.icon !== undefined && <Icon name={chosen.icon} size="s" />)}
        {lead !== undefined && <span className={styles.lead}>{lead}</span>}
        <BaseSelect.Value
          className={cx("clip", lead === undefined && "grow", chosen === undefined && styles.placeholder)}
          placeholder={placeholder}
        />
        <BaseSelect.Icon render={<Icon name="chevronDown" size="s" />} />
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className={popup.layer} sideOffset={4} alignItemWithTrigger={false}>
          <BaseSelect.Popup className={popup.popup}>
            {choices.map((choice) => (
              <BaseSelect.Item
                key={String(choice.value)}
                value={choice.value}
                disabled={choice.disabled}
                className={popup.item}
                label={choice.label}
              >
                {choice.mark ?? (choice.icon !== undefined && <Icon name={choice.icon} size="s" />)}
                <span className={popup.itemWords}>
                  <BaseSelect.ItemText>{choice.label}</BaseSelect.ItemText>
                  {choice.help !== undefined && <span className={popup.itemHelp}>{choice.help}</span>}
                </span>
                <span className={popup.check}>
                  <BaseSelect.ItemIndicator render={<Icon name="check" size="s" />} />
                </span>
              </BaseSelect.Item>
            ))}
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
