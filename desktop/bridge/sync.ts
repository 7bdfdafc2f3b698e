/** What is not yet sent, what came back, and how far this computer is. */
import { z } from "zod";
import { command, query } from "./define.ts";
import { maybe, sendState, uuid, when } from "./shapes.ts";

export const syncState = z.object({
  /** `reconnecting` is shown only after three seconds. */
  link: z.enum(["online", "reconnecting", "offline", "signed-out", "update-needed"]),
  since: maybe(when),
  pending: z.number().int(),
  sending: z.number().int(),
  rejected: z.number().int(),
  /** First bootstrap or catch-up: how much of how much; null when there is nothing to receive. */
  receiving: maybe(z.object({ kind: z.enum(["bootstrap", "catch-up"]), done: z.number().int(), total: maybe(z.number().int()) })),
  /** The disk is full or the cache was rebuilt: what the person must know. */
  trouble: maybe(
    z.object({ code: z.enum(["disk_full", "cache_rebuilt", "clock_wrong", "not_saved"]), data: z.record(z.string(), z.unknown()) }),
  ),
  /** When the next try to reach the server is due, while nobody answers. */
  nextTryAt: maybe(when),
  lastOffline: maybe(z.object({ from: when, to: when })),
  /** How far this computer's clock is behind the server's, in whole seconds; every time of the bridge is the server's. */
  clockOffsetMs: z.number(),
});

export const outboxItem = z.object({
  tenantId: uuid,
  mid: z.number().int(),
  name: z.string(),
  state: sendState,
  /** Words for the line: what it is about, and its text if it has one. */
  about: z.object({ kind: z.enum(["conversation", "task", "followup", "contact", "other"]), id: maybe(uuid), name: z.string() }),
  text: maybe(z.string()),
  at: when,
  rejection: maybe(z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) })),
});

const item = z.strictObject({ tenantId: uuid, mid: z.number().int() });

export const sync = {
  queries: {
    "sync.state": query(z.strictObject({}), syncState),
    /** Whether anything of what was done is still so; what is not is not worth an undo. */
    "undo.standing": query(z.strictObject({ items: z.array(item) }), z.object({ standing: z.boolean() })),
    "outbox.list": query(z.strictObject({}), z.object({ items: z.array(outboxItem) })),
  },
  commands: {
    /** The one door for all changes of synced data; the mutation's own schema checks `args`. */
    mutate: command(
      z.strictObject({ tenantId: uuid, name: z.string().max(60), args: z.record(z.string(), z.json()) }),
      z.object({ mid: z.number().int() }),
    ),
    /** Takes a mutation back: removes it while it is unsent, or appends its opposite. */
    undo: command(item, z.object({ undone: z.boolean() })),
    /** Sends a rejected item again as a new mutation, although things have changed meanwhile. */
    "outbox.retry": command(item, z.object({ mid: z.number().int() })),
    /** A reply or note goes back into the composer as a draft; the item disappears. */
    "outbox.edit": command(item, z.object({ conversationId: maybe(uuid) })),
    "outbox.discard": command(item, z.object({})),
    "sync.now": command(z.strictObject({}), z.object({})),
    /** Asks the server now: settings, team, reports. `name` is a contract's name; the core refuses those that are not for screens. */
    api: command(
      z.strictObject({
        tenantId: uuid,
        name: z.string().max(80),
        params: z.record(z.string(), z.string()).default({}),
        query: z.record(z.string(), z.json()).default({}),
        body: z.json().optional(),
      }),
      z.json().optional(),
    ),
  },
  events: {},
};
