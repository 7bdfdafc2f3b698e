import { Field } from "@base-ui/react/field";
import { countGraphemes } from "@switchboard/shared/model/text.ts";
import type { ComponentPropsWithRef, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./field.module.css";

interface BoxProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Counts as people see characters; over the limit it turns red, and the form says what to do. */
  readonly limit?: number | undefined;
}

export interface TextInputProps extends BoxProps, Omit<ComponentPropsWithRef<"input">, "value" | "onChange" | "size" | "children"> {
  readonly icon?: IconName | undefined;
  readonly end?: ReactNode;
  readonly small?: boolean;
  readonly mono?: boolean;
}

/** Inside a `Field` it takes label, help and error from there; alone it needs an `aria-label`. */
export function TextInput({ value, onValue, limit, icon, end, small = false, mono = false, className, ref, ...rest }: TextInputProps) {
  return (
    <span className={cx(styles.box, small && styles.small, className)}>
      {icon !== undefined && <Icon name={icon} size="s" />}
      <Field.Control {...rest} ref={ref} value={value} onValueChange={onValue} className={cx(styles.input, mono && styles.mono)} />
      {limit !== undefined && <Count value={value} limit={limit} />}
      {end}
    </span>
  );
}

export interface TextAreaProps extends BoxProps, Omit<ComponentPropsWithRef<"textarea">, "value" | "onChange" | "children"> {}

/** Grows with its text up to 320 px (`field-sizing: content`), then scrolls. */
export function TextArea({ value, onValue, limit, className, ref, ...rest }: TextAreaProps) {
  return (
    <span className={cx(styles.box, styles.area, className)}>
      <Field.Control
        render={<textarea {...rest} ref={ref} />}
        value={value}
        onValueChange={onValue}
        className={cx(styles.input, styles.textarea)}
      />
      {limit !== undefined && <Count value={value} limit={limit} />}
    </span>
  );
}

function Count({ value, limit }: { readonly value: string; readonly limit: number }) {
  const count = countGraphemes(value);
  return (
    <span className={cx(styles.count, count > limit && styles.over)}>
      {count} / {limit}
    </span>
  );
}
