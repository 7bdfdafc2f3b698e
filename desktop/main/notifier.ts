/** System notifications by tag: the same tag replaces, a cleared tag goes everywhere, a click comes back with its tag. */
export interface SystemNotification {
  on(event: "show" | "click" | "close" | "failed", run: () => void): unknown;
  show(): void;
  close(): void;
}

export interface NotificationOptions {
  title: string;
  body: string;
  silent: boolean;
  timeoutType: "default" | "never";
}

export interface NotifierParts {
  make(options: NotificationOptions): SystemNotification;
  onClick(tag: string): void;
  /**
   * Whether the system shows them: not on macOS without a signature, nor where they are switched off. The cards in the page stay, and
   * the sync bar says it. Told when it changes.
   */
  onWork(work: boolean): void;
}

export interface Notifier {
  notify(notification: { tag: string; title: string; body: string; sticky: boolean }): void;
  clear(tag: string): void;
}

export function createNotifier({ make, onClick, onWork }: NotifierParts): Notifier {
  // Kept, because a notification that nobody holds is collected and takes its click with it.
  const shown = new Map<string, SystemNotification>();

  let works = true;
  const tell = (work: boolean) => {
    if (work === works) return;
    works = work;
    onWork(work);
  };

  function clear(tag: string): void {
    shown.get(tag)?.close();
    shown.delete(tag);
  }

  return {
    notify({ tag, title, body, sticky }) {
      clear(tag);
      // Sounds are the core's: they repeat until somebody acts.
      const notification = make({ title, body, silent: true, timeoutType: sticky ? "never" : "default" });
      const forget = () => {
        if (shown.get(tag) === notification) shown.delete(tag);
      };
      notification.on("show", () => tell(true));
      notification.on("click", () => {
        forget();
        onClick(tag);
      });
      notification.on("close", forget);
      notification.on("failed", () => {
        forget();
        tell(false);
      });
      shown.set(tag, notification);
      notification.show();
    },
    clear,
  };
}
