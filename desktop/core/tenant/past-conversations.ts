/**
 * What a contact wrote about before. This computer holds the last weeks; the server is asked for the rest once somebody looks, and for
 * more of it when somebody wants to see more. Kept in memory only, and forgotten when what I may see changes.
 */
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Clock } from "../clock.ts";
import type { Ask } from "../sync/calls.ts";

type Conversation = Rows["conversation"];

interface Known {
  /** How many somebody wants to see. */
  shown: number;
  readonly older: Map<string, Conversation>;
  /** Where the server's list goes on; null at its end. */
  next: string | null;
  /** Undefined once the server has answered. */
  askedAt: number | undefined;
}

export interface PastConversations {
  /** How many are to be shown of a contact. */
  shown(contactId: string): number;
  /** With what the server has told: newest first, as many as are to be shown, and whether there are earlier ones. */
  merged(contactId: string, exceptId: string, here: readonly Conversation[]): { past: Conversation[]; earlier: boolean };
  /** Shows more. Needs the server when it has some that are not here. */
  showEarlier(contactId: string): Promise<void>;
  forget(): void;
}

const step = 20;
const pageSize = 50;
const askAgainMs = 60_000;
const mostContacts = 200;

export function createPastConversations(ask: Ask, clock: Clock, heard: (contactId: string) => void): PastConversations {
  const contacts = new Map<string, Known>();

  function of(contactId: string): Known {
    let known = contacts.get(contactId);
    if (known === undefined) {
      if (contacts.size >= mostContacts) contacts.clear();
      contacts.set(contactId, (known = { shown: step, older: new Map(), next: null, askedAt: Number.NEGATIVE_INFINITY }));
    }
    return known;
  }

  async function fetch(contactId: string, known: Known, cursor: string | null): Promise<void> {
    const query = { contactId, limit: pageSize, ...(cursor === null ? {} : { cursor }) };
    const { items, next } = await ask(conversationsApi.list, { query });
    for (const item of items) known.older.set(item.id, item);
    known.next = next;
    known.askedAt = undefined;
    heard(contactId);
  }

  function look(contactId: string, known: Known): void {
    const now = clock.monotonicMs();
    if (known.askedAt === undefined || now - known.askedAt < askAgainMs) return;
    known.askedAt = now;
    fetch(contactId, known, null).catch(() => {
      // No connection or no right: what is here is shown, and the server is asked again later.
    });
  }

  return {
    shown: (contactId) => of(contactId).shown,
    merged(contactId, exceptId, here) {
      const known = of(contactId);
      look(contactId, known);
      // The rows here are newer than what was told.
      const all = new Map([...known.older, ...here.map((row) => [row.id, row] as const)]);
      all.delete(exceptId);
      const newest = [...all.values()].toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
      return { past: newest.slice(0, known.shown), earlier: newest.length > known.shown || known.next !== null };
    },
    async showEarlier(contactId) {
      const known = of(contactId);
      known.shown += step;
      heard(contactId);
      while (known.next !== null && known.older.size <= known.shown) await fetch(contactId, known, known.next);
    },
    forget() {
      const known = [...contacts.keys()];
      contacts.clear();
      for (const contactId of known) heard(contactId);
    },
  };
}
