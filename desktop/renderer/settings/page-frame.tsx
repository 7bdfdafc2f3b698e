/** What every settings page stands in: head, the reason why nothing can be changed, the form, the bar below, a preview beside it. */
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "../keys/key-handler.ts";
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
    // Esc is heard for the fields that stand in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.frame} onKeyDown={leaveField}>
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

/** Esc leaves a field, as it leaves the composer: what was typed stays, and the single keys work again. What opened at the field closes first. */
function leaveField(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget } = event;
  if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
  // A dialog is drawn elsewhere, and takes Esc for itself.
  if (!(target instanceof HTMLElement) || !currentTarget.contains(target) || placeOf(target) !== "field") return;
  if (target.matches('[aria-expanded="true"]')) return;
  event.preventDefault();
  target.blur();
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
