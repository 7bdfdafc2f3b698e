import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { Switch as BaseSwitch } from "@base-ui/react/switch";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./choices.module.css";

export interface CheckboxProps {
  readonly checked: boolean;
  /** Some of what it stands for is chosen. */
  readonly mixed?: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
  readonly label: ReactNode;
  readonly labelHidden?: boolean;
  readonly end?: ReactNode;
}

export function Checkbox({ checked, mixed = false, onChecked, disabled, label, labelHidden = false, end }: CheckboxProps) {
  return (
    <label className={styles.line}>
      <BaseCheckbox.Root
        checked={checked}
        indeterminate={mixed}
        disabled={disabled}
        onCheckedChange={(next) => onChecked(next)}
        className={styles.check}
      >
        <BaseCheckbox.Indicator className={styles.tick}>
          <Icon name={mixed ? "minus" : "check"} size="xs" />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className={cx(labelHidden ? "vh" : "grow")}>{label}</span>
      {end !== undefined && <span className={styles.end}>{end}</span>}
    </label>
  );
}

export interface SwitchProps {
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean | undefined;
  readonly label: ReactNode;
  readonly labelHidden?: boolean;
}

export function Switch({ checked, onChecked, disabled, label, labelHidden = false }: SwitchProps) {
  return (
    <label className={cx(styles.line, disabled === true && styles.off)}>
      <BaseSwitch.Root checked={checked} disabled={disabled} onCheckedChange={(next) => onChecked(next)} className={styles.switch}>
        <BaseSwitch.Thumb className={styles.thumb} />
      </BaseSwitch.Root>
      <span className={cx(labelHidden && "vh")}>{label}</span>
    </label>
  );
}

export interface Card<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly detail?: ReactNode;
  readonly detailTone?: "warn" | "ok" | undefined;
  readonly disabled?: boolean | undefined;
}

/** Few choices with a line of detail each: "Phone, No number". */
export function RadioCards<Value extends string>(props: {
  readonly label: string;
  readonly cards: readonly Card<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
}) {
  return (
    <RadioGroup value={props.value} onValueChange={(next) => props.onValue(next)} aria-label={props.label} className={styles.cards}>
      {props.cards.map((card) => (
        <label key={card.value} className={styles.card}>
          <Radio.Root value={card.value} disabled={card.disabled} className={styles.cardRadio} />
          <span className={styles.cardHead}>
            {card.icon !== undefined && <Icon name={card.icon} size="s" />}
            {card.label}
          </span>
          {card.detail !== undefined && (
            <span
              className={cx(styles.cardDetail, "clip", card.detailTone === "warn" && styles.warn, card.detailTone === "ok" && styles.ok)}
            >
              {card.detail}
            </span>
          )}
        </label>
      ))}
    </RadioGroup>
  );
}

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** The icon alone is seen; the label is its name. */
  readonly iconOnly?: boolean;
}

/** One of a few, always one: views, priority, sides. */
export function Segmented<Value extends string>(props: {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  readonly full?: boolean;
  readonly disabled?: boolean | undefined;
}) {
  return (
    <RadioGroup
      value={props.value}
      disabled={props.disabled}
      onValueChange={(next) => props.onValue(next)}
      aria-label={props.label}
      className={cx(styles.segments, props.full === true && styles.full)}
    >
      {props.segments.map((segment) => (
        <label key={segment.value} className={styles.segment} title={segment.iconOnly === true ? segment.label : undefined}>
          <Radio.Root value={segment.value} className={styles.cardRadio} />
          {segment.icon !== undefined && <Icon name={segment.icon} size="s" />}
          <span className={cx(segment.iconOnly === true && "vh")}>{segment.label}</span>
        </label>
      ))}
    </RadioGroup>
  );
}
