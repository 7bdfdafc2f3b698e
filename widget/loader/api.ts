/** What a page may do with its widget: `window.Switchboard`. */
export interface Heard {
  id: string;
  text: string;
  /** Who of the team, by the name that the tenant shows. */
  author: string | null;
  at: string;
}

export interface Switchboard {
  open(): void;
  close(): void;
  /** A token signed by the tenant's own server says who the visitor is. */
  identify(token: string): void;
  /** Facts about the visitor, kept as unverified. */
  setAttributes(values: Record<string, string | number | boolean>): void;
  /** Calls back for every message of the team while the page is open; the answer ends it. */
  onMessage(listener: (message: Heard) => void): () => void;
  /** Takes the widget off the page and forgets this visitor, for when somebody signs out. */
  shutdown(): void;
  push(call: Call): void;
}

export type Call = [keyof Switchboard, ...unknown[]];

declare global {
  interface Window {
    /** Before the loader has run a page may put a list of calls here: `(window.Switchboard ||= []).push(["open"])`. */
    Switchboard?: Switchboard | Call[];
  }
}
