import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { createContext, use, useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "./cx.ts";
import { Button, IconButton, type ButtonProps } from "./button.tsx";
import { firstThingIn, focusAtOnce, useWayBack } from "./focus-at-once.ts";
import { Chip } from "./marks.tsx";
import styles from "./dialog.module.css";

/**
 * Where dialogs open: the content part of the frame. The scrim covers only that part, so title bar and sync bar stay usable
 * while a form is open, which is why focus is trapped but the rest of the page is not made inert.
 */
const DialogHostContext = createContext<HTMLElement | null>(null);
export const DialogHost = DialogHostContext;

export interface DialogProps {
  readonly open: boolean;
  /** Asked by Esc and the close button. A form with words in it keeps them as a draft; nothing is thrown away by closing. */
  readonly onClose: () => void;
  readonly title: string;
  readonly mark?: ReactNode;
  /** Something is typed over what is saved: closing keeps it, so it is said beside the title, and is thrown away there. */
  readonly onDiscard?: (() => void) | undefined;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly width?: "s" | "m" | "l";
  /** Takes focus when it opens; the first field by default. */
  readonly first?: RefObject<HTMLElement | null> | undefined;
  readonly titleHidden?: boolean;
  readonly alert?: boolean;
}

export interface DialogActsProps extends Omit<ButtonProps, "kind" | "size"> {
  readonly onCancel: () => void;
  /** Where something was begun that cancelling keeps. */
  readonly onDiscard?: (() => void) | undefined;
  /** Said beside the buttons. */
  readonly line?: string;
}

/** How a dialog ends: cancel, or what it is for. */
export function DialogActs({ onCancel, onDiscard, line, ...act }: DialogActsProps) {
  const { t } = useTranslation();
  return (
    <>
      {line !== undefined && <span className={styles.line}>{line}</span>}
      {onDiscard !== undefined && (
        <Button kind="quiet" size="l" onClick={onDiscard}>
          {t("common.discard")}
        </Button>
      )}
      <Button size="l" onClick={onCancel}>
        {t("common.cancel")}
      </Button>
      <Button size="l" kind="primary" {...act} />
    </>
  );
}

/** Mod Enter is every dialog's own key: it sends the form that has the focus, as the button below it does; also from a switch, which keeps Enter for itself. */
function submitForm(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(event.target instanceof Element)) return;
  const form = event.target.closest("form");
  if (form === null) return;
  event.preventDefault();
  form.requestSubmit();
}

export function Dialog({
  open,
  onClose,
  title,
  mark,
  onDiscard,
  children,
  footer,
  width = "m",
  first,
  titleHidden = false,
  alert = false,
}: DialogProps) {
  const host = use(DialogHostContext);
  const { t } = useTranslation();
  const popup = useRef<HTMLDivElement>(null);
  const way = useWayBack(() => popup.current);
  const body = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  // Never the close button if there is anything else: an Enter too many would press it.
  const firstThing = () => first?.current ?? firstThingIn(body.current) ?? firstThingIn(foot.current);
  const waitsForThings = useRef(false);
  // What fills itself a moment later than it opens has its focus then, unless the person has moved on meanwhile.
  const goToThings = () => {
    if (!waitsForThings.current || document.activeElement !== close.current) return;
    const thing = firstThing();
    if (!thing) return;
    waitsForThings.current = false;
    thing.focus();
  };
  useEffect(goToThings);
  return (
    <BaseDialog.Root
      open={open}
      modal="trap-focus"
      disablePointerDismissal={true}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <BaseDialog.Portal {...(host === null ? {} : { container: host })} className={styles.portal}>
        <BaseDialog.Backdrop className={styles.scrim} />
        <div className={styles.place}>
          <BaseDialog.Popup
            ref={popup}
            className={cx(styles.dialog, styles[width])}
            finalFocus={way.goBack}
            initialFocus={() => {
              way.remember();
              const thing = firstThing();
              waitsForThings.current = !thing;
              return focusAtOnce(thing ?? close.current);
            }}
            onKeyDown={submitForm}
            {...(alert ? { role: "alertdialog" } : {})}
          >
            <header className={cx(styles.head, titleHidden && "vh")}>
              <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
              {mark}
              {onDiscard !== undefined && (
                <>
                  <Chip tone="warn" icon="pencil">
                    {t("common.not_saved")}
                  </Chip>
                  <Button size="s" kind="link" onClick={onDiscard}>
                    {t("common.discard")}
                  </Button>
                </>
              )}
              <span className="grow" />
              <IconButton ref={close} icon="close" label={t("common.close")} onClick={onClose} />
            </header>
            <div className={styles.body} ref={body}>
              {children}
            </div>
            {footer !== undefined && (
              <footer className={styles.foot} ref={foot}>
                {footer}
              </footer>
            )}
          </BaseDialog.Popup>
        </div>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
