/** A list that the server gives in pages, kept right while somebody looks: what changed is asked for again, as far as it was read. */
import type { Contract, OutputOf } from "@switchboard/shared/api/contract.ts";
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
  { changes = [], enabled = true }: { readonly changes?: readonly string[]; readonly enabled?: boolean } = {},
): Pages<ItemOf<C>> {
  type I = ItemOf<C>;
  const ask = useAskServer();
  const { tenantId, offline } = useSettingsPlace();
  const pages = useInfiniteQuery({
    queryKey: [askedByCall, tenantId, call.name, "pages", query],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const input = { query: { ...query, limit: pageSize, ...(pageParam === undefined ? {} : { cursor: pageParam }) } };
      return (await ask(call, input as unknown as CallInput<C>)) as unknown as Page<I>; // every contract that is asked for here answers in pages
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
    if (enabled && news.tenantId === tenantId && news.types.some((type) => changes.some((start) => type.startsWith(start)))) void refetch();
  });
  return {
    items: pages.data?.pages.flatMap(({ items }) => items),
    error: pages.data !== undefined || pages.error === null ? undefined : asBridgeError(pages.error),
    reload: () => void refetch(),
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
  };
}
