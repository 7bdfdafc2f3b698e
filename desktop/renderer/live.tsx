/**
 * Live queries for views. TanStack Query keeps the values, `keepIdentity` the rows that did not change, so that of a list of fifty one is
 * drawn again; this file keeps one subscription a query while somebody looks at it.
 */
import {
  hashKey,
  keepPreviousData,
  notifyManager,
  QueryClient,
  QueryClientProvider,
  useQueries,
  useQuery,
  type QueryKey,
  type UseQueryResult,
} from "@tanstack/react-query";
import { createContext, use, useEffect, useEffectEvent, type ReactNode } from "react";
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventName,
  EventPayload,
  QueryInput,
  QueryName,
  QueryOutput,
} from "../bridge/index.ts";
import { keepIdentity } from "./keep-identity.ts";
import { BridgeError, type RendererPort } from "./port.ts";

export interface Bridge {
  readonly port: RendererPort;
  readonly client: QueryClient;
  /** Asks before anybody looks: the answer is on its way while the view is drawn that will. */
  readonly ask: <N extends QueryName>(name: N, input: QueryInput<N>) => void;
}

/** A query that nobody looks at keeps its last value for so long, so that going back shows it at once. */
const keptMs = 5 * 60_000;
/** Going from one pane to another leaves and enters a query within a frame; that is no reason to subscribe twice. */
const lingerMs = 500;
/** The key of a query that is switched off. */
const nobody = "nobody";
/** Begins the key of what a screen asks the server for by a call: it is no live query, and has its own way to be asked again. */
export const askedByCall = "api";

export function createBridge(port: RendererPort): Bridge {
  // The default waits for a timer, which is most of a frame.
  notifyManager.setScheduler(queueMicrotask);
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: keptMs,
        retry: false,
        refetchOnMount: false,
        refetchOnReconnect: false,
        refetchOnWindowFocus: false,
        networkMode: "always",
        structuralSharing: keepIdentity,
      },
    },
  });
  const open = new Map<string, { readonly stop: () => void; late: ReturnType<typeof setTimeout> | undefined }>();
  const firsts = new Map<string, { readonly resolve: (value: unknown) => void; readonly reject: (error: BridgeError) => void }>();

  const enter = (hash: string, key: QueryKey) => {
    if (key[0] === nobody || key[0] === askedByCall) return;
    const known = open.get(hash);
    if (known !== undefined) {
      clearTimeout(known.late);
      known.late = undefined;
      return;
    }
    const [name, input] = key as [QueryName, QueryInput<QueryName>]; // only `liveOptions` makes keys
    const stop = port.live(name, input, {
      value(value) {
        const first = firsts.get(hash);
        firsts.delete(hash);
        if (first === undefined) client.setQueryData(key, value);
        else first.resolve(value);
      },
      failed(error) {
        // A query that failed is over; trying again subscribes anew.
        forget(hash);
        const first = firsts.get(hash);
        firsts.delete(hash);
        if (first === undefined) client.getQueryCache().get(hash)?.setState({ status: "error", error });
        else first.reject(error);
      },
    });
    open.set(hash, { stop, late: undefined });
  };
  const forget = (hash: string) => {
    const known = open.get(hash);
    if (known === undefined) return;
    clearTimeout(known.late);
    open.delete(hash);
    known.stop();
  };
  const leave = (hash: string) => {
    const known = open.get(hash);
    if (known === undefined || known.late !== undefined) return;
    known.late = setTimeout(() => forget(hash), lingerMs);
  };
  const ask: Bridge["ask"] = (name, input) => {
    const key = [name, input] as const;
    const hash = hashKey(key);
    // What somebody looked at before is asked for by whoever looks again, or was refused and stays so.
    if (open.has(hash) || client.getQueryCache().get(hash) !== undefined) return;
    enter(hash, key);
    leave(hash);
  };

  client.getQueryCache().subscribe((event) => {
    if (event.type === "observerAdded") enter(event.query.queryHash, event.query.queryKey as QueryKey);
    else if (event.type === "observerRemoved" && event.query.getObserversCount() === 0) leave(event.query.queryHash);
  });
  client.setDefaultOptions({
    queries: {
      ...client.getDefaultOptions().queries,
      queryFn: ({ queryKey }) => {
        const hash = hashKey(queryKey);
        return new Promise((resolve, reject) => {
          firsts.set(hash, { resolve, reject });
          enter(hash, queryKey);
        });
      },
    },
  });
  return { port, client, ask };
}

const BridgeContext = createContext<Bridge | undefined>(undefined);

export function BridgeProvider({ bridge, children }: { readonly bridge: Bridge; readonly children: ReactNode }) {
  return (
    <QueryClientProvider client={bridge.client}>
      <BridgeContext value={bridge}>{children}</BridgeContext>
    </QueryClientProvider>
  );
}

export function useBridge(): Bridge {
  const bridge = use(BridgeContext);
  if (bridge === undefined) throw new Error("no bridge: wrap the page in BridgeProvider");
  return bridge;
}

type LiveResult<N extends QueryName> = UseQueryResult<QueryOutput<N>, BridgeError>;

export function liveOptions<N extends QueryName>(name: N, input: QueryInput<N>) {
  return { queryKey: [name, input] as const };
}

/** The value of a query, now and whenever it changes. `keep` shows the value of the input before until the new one is there. */
export function useLive<N extends QueryName>(
  name: N,
  input: QueryInput<N>,
  { enabled = true, keep = false }: { readonly enabled?: boolean; readonly keep?: boolean } = {},
): LiveResult<N> {
  const { ask } = useBridge();
  if (enabled) ask(name, input);
  return useQuery<unknown, BridgeError>({
    queryKey: enabled ? [name, input] : [nobody],
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  }) as LiveResult<N>; // the name ties input and value together
}

/** What a view takes from a query: it is drawn again when this changes, not with everything else that the value says. */
export function useLiveChosen<N extends QueryName, T>(
  name: N,
  input: QueryInput<N>,
  choose: (value: QueryOutput<N>) => T,
  { enabled = true }: { readonly enabled?: boolean } = {},
): T | undefined {
  const { ask } = useBridge();
  if (enabled) ask(name, input);
  return useQuery<unknown, BridgeError, T>({
    queryKey: enabled ? [name, input] : [nobody],
    enabled,
    select: (value) => choose(value as QueryOutput<N>), // the name ties input and value together
  }).data;
}

/** Asks for what a part of this view is going to show, together with what the view itself waits for. It is not drawn by it. */
export function useLiveAhead<N extends QueryName>(name: N, input: QueryInput<N>, given: { readonly enabled?: boolean } = {}): void {
  useLiveChosen(name, input, () => undefined, given);
}

/** Several inputs of one query: the pages of a list, the windows of a long conversation. */
export function useLivePages<N extends QueryName>(name: N, inputs: readonly QueryInput<N>[]): readonly LiveResult<N>[] {
  const { ask } = useBridge();
  for (const input of inputs) ask(name, input);
  const results: readonly UseQueryResult[] = useQueries({ queries: inputs.map((input) => liveOptions(name, input)) });
  return results as readonly LiveResult<N>[]; // one result an input, in their order
}

export function useCall(): <N extends CommandName>(name: N, input: CommandInput<N>) => Promise<CommandOutput<N>> {
  return useBridge().port.command;
}

export function useBridgeEvent<N extends EventName>(name: N, run: (payload: EventPayload<N>) => void): void {
  const { port } = useBridge();
  const heard = useEffectEvent(run);
  useEffect(() => port.on(name, (payload) => heard(payload)), [port, name]);
}
