import type { QueryOutput } from "../../bridge/index.ts";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import type { PaletteItem } from "../ui/palette.tsx";

export type Hit = QueryOutput<"search.find">["hits"][number];

/** One place is one, whoever found it. */
export const placeOf = (hit: Hit) => `${hit.tenantId} ${hit.conversationId} ${hit.messageId ?? "name"} ${hit.number}`;

export function useHitItems(hits: readonly Hit[], kind: string): readonly PaletteItem[] {
  const format = useFormat();
  const ticker = useTicker();
  return hits.map((hit) => ({
    id: `${kind} ${placeOf(hit)}`,
    icon: hit.messageId === null ? "user" : "chat",
    label: hit.messageId === null ? hit.name : `“${hit.snippet}”`,
    lang: scriptLanguage(hit.snippet),
    detail: hit.messageId === null ? undefined : `${hit.name} · ${format.shortDate(Date.parse(hit.at), ticker.now())}`,
    mark: <TenantMark tenantId={hit.tenantId} />,
  }));
}
