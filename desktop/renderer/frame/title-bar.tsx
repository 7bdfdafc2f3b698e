import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useElapsed } from "../text/now.tsx";
import { IconButton } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { PresenceDot, type Presence } from "../ui/marks.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { Logo } from "./logo.tsx";
import styles from "./title-bar.module.css";

export interface TitleBarProps {
  readonly back: { readonly run: () => void; readonly can: boolean; readonly keys: readonly string[] };
  readonly forward: { readonly run: () => void; readonly can: boolean; readonly keys: readonly string[] };
  readonly scope: { readonly label: string; readonly entries: readonly MenuEntry[] };
  readonly palette: { readonly open: () => void; readonly keys: readonly string[] };
  readonly queue:
    | { readonly count: number; readonly longestSince: number; readonly targetMs: number; readonly open: () => void }
    | undefined;
  readonly presence: {
    readonly presence: Presence;
    readonly label: string;
    readonly load: { readonly used: number; readonly of: number } | undefined;
    readonly entries: readonly MenuEntry[];
  };
  /** Only in Electron, where the window has no frame of its own. */
  readonly windowButtons?: ReactNode;
}

export function TitleBar({ back, forward, scope, palette, queue, presence, windowButtons }: TitleBarProps) {
  const { t } = useTranslation();
  return (
    <header className={styles.bar} data-region="title">
      <div className={styles.left}>
        <span className={styles.logo}>
          <Logo />
        </span>
        <IconButton
          icon="chevronLeft"
          size="s"
          label={t("console.title.back")}
          keys={back.keys}
          onClick={back.run}
          disabled={!back.can}
          mirrored={true}
        />
        <IconButton
          icon="chevronRight"
          size="s"
          label={t("console.title.forward")}
          keys={forward.keys}
          onClick={forward.run}
          disabled={!forward.can}
          mirrored={true}
        />
        <Menu
          entries={scope.entries}
          trigger={
            <button type="button" className={styles.scope}>
              <span className="clip">{scope.label}</span>
              <Icon name="chevronDown" size="s" />
            </button>
          }
        />
      </div>
      <button type="button" className={styles.search} onClick={palette.open}>
        <Icon name="search" size="s" />
        <span className="grow clip">{t("ui.palette.hint")}</span>
        <Keys keys={palette.keys} />
      </button>
      <div className={styles.right}>
        {queue !== undefined && <AlarmChip {...queue} />}
        <Menu
          align="end"
          entries={presence.entries}
          trigger={
            <button type="button" className={styles.presence}>
              <PresenceDot presence={presence.presence} />
              <span className="clip">{presence.label}</span>
              {presence.load !== undefined && (
                <small className={styles.load}>{t("console.title.load", { used: presence.load.used, of: presence.load.of })}</small>
              )}
              <Icon name="chevronDown" size="s" />
            </button>
          }
        />
        {windowButtons}
      </div>
    </header>
  );
}

/** On every page while somebody waits: grey, red past the target. */
function AlarmChip({ count, longestSince, targetMs, open }: NonNullable<TitleBarProps["queue"]>) {
  const { t } = useTranslation();
  const format = useFormat();
  const waitMs = useElapsed(longestSince, "clock");
  const late = targetMs > 0 && waitMs >= targetMs;
  return (
    <button type="button" className={cx(styles.alarm, late && styles.late)} onClick={open}>
      <Icon name="ring" size="s" />
      {t("console.title.in_queue", { count, wait: format.clock(waitMs) })}
      <span className="vh">{format.waitingWords(waitMs)}</span>
    </button>
  );
}
