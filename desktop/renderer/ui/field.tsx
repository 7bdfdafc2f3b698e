import { Field as BaseField } from "@base-ui/react/field";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import styles from "./field.module.css";

export interface FieldProps {
  readonly label: ReactNode;
  /** For what the label already says twice on screen, as in a search field with its icon. */
  readonly labelHidden?: boolean;
  readonly optional?: boolean;
  readonly help?: ReactNode;
  /** What is wrong and how to mend it; shown under the field, and read with it. */
  readonly error?: string | undefined;
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Field({ label, labelHidden = false, optional = false, help, error, name, disabled, className, children }: FieldProps) {
  const { t } = useTranslation();
  return (
    <BaseField.Root
      className={cx(styles.field, className)}
      invalid={error !== undefined}
      {...(name === undefined ? {} : { name })}
      {...(disabled === undefined ? {} : { disabled })}
    >
      <BaseField.Label className={cx(styles.label, labelHidden && "vh")}>
        {label}
        {optional && <span className={styles.optional}> {t("common.optional")}</span>}
      </BaseField.Label>
      {children}
      {error === undefined ? help !== undefined && <BaseField.Description className={styles.help}>{help}</BaseField.Description> : null}
      {error !== undefined && (
        <BaseField.Error match={true} className={styles.error}>
          <Icon name="alert" size="xs" />
          <span>{error}</span>
        </BaseField.Error>
      )}
    </BaseField.Root>
  );
}
