import { ContextMenu as BaseContextMenu } from "@base-ui/react/context-menu";
import { Menu as BaseMenu } from "@base-ui/react/menu";
import { useLayoutEffect, useRef, type ReactElement, type ReactNode, type RefObject } from "react";
import { cx } from "./cx.ts";
import { focusAtOnce } from "./focus-at-once.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Keys } from "./kbd.tsx";
import popup from "./popup.module.css";

export type MenuEntry =
  | {
      readonly kind?: "action";
      readonly id: string;
      readonly label: string;
      readonly icon?: IconName | undefined;
      readonly mark?: ReactNode;
      readonly help?: string | undefined;
      readonly keys?: readonly string[] | undefined;
      readonly danger?: boolean;
      readonly disabled?: boolean | undefined;
      readonly run: () => void;
    }
  | {
      readonly kind: "choice";
      readonly id: string;
      readonly label: string;
      readonly mark?: ReactNode;
      readonly help?: string | undefined;
      readonly checked: boolean;
      readonly run: () => void;
    }
  | {
      readonly kind: "more";
      readonly id: string;
      readonly label: string;
      readonly icon?: IconName | undefined;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly kind: "group"; readonly id: string; readonly label: string }
  | { readonly kind: "line"; readonly id: string };

export interface MenuProps {
  /** The element that opens the menu; it must take a ref and spread props. */
  readonly trigger: ReactElement;
  /** As a function they are made when the menu is opened; for menus of what is drawn often. */
  readonly entries: readonly MenuEntry[] | (() => readonly MenuEntry[]);
  readonly align?: "start" | "center" | "end";
  readonly side?: "bottom" | "top" | "right" | "left";
  readonly open?: boolean | undefined;
  readonly onOpen?: ((open: boolean) => void) | undefined;
}

const possible = ":is([role='menuitem'], [role='menuitemcheckbox']):not([aria-disabled='true'])";

export function Menu({ trigger, entries, align = "start", side = "bottom", open, onOpen }: MenuProps) {
  const byKey = useRef(false);
  const popupRef = useRef<HTMLDivElement>(null);
  return (
    <BaseMenu.Root
      modal={false}
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next, { event }) => {
        byKey.current = event instanceof KeyboardEvent || (event instanceof MouseEvent && event.detail === 0);
        onOpen?.(next);
      }}
    >
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={popup.layer} sideOffset={4} align={align} side={side}>
          <BaseMenu.Popup ref={popupRef} className={popup.popup}>
            {typeof entries === "function" ? <Made entries={entries} /> : <Entries entries={entries} />}
            <FirstAtOnce wanted={byKey} inside={popupRef} />
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** Opened by a key, the menu has its first entry at once: the next key, pressed before the next picture, counts from there. */
function FirstAtOnce({ wanted, inside }: { readonly wanted: RefObject<boolean>; readonly inside: RefObject<HTMLElement | null> }) {
  useLayoutEffect(() => {
    // After Base UI has seen who had the focus: it gives it back when the menu closes.
    if (wanted.current) queueMicrotask(() => focusAtOnce(inside.current?.querySelector<HTMLElement>(possible)));
  }, [wanted, inside]);
  return null;
}

function Made({ entries }: { readonly entries: () => readonly MenuEntry[] }) {
  return <Entries entries={entries()} />;
}

/** The same entries at the pointer; `children` is the area that answers the right button and the menu key. */
export function ContextMenu({
  entries,
  children,
  onOpen,
}: {
  readonly entries: readonly MenuEntry[];
  readonly children: ReactElement;
  readonly onOpen?: (open: boolean) => void;
}) {
  return (
    <BaseContextMenu.Root onOpenChange={(next) => onOpen?.(next)}>
      <BaseContextMenu.Trigger render={children} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className={popup.layer}>
          <BaseContextMenu.Popup className={popup.popup}>
            <Entries entries={entries} />
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry) => <Entry key={entry.id} entry={entry} />);
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.kind) {
    case "line":
      return <BaseMenu.Separator className={popup.separator} />;
    case "group":
      return <div className={popup.groupLabel}>{entry.label}</div>;
    case "choice":
      return (
        <BaseMenu.CheckboxItem className={popup.item} checked={entry.checked} onCheckedChange={entry.run} closeOnClick={true}>
          {entry.mark}
          <Words label={entry.label} help={entry.help} />
          <span className={popup.check}>{entry.checked && <Icon name="check" size="s" />}</span>
        </BaseMenu.CheckboxItem>
      );
    case "more":
      return (
        <BaseMenu.SubmenuRoot>
          <BaseMenu.SubmenuTrigger className={popup.item}>
            {entry.icon !== undefined && <Icon name={entry.icon} />}
            <Words label={entry.label} />
            <Icon name="chevronRight" size="s" mirrored={true} />
          </BaseMenu.SubmenuTrigger>
          <BaseMenu.Portal>
            <BaseMenu.Positioner className={popup.layer} sideOffset={2}>
              <BaseMenu.Popup className={popup.popup}>
                <Entries entries={entry.entries} />
              </BaseMenu.Popup>
            </BaseMenu.Positioner>
          </BaseMenu.Portal>
        </BaseMenu.SubmenuRoot>
      );
    default:
      return (
        <BaseMenu.Item
          className={cx(popup.item, entry.danger === true && popup.danger)}
          disabled={entry.disabled}
          onClick={entry.run}
          label={entry.label}
        >
          {entry.mark ?? (entry.icon !== undefined && <Icon name={entry.icon} />)}
          <Words label={entry.label} help={entry.help} />
          {entry.keys !== undefined && entry.keys.length > 0 && <Keys keys={entry.keys} />}
        </BaseMenu.Item>
      );
  }
}

function Words({ label, help }: { readonly label: string; readonly help?: string | undefined }) {
  return (
    <span className={popup.itemWords}>
      {label}
      {help !== undefined && <span className={popup.itemHelp}>{help}</span>}
    </span>
  );
}
