/** Canned replies that fit what was typed, for the conversation that is written in. */
import { matchesQuery } from "@switchboard/shared/model/search.ts";
import type { QueryOutput, QueryParsed } from "../../bridge/index.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import type { Tenant } from "../tenant/tenant.ts";

const most = 50;
const scopes = ["mine", "team", "tenant"] as const;

/**
 * An exact shortcut before all, then the contact's language before replies of no language and those before other languages; within
 * one, the person's own first, then their teams', then everybody's.
 */
export function repliesQuery(
  desk: Desk,
  { tenantId, text, conversationId }: QueryParsed<"replies.find">,
  watch: Watch,
): QueryOutput<"replies.find"> {
  const tenant = desk.tenant(tenantId);
  watch(topicOf(tenant, "reply"));
  const spoken = conversationId === undefined ? undefined : languageOf(tenant, conversationId, watch);
  const wanted = text.trim().toLowerCase();
  const replies = [...tenant.store.cache.list("reply")];
  const found = replies.flatMap(({ id, title, text: body, shortcut: key, folder, language, memberId, teamId }) => {
    const shortcut = key?.toLowerCase() ?? "";
    const begins = wanted !== "" && shortcut.startsWith(wanted);
    if (wanted !== "" && !begins && !matchesQuery([key, title, folder, body].filter((part) => part !== null).join(" "), text)) return [];
    const scope = scopes[memberId !== null ? 0 : teamId !== null ? 1 : 2] ?? "tenant";
    const places = [
      wanted !== "" && shortcut === wanted ? 0 : 1,
      spoken === undefined || language === spoken ? 0 : language === null ? 1 : 2,
      begins ? 0 : 1,
      scopes.indexOf(scope),
    ];
    return [{ places, item: { id, shortcut: key, title, text: body, folder, language, scope } }];
  });
  return {
    items: found
      .toSorted((a, b) => byPlaces(a.places, b.places) || a.item.title.localeCompare(b.item.title))
      .slice(0, most)
      .map(({ item }) => item),
    severalLanguages: new Set(replies.flatMap(({ language }) => language ?? [])).size > 1,
  };
}

function byPlaces(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((place, index) => place !== b[index]);
  return (a[differing] ?? 0) - (b[differing] ?? 0);
}

/** What the contact speaks, as far as replies tell languages apart: `th` of `th-TH`. */
function languageOf(tenant: Tenant, conversationId: string, watch: Watch): string | undefined {
  const { cache } = tenant.store;
  watch(topicOf(tenant, "contact"));
  const contactId = cache.get("conversation", conversationId)?.contactId ?? null;
  const language = contactId === null ? null : (cache.get("contact", contactId)?.language ?? null);
  return language?.split("-")[0]?.toLowerCase();
}
