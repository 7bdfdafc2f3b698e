import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { ProgressBar } from "../ui/states.tsx";
import { syncStatus, type SyncFacts, type SyncLine } from "./sync-status.ts";
import styles from "./sync-bar.module.css";

export interface SyncBarProps {
  readonly facts: SyncFacts;
  /** A newer version of the console: known of, or here and whole. */
  readonly update: "none" | "available" | "ready";
  readonly onInstallUpdate: () => void;
  readonly alarmSeconds: number;
  /** Why nothing rings now, by my own choice. */
  readonly quiet?: string | undefined;
  readonly alarmTrouble?: string | undefined;
  readonly onFixAlarm?: (() => void) | undefined;
  readonly outboxOpen: boolean;
  readonly onOutbox: () => void;
  readonly onSignIn: () => void;
  readonly onRetry: () => void;
  /** Keys of a sequence that has begun, already named. */
  readonly waitingKeys: readonly string[];
}

export function SyncBar(props: SyncBarProps) {
  const { facts, alarmSeconds, alarmTrouble, waitingKeys } = props;
  const now = useNow();
  const { t } = useTranslation();
  const format = useFormat();
  const status = syncStatus(facts, now);
  return (
    <footer className={styles.bar} aria-label={t("console.sync.label")} data-region="sync">
      <span className={cx(styles.lamp, styles[status.lamp])} aria-hidden="true" />
      <Line {...props} line={status.line} now={now} />
      {status.waiting > 0 && (
        <>
          <span className={styles.divider} />
          <button type="button" className={styles.part} aria-expanded={props.outboxOpen} onClick={props.onOutbox}>
            <Icon name="cloudUp" size="s" />
            {t("console.sync.waiting", { count: status.waiting })}
          </button>
        </>
      )}
      {status.needsYou > 0 && (
        <>
          <span className={styles.divider} />
          <button type="button" className={cx(styles.part, styles.needs)} aria-expanded={props.outboxOpen} onClick={props.onOutbox}>
            <Icon name="alert" size="s" />
            {t("console.sync.needs_you", { count: status.needsYou })}
          </button>
        </>
      )}
      {props.update !== "none" && status.line.kind !== "update-needed" && (
        <>
          <span className={styles.divider} />
          <span className={styles.part}>
            <Icon name="download" size="s" />
            {props.update === "ready" ? t("console.sync.update_ready") : t("console.sync.update_available")}
            {props.update === "ready" && <InstallUpdate onInstall={props.onInstallUpdate} />}
          </span>
        </>
      )}
      <span className="grow" />
      {waitingKeys.length > 0 && <span className={styles.part}>{t("keys.waiting", { keys: waitingKeys.join(" ") })}</span>}
      {alarmTrouble === undefined ? (
        <span className={cx(styles.part, styles.right)}>
          <Icon name="ring" size="s" />
          {props.quiet ?? t("console.sync.alarm_every", { seconds: alarmSeconds })}
        </span>
      ) : (
        <span className={cx(styles.part, styles.amber)}>
          <Icon name="alert" size="s" />
          {alarmTrouble}
          <button type="button" className={styles.link} onClick={props.onFixAlarm}>
            {t("console.sync.fix")}
          </button>
        </span>
      )}
      {status.lastOffline !== null && (
        <>
          <span className={styles.divider} />
          <span className={cx(styles.part, styles.right)}>
            {t("console.sync.last_offline", { from: format.time(status.lastOffline.from), to: format.time(status.lastOffline.to) })}
          </span>
        </>
      )}
    </footer>
  );
}

function InstallUpdate({ onInstall }: { readonly onInstall: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={styles.link} onClick={onInstall}>
      {t("console.sync.install_update")}
    </button>
  );
}

function Line({ line, now, update, onInstallUpdate, onSignIn, onRetry }: SyncBarProps & { readonly line: SyncLine; readonly now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (line.kind) {
    case "calm":
      return <span className={styles.part}>{t("console.sync.calm")}</span>;
    case "sending":
      return (
        <span className={styles.part}>
          <Icon name="cloudUp" size="s" />
          {t("console.sync.sending", { count: line.count })}
        </span>
      );
    case "receiving":
      return (
        <>
          <span className={styles.part}>
            <b>{line.first ? t("console.sync.first") : line.back ? t("console.sync.back") : t("console.sync.online")}</b>
            <span>
              {"· "}
              {line.total === null
                ? t("console.sync.receiving_some", { done: format.number(line.done) })
                : t("console.sync.receiving", { done: format.number(line.done), total: format.number(line.total) })}
            </span>
          </span>
          {line.total !== null && (
            <ProgressBar label={t("console.sync.received")} value={line.done} max={line.total} className={styles.progress} />
          )}
        </>
      );
    case "reconnecting":
      return (
        <span className={styles.part}>
          <Icon name="cloudOff" size="s" />
          <b>{t("console.sync.reconnecting")}</b>
        </span>
      );
    case "offline":
      return (
        <output className={styles.part}>
          <Icon name="cloudOff" size="s" />
          <b>{line.since === null ? t("console.sync.offline") : t("console.sync.offline_since", { time: format.time(line.since) })}</b>
          {line.nextTryAt !== null && line.nextTryAt > now && (
            // Counted silently: a live region that spoke every second would say nothing else.
            <span aria-hidden="true">{t("console.sync.retry_in", { seconds: Math.ceil((line.nextTryAt - now) / 1000) })}</span>
          )}
          <button type="button" className={styles.link} onClick={onRetry}>
            {t("common.try_again")}
          </button>
        </output>
      );
    case "signed-out":
      return (
        <output className={styles.part}>
          <Icon name="lock" size="s" />
          <b>{t("console.sync.signed_out")}</b> {t("console.sync.can_read")}
          <button type="button" className={styles.link} onClick={onSignIn}>
            {t("console.session.sign_in")}
          </button>
        </output>
      );
    case "update-needed":
      return (
        <output className={styles.part}>
          <Icon name="download" size="s" />
          <b>{t("console.sync.update_needed")}</b> {t("console.sync.can_read")}
          {update === "available" && <span>{t("console.sync.update_available")}</span>}
          {update === "ready" && <InstallUpdate onInstall={onInstallUpdate} />}
        </output>
      );
    case "trouble":
      return (
        <span className={cx(styles.part, styles.needs)} role="alert">
          <Icon name="warning" size="s" />
          {t(`console.trouble.${line.code}`)}
        </span>
      );
  }
}
