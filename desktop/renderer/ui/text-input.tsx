import { Field } from "@base-ui/react/field";
import { lengthWithin } from "@switchboard/shared/model/length.ts";
import type { ComponentPropsWithRef, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./field.module.css";

interface BoxProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Counts as the server does; over the limit it turns red, and says what to do. */
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
  const length = useLength(value, limit);
  return (
    <>
      <span className={cx(styles.box, small && styles.small, className)}>
        {icon !== undefined && <Icon name={icon} size="s" />}
        <Field.Control
          {...rest}
          {...length.marks}
          ref={ref}
          value={value}
          onValueChange={onValue}
          className={cx(styles.input, mono && styles.mono)}
        />
        {length.count}
        {end}
      </span>
      {length.said}
    </>
  );
}

export interface TextAreaProps extends BoxProps, Omit<ComponentPropsWithRef<"textarea">, "value" | "onChange" | "children"> {}

/** Grows with its text up to 320 px (`field-sizing: content`), then scrolls. */
export function TextArea({ value, onValue, limit, className, ref, ...rest }: TextAreaProps) {
  const length = useLength(value, limit);
  return (
    <>
      <span className={cx(styles.box, styles.area, className)}>
        <Field.Control
          render={<textarea {...rest} ref={ref} />}
          {...length.marks}
          value={value}
          onValueChange={onValue}
          className={cx(styles.input, styles.textarea)}
        />
        {length.count}
      </span>
      {length.said}
    </>
  );
}

/** What stands in the box, and below it when the text is too long; the form's own sentence about the field takes the place of the latter. */
function useLength(value: string, limit: number | undefined) {
  const { t } = useTranslation();
  if (limit === undefined) return { marks: {}, count: undefined, said: undefined };
  const count = lengthWithin(value.trim(), limit);
  const over = count > limit;
  return {
    marks: over ? { "aria-invalid": true } : {},
    count: (
      <span className={cx(styles.count, over && styles.over)}>
        {count} / {limit}
      </span>
    ),
    said: over ? (
      <Field.Error match={true} className={cx(styles.error, styles.tooLong)}>
        <Icon name="alert" size="xs" />
        <span>{t("errors.field.too_long", { count: limit })}</span>
      </Field.Error>
    ) : undefined,
  };
}
