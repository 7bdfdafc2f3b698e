import { Toast } from "@base-ui/react/toast";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import styles from "./toast.module.css";

/** How long "Undo" stays (INTERFACE 1.7). It waits while the pointer or the focus is on it. */
export const undoMs = 8000;

export interface ToastData {
  readonly undo?: (() => void) | undefined;
  readonly tone?: "warn" | undefined;
  /** Watches what `undo` would take back, and calls when that is no longer so: the notice goes. Answers how to stop. */
  readonly whenOver?: ((over: () => void) => () => void) | undefined;
}

export interface Toasts {
  readonly manager: ReturnType<typeof Toast.createToastManager<ToastData>>;
  say(title: string, options?: ToastData): void;
  canUndo(): boolean;
  undoLast(): void;
}

/** Act, then undo: the only place where "Undo" lives. `undoLast` is what Mod Z calls. */
export function createToasts(): Toasts {
  const manager = Toast.createToastManager<ToastData>();
  const open: { id: string; undo: () => void }[] = [];
  const plain = new Map<string, string>();
  const forget = (id: string) => {
    const index = open.findIndex((entry) => entry.id === id);
    if (index >= 0) open.splice(index, 1);
  };
  return {
    manager,
    say(title, options = {}) {
      const { undo, whenOver } = options;
      let stop = () => {};
      const id: string = manager.add({
        title,
        timeout: undoMs,
        data: options,
        onClose() {
          stop();
          forget(id);
          if (plain.get(title) === id) plain.delete(title);
        },
      });
      if (undo !== undefined) {
        open.push({ id, undo });
        if (whenOver !== undefined) stop = whenOver(() => manager.close(id));
        return;
      }
      // The same sentence a second time is the same sentence, and not two.
      const before = plain.get(title);
      plain.set(title, id);
      if (before !== undefined) manager.close(before);
    },
    canUndo: () => open.length > 0,
    undoLast() {
      const last = open.pop();
      if (last === undefined) return;
      manager.close(last.id);
      last.undo();
    },
  };
}

export function ToastLayer({
  toasts,
  undoKeys,
  children,
}: {
  readonly toasts: Toasts;
  readonly undoKeys: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <Toast.Provider toastManager={toasts.manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <ToastList undoKeys={undoKeys} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList({ undoKeys }: { readonly undoKeys: readonly string[] }) {
  const { toasts, close } = Toast.useToastManager<ToastData>();
  const { t } = useTranslation();
  const newestUndo = useMemo(() => toasts.find((toast) => toast.data?.undo !== undefined)?.id, [toasts]);
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-toast="" swipeDirection={[]}>
      <Toast.Content className={styles.content}>
        {toast.data?.tone === "warn" && <Icon name="warning" className={styles.warn} />}
        <Toast.Title className={styles.title} render={<p />} />
        {toast.data?.undo !== undefined && (
          <Button
            size="s"
            keys={toast.id === newestUndo ? undoKeys : []}
            onClick={() => {
              close(toast.id);
              toast.data?.undo?.();
            }}
          >
            {t("common.undo")}
          </Button>
        )}
        <IconButton icon="close" size="s" label={t("common.close")} onClick={() => close(toast.id)} />
      </Toast.Content>
    </Toast.Root>
  ));
}
