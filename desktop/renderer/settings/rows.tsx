/** A line of a settings page: what it is on the left, the fields on the right, help below them. */
import { Field as BaseField } from "@base-ui/react/field";
import { useId, type ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";
import field from "../ui/field.module.css";
import styles from "./settings.module.css";

interface RowProps {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly error?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** The person went on to something else: from now on the field says what is wrong with it. */
  readonly onLeave?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** For one control, which takes its name and its error from here. */
export function Row({ label, help, error, disabled, onLeave, children }: RowProps) {
  return (
    <BaseField.Root className={styles.row} invalid={error !== undefined} onBlur={onLeave} {...(disabled === undefined ? {} : { disabled })}>
      <BaseField.Label className={styles.label}>{label}</BaseField.Label>
      <div className={styles.fields}>
        {children}
        {error === undefined ? (
          help !== undefined && <BaseField.Description className={field.help}>{help}</BaseField.Description>
        ) : (
          <BaseField.Error match={true} className={field.error}>
            <Icon name="alert" size="xs" />
            <span>{error}</span>
          </BaseField.Error>
        )}
      </div>
    </BaseField.Root>
  );
}

/** For several controls together, each of which has a name of its own. */
export function GroupRow({ label, help, error, onLeave, children }: Omit<RowProps, "disabled">) {
  const id = useId();
  return (
    // The group only listens for the focus leaving it; what can be pressed is inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      className={styles.row}
      aria-labelledby={id}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave?.();
      }}
    >
      <span className={styles.label} id={id}>
        {label}
      </span>
      <div className={styles.fields}>
        {children}
        {help !== undefined && <p className={field.help}>{help}</p>}
        {error !== undefined && <RowError>{error}</RowError>}
      </div>
    </div>
  );
}

/** Told where it is when it appears. */
export function RowError({ children }: { readonly children: string }) {
  return (
    <p className={field.error} role="alert">
      <Icon name="alert" size="xs" />
      <span>{children}</span>
    </p>
  );
}

/** Lines that belong together, with a line between them and the next. */
export function Rows({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className={styles.rows} {...(title === undefined ? {} : { "aria-label": title })}>
      {title !== undefined && <h2 className={styles.rowsTitle}>{title}</h2>}
      {children}
    </section>
  );
}
