/**
 * A list that the server gives in pages, kept right while somebody looks: what changed is asked for again, as far as it was read. `all`
 * asks for every page at once, for a list that is searched, counted or chosen from as a whole and that the plan keeps short.
 */
import type { Contract, OutputOf } from "@switchboard/shared/api/contract.ts";
import { concerns } from "@switchboard/shared/events/news.ts";
import type { CallInput } from "@switchboard/shared/client/client.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { askedByCall, useBridgeEvent } from "../../live.tsx";
import type { BridgeError } from "../../port.ts";
import type { Call } from "../calls.ts";
import { useSettingsPlace } from "../settings-place.ts";
import { asBridgeError, useAskServer } from "../use-api.ts";

type ItemOf<C extends Contract> = OutputOf<C> extends { items: (infer I)[] } ? I : never;
interface Page<I> {
  readonly items: readonly I[];
  readonly next: string | null;
}

export interface Pages<I> {
  /** Undefined while nothing is known. */
  readonly items: readonly I[] | undefined;
  readonly error: BridgeError | undefined;
  readonly reload: () => void;
  /** Undefined when all is here. */
  readonly more: (() => void) | undefined;
}

const pageSize = 100;

export function usePages<C extends Contract>(
  call: Call<C>,
  query: Readonly<Record<string, string>>,
  {
    changes = [],
    enabled = true,
    all = false,
  }: { readonly changes?: readonly string[]; readonly enabled?: boolean; readonly all?: boolean } = {},
): Pages<ItemOf<C>> {
  type I = ItemOf<C>;
  const ask = useAskServer();
  const { tenantId, offline } = useSettingsPlace();
  const pages = useInfiniteQuery({
    queryKey: [askedByCall, tenantId, call.name, all ? "all" : "pages", query],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const page = async (cursor: string | undefined) => {
        const input = { query: { ...query, limit: pageSize, ...(cursor === undefined ? {} : { cursor }) } };
        return (await ask(call, input as unknown as CallInput<C>)) as unknown as Page<I>; // every contract that is asked for here answers in pages
      };
      let { items, next } = await page(pageParam);
      while (all && next !== null) {
        const more = await page(next);
        items = [...items, ...more.items];
        next = more.next;
      }
      return { items, next };
    },
    getNextPageParam: (last: Page<I>) => last.next ?? undefined,
    refetchOnMount: "always",
  });
  const { refetch } = pages;
  const wasOffline = useRef(offline);
  useEffect(() => {
    if (wasOffline.current && !offline && enabled) void refetch();
    wasOffline.current = offline;
  }, [offline, enabled, refetch]);
  useBridgeEvent("tenant.happened", (news) => {
    if (enabled && news.tenantId === tenantId && concerns(news.types, changes)) void refetch();
  });
  return {
    items: pages.data?.pages.flatMap(({ items }) => items),
    error: pages.data !== undefined || pages.error === null ? undefined : asBridgeError(pages.error),
    reload: () => void refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
  };
}
