/**
 * What this computer remembers for one operator: sizes, open panes, composer modes, appearance, the numbers of the last reports. Never
 * a text that somebody wrote: drafts live in the core. Forgotten at sign-out, so that a shared computer shows nothing of the last person.
 */
export interface Memory {
  /** Undefined when nothing usable is remembered; the reader repairs what it gets. */
  readonly read: (key: MemoryKey) => unknown;
  readonly write: (key: MemoryKey, value: unknown) => void;
  readonly forget: () => void;
}

export type MemoryKey =
  | "layout"
  | "appearance"
  | "columns"
  | "modes"
  | "sections"
  | "rail"
  | "recent"
  | "language"
  | "lists"
  | "anchors"
  | "reports"
  | "firstRun";

const prefix = "switchboard:";
/** Belongs to the computer rather than to a person: the sign-in page is drawn with it too. */
const ofComputer: ReadonlySet<MemoryKey> = new Set(["appearance", "language"]);

export function createMemory(
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">,
  accountId: string | undefined,
): Memory {
  const name = (key: MemoryKey) =>
    ofComputer.has(key) ? `${prefix}${key}` : accountId === undefined ? undefined : `${prefix}${accountId}:${key}`;
  return {
    read(key) {
      const at = name(key);
      if (at === undefined) return undefined;
      try {
        const text = storage.getItem(at);
        return text === null ? undefined : (JSON.parse(text) as unknown);
      } catch {
        // Unreadable or forbidden storage: as if nothing were remembered.
        return undefined;
      }
    },
    write(key, value) {
      const at = name(key);
      if (at === undefined) return;
      try {
        storage.setItem(at, JSON.stringify(value));
      } catch {
        // Full or forbidden storage: the choice holds until the window closes.
      }
    },
    forget() {
      if (accountId === undefined) return;
      const mine = Array.from({ length: storage.length }, (_unused, index) => storage.key(index)).filter(
        (key) => key?.startsWith(`${prefix}${accountId}:`) === true,
      );
      for (const key of mine) if (key !== null) storage.removeItem(key);
    },
  };
}
