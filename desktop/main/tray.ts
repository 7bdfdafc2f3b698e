/** The tray: how many conversations need me, and the way back to a hidden window. */
export interface TrayIcon {
  setToolTip(text: string): void;
  setContextMenu(menu: unknown): void;
  on(event: "click", run: () => void): unknown;
}

export interface TrayParts {
  makeIcon(): TrayIcon;
  makeMenu(items: readonly { label: string; click(): void }[]): unknown;
  /** Dock, task bar and launcher, where the system has them. */
  setBadge(count: number): void;
  words: { open: string; quit: string; waiting(count: number): string };
  open(): void;
  quit(): void;
}

export interface Tray {
  badge(count: number): void;
}

export function createTray({ makeIcon, makeMenu, setBadge, words, open, quit }: TrayParts): Tray {
  const icon = makeIcon();
  icon.on("click", open);
  icon.setContextMenu(
    makeMenu([
      { label: words.open, click: open },
      { label: words.quit, click: quit },
    ]),
  );
  let shown = -1;
  return {
    badge(count) {
      if (count === shown) return;
      shown = count;
      icon.setToolTip(words.waiting(count));
      setBadge(count);
    },
  };
}
