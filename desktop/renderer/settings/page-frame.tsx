/** What every settings page stands in: head, the reason why nothing can be changed, the form, the bar below, a preview beside it. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BridgeError } from "../port.ts";
import { useNow } from "../text/now.tsx";
import { Alert, ErrorState, Skeleton } from "../ui/states.tsx";
import type { SettingsPageId } from "./settings-pages.ts";
import { useSettingsPlace, type WhyReadOnly } from "./settings-place.ts";
import { useErrors } from "./use-errors.ts";
import styles from "./settings.module.css";

export interface PageFrameProps {
  readonly id: SettingsPageId;
  /** Beside the title: the version, an export. */
  readonly actions?: ReactNode;
  /** Undefined while nothing is known: the children are then not asked for. */
  readonly loaded: boolean;
  readonly error?: BridgeError | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly children: ReactNode;
  /** The publish bar. */
  readonly bar?: ReactNode;
  readonly preview?: ReactNode;
  /** Tables take the width that a form does not need. */
  readonly wide?: boolean;
  /** Reasons that keep nobody from changing what is on this page: one's own choices are made without the server, and in no tenant. */
  readonly despite?: readonly WhyReadOnly[];
}

export function PageFrame({ id, actions, loaded, error, onRetry, children, bar, preview, wide = false, despite = [] }: PageFrameProps) {
  const { t } = useTranslation();
  const place = useSettingsPlace();
  const readOnly = place.readOnly === undefined || despite.includes(place.readOnly) ? undefined : place.readOnly;
  return (
    <div className={styles.frame}>
      <div className={styles.column}>
        <div className={wide ? styles.wide : styles.form}>
          <header className={styles.head}>
            <div className="grow">
              <h1>{t(`settings.page.${id}.title`)}</h1>
              <p>{t(`settings.page.${id}.line`)}</p>
            </div>
            {actions}
          </header>
          {readOnly !== undefined && loaded && (
            <Alert tone={readOnly === "offline" ? "warn" : "plain"} icon={readOnly === "offline" ? "cloudOff" : "lock"}>
              {t(`settings.read_only.${readOnly}`)}
            </Alert>
          )}
          {loaded ? children : error === undefined ? <Skeleton rows={6} look="line" /> : <NotLoaded error={error} onRetry={onRetry} />}
        </div>
        {bar}
      </div>
      {preview}
    </div>
  );
}

function NotLoaded({ error, onRetry }: { readonly error: BridgeError; readonly onRetry: (() => void) | undefined }) {
  const { t } = useTranslation();
  const errors = useErrors();
  const now = useNow();
  return (
    <ErrorState title={t("settings.state.not_loaded")} onRetry={onRetry} details={{ code: error.code, at: now, message: error.message }}>
      {errors.sentence(error)}
    </ErrorState>
  );
}
