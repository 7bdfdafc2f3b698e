/** Asks the server through the core: a screen has no network. Answers are kept while somebody looks, and asked for again when the tenant's history says that they changed. */
import type { Contract, OutputOf } from "@switchboard/shared/api/contract.ts";
import { concerns } from "@switchboard/shared/events/news.ts";
import type { CallInput } from "@switchboard/shared/client/client.ts";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { askedByCall, useBridge, useBridgeEvent } from "../live.tsx";
import { BridgeError } from "../port.ts";
import type { Call } from "./calls.ts";
import { useSettingsPlace } from "./settings-place.ts";

export type AskServer = <C extends Contract>(call: Call<C>, input?: CallInput<C>) => Promise<OutputOf<C>>;

/** One call, now. Rejects with a `BridgeError` whose code is documented in `shared/api/problems.ts`. */
export function useAskServer(): AskServer {
  const { port } = useBridge();
  const { tenantId } = useSettingsPlace();
  return useCallback(
    async <C extends Contract>({ name }: Call<C>, input?: CallInput<C>): Promise<OutputOf<C>> => {
      const { params, query, body } = (input ?? {}) as { params?: object; query?: object; body?: unknown };
      // Inputs are JSON by their contract, and the server has presented the answer by the same one.
      return (await port.command("api", {
        tenantId,
        name,
        ...(params === undefined ? {} : { params: namesOf(params) }),
        ...(query === undefined ? {} : { query: query as Record<string, never> }),
        ...(body === undefined ? {} : { body: body as never }),
      })) as OutputOf<C>;
    },
    [port, tenantId],
  );
}

/** They become parts of an address: a version is a number in its contract and text on the way. */
const namesOf = (params: object): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));

export interface Answer<T> {
  /** The last answer, also while a newer one is on its way. */
  readonly data: T | undefined;
  /** Why there is none. */
  readonly error: BridgeError | undefined;
  readonly reload: () => void;
  /** What a change has just answered, without asking again. */
  readonly put: (value: T) => void;
}

/** An answer that stays right: `changes` are the beginnings of the news (`shared/events/news.ts`) that make it old. */
export function useAnswer<C extends Contract>(
  call: Call<C>,
  input: CallInput<C>,
  { changes = [], enabled = true }: { readonly changes?: readonly string[]; readonly enabled?: boolean } = {},
): Answer<OutputOf<C>> {
  const ask = useAskServer();
  const { tenantId, offline } = useSettingsPlace();
  const { client } = useBridge();
  const queryKey = [askedByCall, tenantId, call.name, input] as const;
  const query = useQuery<OutputOf<C>>({
    queryKey,
    enabled,
    queryFn: () => ask(call, input),
    // Somebody may have changed it while nobody looked.
    refetchOnMount: "always",
  });
  const { refetch } = query;
  // What happened while the line was down was told to nobody here.
  const wasOffline = useRef(offline);
  useEffect(() => {
    if (wasOffline.current && !offline && enabled) void refetch();
    wasOffline.current = offline;
  }, [offline, enabled, refetch]);
  useBridgeEvent("tenant.happened", (news) => {
    if (news.tenantId === tenantId && concerns(news.types, changes)) void refetch();
  });
  return {
    data: query.data,
    error: query.data !== undefined || query.error === null ? undefined : asBridgeError(query.error),
    reload: () => void refetch(),
    put: (value) => client.setQueryData(queryKey, value),
  };
}

export function asBridgeError(error: unknown): BridgeError {
  return error instanceof BridgeError ? error : new BridgeError({ code: "internal", message: String(error) });
}

interface FieldErrorShape {
  readonly at: string;
  readonly code: string;
}

/** The fields that the server named, without the way to the body: `document.zone`. */
export function fieldErrors(error: BridgeError): readonly FieldErrorShape[] {
  const errors: unknown = error.data["errors"];
  if (!Array.isArray(errors)) return [];
  return (errors as readonly FieldErrorShape[]).map(({ at, code }) => ({ at: at.replace(/^body\./u, ""), code }));
}
