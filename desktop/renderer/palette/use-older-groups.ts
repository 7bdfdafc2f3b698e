/** How the palette shows the search on the server: what each tenant has answered, and last the lines that ask. */
import { useTranslation } from "react-i18next";
import type { QueryInput } from "../../bridge/index.ts";
import type { ConversationRef } from "../inbox/layout.ts";
import { useSession } from "../session/session-context.tsx";
import type { PaletteGroup, PaletteItem } from "../ui/palette.tsx";
import { placeOf, useHitItems, type Hit } from "./use-hit-items.tsx";
import { useOlderSearch, type OlderAnswer } from "./use-older-search.ts";

const mostAskable = 5;

/** Its hits, or that there are none, stand in a group of their own; until then the line that asks says how it goes. */
const isShown = (answer: OlderAnswer) => answer.state === "answered" || answer.next !== undefined;

export function useOlderGroups({
  text,
  tenants,
  within,
  known,
}: {
  readonly text: string;
  readonly tenants: QueryInput<"search.find">["tenants"];
  readonly within: ConversationRef | undefined;
  /** Found on this computer already. */
  readonly known: readonly Hit[];
}): { readonly groups: readonly PaletteGroup[]; readonly ask: (tenantId: string) => void } {
  const { t } = useTranslation();
  const session = useSession();
  const { answers, ask } = useOlderSearch(text, within?.conversationId);
  const knownPlaces = new Set(known.map(placeOf));
  const hits = useHitItems(
    answers.flatMap((answer) => answer.hits).filter((hit) => !knownPlaces.has(placeOf(hit))),
    "older",
  );
  const reach =
    within !== undefined
      ? [within.tenantId]
      : (tenants === "all" ? session.tenants.map(({ tenantId }) => tenantId) : tenants).slice(0, mostAskable);
  const nameOf = (tenantId: string) => session.tenant(tenantId)?.name ?? "";
  const askItem = (kind: "ask" | "more", tenantId: string, label: string): PaletteItem => {
    const asking = answers.some((answer) => answer.tenantId === tenantId && answer.state === "asking");
    return { id: `${kind} ${tenantId}`, icon: "cloudUp", label: asking ? t("console.palette.older_asking") : label };
  };
  const labelOf = (tenantId: string) =>
    within !== undefined
      ? t("console.palette.older_here")
      : reach.length > 1
        ? t("console.palette.older_in", { tenant: nameOf(tenantId) })
        : t("console.palette.older");
  const groupOf = (answer: OlderAnswer): PaletteGroup => {
    const { tenantId, state, next } = answer;
    const items = hits.filter(({ id }) => id.startsWith(`older ${tenantId} `));
    const label =
      state === "failed"
        ? t("console.palette.older_failed")
        : items.length > 0 || next !== undefined
          ? t("console.palette.older_found")
          : t("console.palette.older_nothing");
    return {
      id: `older ${tenantId}`,
      label: reach.length > 1 ? `${label} · ${nameOf(tenantId)}` : label,
      items: next === undefined ? items : [...items, askItem("more", tenantId, t("console.palette.older_more"))],
    };
  };
  const asks = reach
    .filter((tenantId) => text.length > 1 && !answers.some((answer) => answer.tenantId === tenantId && isShown(answer)))
    .map((tenantId) => askItem("ask", tenantId, labelOf(tenantId)));
  return {
    groups: [
      ...answers.filter((answer) => answer.state === "failed" || isShown(answer)).map(groupOf),
      ...(asks.length > 0 ? [{ id: "ask", label: t("console.palette.on_server"), items: asks }] : []),
    ],
    ask: (tenantId) => {
      if (!answers.some((answer) => answer.tenantId === tenantId && answer.state === "asking")) ask(tenantId);
    },
  };
}
