import { Dialog } from "@base-ui/react/dialog";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "./cx.ts";
import { focusAtOnce, useWayBack } from "./focus-at-once.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Keys } from "./kbd.tsx";
import styles from "./palette.module.css";

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly lang?: string | undefined;
  readonly icon: IconName;
  /** A kind or a date, before the tenant. */
  readonly detail?: string | undefined;
  readonly mark?: ReactNode;
  readonly keys?: readonly string[] | undefined;
}

export interface PaletteGroup {
  readonly id: string;
  readonly label: ReactNode;
  readonly items: readonly PaletteItem[];
}

export interface PaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly groups: readonly PaletteGroup[];
  /** `beside` is true for Shift+Enter: open in a new pane. */
  readonly onRun: (item: PaletteItem, beside: boolean) => void;
}

/** One field, one list, no mouse needed. Esc gives the focus back to where it was. */
export function Palette({ open, onClose, query, onQuery, groups, onRun }: PaletteProps) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const way = useWayBack(() => popup.current);
  const items = groups.flatMap((group) => group.items);
  const [active, setActive] = useState<string | undefined>(undefined);
  // What was marked may be gone after the next letter: then the best match is marked.
  const current = items.find((item) => item.id === active) ?? items[0];

  const currentId = current === undefined ? undefined : `${id} ${current.id}`;

  useEffect(() => {
    if (currentId !== undefined) document.getElementById(currentId)?.scrollIntoView({ block: "nearest" });
  }, [currentId]);

  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const index = current === undefined ? -1 : items.indexOf(current);
    const step =
      event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : event.key === "PageDown" ? 8 : event.key === "PageUp" ? -8 : 0;
    if (step !== 0 && items.length > 0) {
      event.preventDefault();
      const next =
        Math.abs(step) === 1 ? (index + step + items.length) % items.length : Math.min(items.length - 1, Math.max(0, index + step));
      setActive(items[next]?.id);
    } else if (event.key === "Enter" && current !== undefined) {
      event.preventDefault();
      onRun(current, event.shiftKey);
    }
  };

  return (
    <Dialog.Root
      open={open}
      modal="trap-focus"
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      onOpenChangeComplete={(next) => {
        if (!next) setActive(undefined);
      }}
    >
      <Dialog.Portal className={styles.layer}>
        <Dialog.Popup
          ref={popup}
          className={styles.palette}
          initialFocus={() => {
            way.remember();
            return focusAtOnce(input.current);
          }}
          finalFocus={way.goBack}
          aria-label={t("ui.palette.title")}
        >
          <div className={styles.field}>
            <Icon name="search" />
            <input
              ref={input}
              className={styles.input}
              role="combobox"
              aria-expanded={items.length > 0}
              aria-controls={items.length > 0 ? id : undefined}
              aria-label={t("ui.palette.title")}
              aria-activedescendant={currentId}
              placeholder={t("ui.palette.hint")}
              value={query}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => {
                setActive(undefined);
                onQuery(event.currentTarget.value);
              }}
              onKeyDown={keys}
            />
            <Keys keys={["Esc"]} />
          </div>
          {items.length === 0 ? (
            // A list of nothing is no list.
            <div role="status" className={styles.list}>
              {groups.map((group) => (
                <p key={group.id} className={styles.group}>
                  {group.label}
                </p>
              ))}
              {query.trim() === "" ? (
                <p className={styles.nothing}>{t("ui.palette.type")}</p>
              ) : (
                groups.length === 0 && <p className={styles.nothing}>{t("ui.palette.nothing", { query })}</p>
              )}
            </div>
          ) : (
            <div id={id} role="listbox" aria-label={t("ui.palette.title")} className={styles.list}>
              {groups.map((group) => (
                <div key={group.id} role="group" aria-labelledby={`${id} ${group.id} label`}>
                  <div id={`${id} ${group.id} label`} className={styles.group}>
                    {group.label}
                  </div>
                  {group.items.map((item) => (
                    // The field holds the focus and moves the mark (aria-activedescendant); a row needs no key handler of its own.
                    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                    <div
                      key={item.id}
                      id={`${id} ${item.id}`}
                      role="option"
                      tabIndex={-1}
                      aria-selected={item.id === current?.id}
                      className={cx(styles.item, item.id === current?.id && styles.on)}
                      onPointerMove={() => setActive(item.id)}
                      // The words stay where they are typed, also after a press that leaves the list open.
                      onMouseDown={(event) => event.preventDefault()}
                      onClick={(event) => onRun(item, event.shiftKey)}
                    >
                      <Icon name={item.icon} />
                      <span className="grow clip" lang={item.lang}>
                        {item.label}
                      </span>
                      {item.detail !== undefined && <small className={styles.detail}>{item.detail}</small>}
                      {item.mark}
                      {item.keys !== undefined && item.keys.length > 0 && <Keys keys={item.keys} />}
                    </div>
                  ))}
                </div>
              ))}
            </div>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
