/** Search over what this computer has, newest first; what is older is asked of the server, and says so. */
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { toFts5 } from "@switchboard/shared/model/search.ts";
import { plainLine } from "@switchboard/shared/model/text.ts";
import type { CommandOutput, CommandParsed, QueryOutput, QueryParsed } from "../../bridge/index.ts";
import { isoOf } from "../clock.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import { createShower, type Shower } from "../queries/people.ts";
import { findByContact, findBySubject, findMessages } from "../store/search-index.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { snippetOf } from "./snippet.ts";

type Hit = QueryOutput<"search.find">["hits"][number];

/** People and subjects stand before messages, but must not push them out. */
const mostHeads = 10;

export function findQuery(
  desk: Desk,
  { tenants, text, conversationId, limit }: QueryParsed<"search.find">,
  watch: Watch,
): QueryOutput<"search.find"> {
  const match = toFts5(text);
  const asked = desk.over(tenants);
  if (match === null) return { hits: [], localSince: localSince(asked) };
  const heads: Hit[] = [];
  const messages: Hit[] = [];
  for (const tenant of asked) {
    const shower = createShower(desk, tenant, watch);
    watch(topicOf(tenant, "words"));
    watch(topicOf(tenant, "conversation"));
    const { cacheFile } = tenant.store;
    const seen = new Set<string>();
    const named =
      conversationId === undefined ? [...findByContact(cacheFile, match, mostHeads), ...findBySubject(cacheFile, match, mostHeads)] : [];
    for (const row of named) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      heads.push({
        tenantId: tenant.tenantId,
        conversationId: row.id,
        messageId: null,
        number: row.lastNumber,
        name: shower.name(row).name,
        snippet: row.subject ?? row.preview,
        at: row.lastAt,
      });
    }
    for (const message of findMessages(cacheFile, match, limit, conversationId)) {
      const name = nameFor(tenant, message.conversationId, shower);
      if (name === null) continue;
      messages.push({
        tenantId: tenant.tenantId,
        conversationId: message.conversationId,
        messageId: message.id,
        number: message.number,
        name,
        snippet: snippetOf(message.body, text),
        at: message.at,
      });
    }
  }
  const newest = (hits: Hit[]) => hits.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return { hits: [...newest(heads).slice(0, mostHeads), ...newest(messages)].slice(0, limit), localSince: localSince(asked) };
}

function nameFor(tenant: Tenant, conversationId: string, shower: Shower): string | null {
  const row = tenant.store.cache.get("conversation", conversationId);
  return row ? shower.name(row).name : null;
}

/** The latest beginning counts: before it something may be missing. */
function localSince(tenants: readonly Tenant[]): string | null {
  const starts = tenants.flatMap(({ store }) => Number(store.cache.meta("since") ?? "") || []);
  return starts.length === 0 ? null : isoOf(Math.max(...starts));
}

export async function findOlder(
  desk: Desk,
  { tenantId, text, conversationId, cursor }: CommandParsed<"search.older">,
): Promise<CommandOutput<"search.older">> {
  const tenant = desk.tenant(tenantId);
  const shower = createShower(desk, tenant, () => undefined);
  const query = { q: text, ...(conversationId === undefined ? {} : { conversationId }), ...(cursor === undefined ? {} : { cursor }) };
  const { items, next } = await tenant.ask(conversationsApi.search, { query });
  const hits = items.map(({ conversation, message }) => ({
    conversationId: conversation.id,
    messageId: message?.id ?? null,
    number: message?.number ?? conversation.lastNumber,
    name:
      plainLine(conversation.contact?.name ?? "") ||
      shower.contactName(conversation.contactId ?? conversation.visitorId ?? conversation.id).name,
    snippet: message ? snippetOf(message.body, text) : (conversation.subject ?? conversation.preview),
    at: message?.at ?? conversation.lastAt,
  }));
  return { hits, next };
}
