/** What is known of a contact only at the server: where they were on the site, whether they are blocked. Asked while somebody looks. */
import { contactsApi, visitorsApi } from "@switchboard/shared/api/contacts.ts";
import type { Clock } from "../clock.ts";
import type { Ask } from "../sync/calls.ts";

export interface ContactFacts {
  zone: string | null;
  blocked: boolean;
  pages: { title: string; url: string; at: string; seconds: number }[];
}

/** The page that somebody was on at a moment, as far as it is known and has a title. */
export function titleAt(pages: ContactFacts["pages"], moment: string): string | null {
  const page = pages.find(({ at }) => at <= moment);
  return page === undefined || page.title === "" || Date.parse(moment) - Date.parse(page.at) > longestSeconds * 1_000 ? null : page.title;
}

export interface Facts {
  /** What was heard last; asks again when that was long ago. */
  of(contactId: string): ContactFacts | undefined;
}

const freshMs = 60_000;
const most = 200;
/** Somebody who stays on a page longer than this has left it. */
const longestSeconds = 3_600;
const mostPages = 20;

export function createFacts(ask: Ask, clock: Clock, heard: (contactId: string) => void): Facts {
  const known = new Map<string, { at: number; facts: ContactFacts | undefined }>();

  async function fetch(contactId: string): Promise<void> {
    const params = { contactId };
    const [contact, { items }] = await Promise.all([ask(contactsApi.get, { params }), ask(visitorsApi.ofContact, { params })]);
    const views = items.flatMap(({ pages }) => pages).toSorted((a, b) => (a.at < b.at ? 1 : -1));
    const pages = views.slice(0, mostPages).map(({ title, url, at }, index) => {
      const left = views[index - 1]?.at;
      const seconds = left === undefined ? 0 : Math.round((Date.parse(left) - Date.parse(at)) / 1_000);
      return { title, url, at, seconds: Math.min(longestSeconds, Math.max(0, seconds)) };
    });
    known.set(contactId, { at: clock.monotonicMs(), facts: { zone: contact.zone, blocked: contact.blocked !== null, pages } });
    heard(contactId);
  }

  return {
    of(contactId) {
      const now = clock.monotonicMs();
      const found = known.get(contactId);
      if (found === undefined || now - found.at > freshMs) {
        if (known.size >= most) known.clear();
        known.set(contactId, { at: now, facts: found?.facts });
        fetch(contactId).catch(() => {
          // No connection or no right: what was known stays.
        });
      }
      return found?.facts;
    },
  };
}
