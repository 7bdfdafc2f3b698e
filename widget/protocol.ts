/**
 * What the loader on the customer's page and the chat inside the frame may say to each other. A message is taken only from the exact
 * window and the exact origin, only when every field has its kind, and only when there is no field more. A loader that a page has
 * pinned and a newer chat understand each other as long as `version` is the same.
 */
const version = 1;

interface Kinds {
  string: string;
  boolean: boolean;
}
type Table = Record<string, Record<string, keyof Kinds>>;
type Messages<T extends Table> = {
  [K in keyof T]: { type: K } & { [F in keyof T[K]]: Kinds[T[K][F]] };
}[keyof T];

/** The loader speaks to the chat. */
const toChat = {
  /**
   * Which page this is and whether the panel is open; `focus` is false when it only came back after a navigation. Before it the
   * loader tells what it has kept. The chat answers only to the origin of the very first message.
   */
  panel: { shown: "boolean", focus: "boolean", url: "string", title: "string", referrer: "string" },
  identify: { token: "string" },
  attribute: { name: "string", value: "string" },
  shutdown: {},
} as const satisfies Table;
export type ToChat = Messages<typeof toChat>;

/** The chat speaks to the loader. All have the same two fields, because the loader has to be small. */
export interface ToLoader {
  /**
   * - `close`: the visitor closed the panel. `gone`: all that this visitor left in the frame is removed.
   * - `badge`: `count` messages are unseen; `text` names the launcher then.
   * - `resume`: `count` 1 when the next page should bring the chat back by itself, because it goes on.
   * - `message`: somebody wrote; `text` is JSON of id, text, author and at, for the page's own listeners.
   * - `changed`: the tenant published other settings.
   */
  type: "close" | "gone" | "badge" | "resume" | "message" | "changed";
  text: string;
  count: number;
}

export const envelope = (message: ToChat | ToLoader): object => ({ ...message, switchboard: version });

/** The chat's message, or nothing: strangers are not answered. */
export function hearChat({ data, source, origin }: MessageEvent, from: unknown, expected: string): ToLoader | undefined {
  const { type, text, count, switchboard, ...more } = Object(from && source === from && origin === expected ? data : 0) as Record<
    string,
    unknown
  >;
  return typeof type + typeof text + typeof count + switchboard + Object.keys(more) === `stringstringnumber${version}`
    ? (data as ToLoader) // all fields were looked at; an unknown type has no handler
    : undefined;
}

/** The loader's message, or nothing. */
export function hearLoader({ data, source, origin }: MessageEvent, from: unknown, expected: string): ToChat | undefined {
  const { type, switchboard, ...fields } = Object(from && source === from && origin === expected ? data : 0) as Record<string, unknown>;
  // Not by the name itself: every object has a `constructor`.
  const [, shape] = Object.entries(toChat).find(([name]) => name === type) ?? [];
  return shape !== undefined &&
    switchboard === version &&
    Object.keys(fields).length === Object.keys(shape).length &&
    Object.entries(shape).every(([name, kind]) => typeof fields[name] === kind)
    ? (data as ToChat) // every field was compared with the table
    : undefined;
}
