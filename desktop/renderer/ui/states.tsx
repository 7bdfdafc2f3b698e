import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./states.module.css";

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** One line: what would be here. */
  readonly children?: ReactNode;
  /** One action. */
  readonly action?: ReactNode;
  readonly className?: string | undefined;
}

/** Empty, read-only and over-limit places look alike: a sign, what it is, one way on. */
export function EmptyState({ icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cx(styles.state, className)}>
      <Icon name={icon} size="hero" />
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.line}>{children}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  /** What happened, in words of the screen: "The report could not be loaded". */
  readonly title: string;
  /** What is safe and what to do. */
  readonly children?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
  /** For the person who helps: never in the sentence. */
  readonly details?: { readonly code: string; readonly at: number; readonly message?: string | undefined } | undefined;
}

export function ErrorState({ title, children, onRetry, details }: ErrorStateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const text =
    details === undefined ? "" : [details.code, format.full(details.at), details.message].filter((part) => part !== undefined).join("\n");
  return (
    <div className={styles.state} role="alert">
      <Icon name="warning" size="hero" />
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.line}>{children}</p>}
      {onRetry !== undefined && (
        <div className={styles.action}>
          <Button size="s" icon="refresh" onClick={onRetry}>
            {t("common.try_again")}
          </Button>
        </div>
      )}
      {details !== undefined && (
        <details className={styles.details}>
          <summary>{t("common.details")}</summary>
          <pre>{text}</pre>
          <Button size="s" icon="copy" onClick={() => void navigator.clipboard.writeText(text)}>
            {t("ui.error.copy")}
          </Button>
        </details>
      )}
    </div>
  );
}

/** Shown only when nothing is local, and only after 150 ms: a flash of grey is worse than nothing. */
export function Skeleton({ rows = 3, look = "row" }: { readonly rows?: number; readonly look?: "row" | "bubble" | "line" }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <output aria-label={t("common.loading")} className={styles.skeleton}>
      {Array.from({ length: rows }, (_unused, index) => (
        // The rows never change order: their place is their identity.
        <div key={index} className={cx(styles.bones, styles[`bones-${look}`])}>
          {look === "row" && <i className={styles.head} />}
          <span className="grow">
            <i className={styles.bone} />
            {look !== "line" && <i className={cx(styles.bone, styles.second)} />}
          </span>
        </div>
      ))}
    </output>
  );
}

export interface ProgressBarProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly tone?: "accent" | "warn" | "bad";
  readonly thin?: boolean;
  readonly className?: string | undefined;
}

export function ProgressBar({ label, value, max, tone = "accent", thin = false, className }: ProgressBarProps) {
  return (
    <progress
      className={cx(styles.progress, tone !== "accent" && styles[`tone-${tone}`], thin && styles.thin, className)}
      aria-label={label}
      value={value}
      max={Math.max(1, max)}
    />
  );
}

export interface AlertProps {
  readonly tone: "warn" | "bad" | "note" | "plain";
  readonly icon?: IconName;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Assertive, for what was refused just now; others are read in place. */
  readonly urgent?: boolean;
  /** A line across the page instead of a card. */
  readonly banner?: boolean;
}

export function Alert({ tone, icon, title, children, actions, urgent = false, banner = false }: AlertProps) {
  return (
    <div className={cx(styles.alert, styles[`alert-${tone}`], banner && styles.banner)} {...(urgent ? { role: "alert" } : {})}>
      <Icon name={icon ?? (tone === "bad" ? "alert" : tone === "plain" ? "info" : "warning")} />
      <div className="grow">
        {title !== undefined && <p className={styles.alertTitle}>{title}</p>}
        {children !== undefined && <div className={styles.alertText}>{children}</div>}
        {actions !== undefined && <div className={styles.alertActions}>{actions}</div>}
      </div>
    </div>
  );
}
