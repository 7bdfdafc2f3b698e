/** A feature registers itself; `core` never imports one. `server/features.ts` is the one list of them. */
import type { Context } from "koa";
import type { Contract } from "../../shared/api/contract.ts";
import type { EventDefinition } from "../../shared/events/define.ts";
import type { Actor } from "./actor.ts";
import type { Core } from "./core.ts";
import type { Table } from "./database/table.ts";
import type { Endpoint } from "./http/endpoint.ts";
import type { Page } from "./http/page.ts";
import type { Job, Reaction } from "./jobs/define.ts";
import type { SocketEvent } from "./realtime/define.ts";
import type { LogSource } from "./realtime/tail.ts";
import type { Mutation } from "./sync/mutation.ts";
import type { SyncedEntity } from "./sync/synced.ts";
import type { Counted } from "./telemetry/metrics.ts";

/** Turns the bearer token of a request or a socket into an actor; who may do that is decided by the features that own accounts and visitors. */
export type Authenticate = (core: Core, token: string, hints: { ip: string; origin: string | undefined }) => Promise<Actor>;

export interface Feature {
  name: string;
  tables: readonly Table[];
  /** Definer and other functions of the feature, `create or replace`, run after its tables exist. */
  routines: readonly string[];
  /** Tables whose new rows carry their own `seq` and are log entries themselves. */
  logSources: readonly LogSource[];
  /** Rows that devices hold. */
  synced: readonly SyncedEntity[];
  /** What devices may ask for by pushing; the same mutations serve the HTTP actions. */
  mutations: readonly Mutation[];
  endpoints: readonly Endpoint[];
  /** Server-rendered pages and files outside `/api`. */
  pages: readonly Page[];
  /** Answers a person who came to an address at which there is nothing. */
  nothingHere?: ((core: Core, ctx: Context) => void) | undefined;
  sockets: readonly SocketEvent[];
  events: readonly EventDefinition[];
  reactions: readonly Reaction[];
  jobs: readonly Job[];
  counters: readonly Counted[];
  authenticators: Partial<Record<"account" | "member" | "visitor" | "platform", Authenticate>>;
}

export function feature(input: Pick<Feature, "name"> & Partial<Feature>): Feature {
  return {
    tables: [],
    routines: [],
    logSources: [],
    synced: [],
    mutations: [],
    endpoints: [],
    pages: [],
    sockets: [],
    events: [],
    reactions: [],
    jobs: [],
    counters: [],
    authenticators: {},
    ...input,
  };
}

/** Everything that registers, checked once at start: a contract without an endpoint, a name twice, a route without a permission does not start. */
export interface Registry {
  features: readonly Feature[];
  tables: readonly Table[];
  endpoints: readonly Endpoint[];
  contracts: readonly Contract[];
  events: ReadonlyMap<string, EventDefinition>;
}

export function createRegistry(features: readonly Feature[], coreTables: readonly Table[]): Registry {
  const endpoints = features.flatMap(({ endpoints: list }) => list);
  assertUnique(
    "feature",
    features.map(({ name }) => name),
  );
  assertUnique(
    "route name",
    endpoints.map(({ contract }) => contract.name),
  );
  assertUnique(
    "route",
    endpoints.map(({ contract }) => `${contract.method} ${contract.path.replaceAll(/:\w+/g, ":")}`),
  );
  const events = features.flatMap(({ events: list }) => list);
  assertUnique(
    "event",
    events.map(({ type }) => type),
  );
  assertUnique(
    "socket event",
    features.flatMap(({ sockets }) => sockets.map(({ namespace, name }) => `${namespace} ${name}`)),
  );
  assertUnique(
    "mutation",
    features.flatMap(({ mutations }) => mutations.map(({ mutator }) => `${mutator.name}@${mutator.v}`)),
  );
  assertUnique(
    "job",
    features.flatMap(({ jobs }) => jobs.map(({ name }) => name)),
  );
  for (const { contract } of endpoints) assertParams(contract);
  const tables = [...coreTables, ...features.flatMap(({ tables: list }) => list)];
  assertUnique(
    "table",
    tables.map(({ name }) => name),
  );
  return {
    features,
    tables,
    endpoints,
    contracts: endpoints.map(({ contract }) => contract),
    events: new Map(events.map((event) => [event.type, event])),
  };
}

function assertUnique(what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new Error(`Two registrations of ${what} "${name}".`);
    seen.add(name);
  }
}

function assertParams({ name, path, params, access }: Contract): void {
  if (!access) throw new Error(`Route ${name} says nothing about who may call it.`);
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, key]) => key);
  const declared = Object.keys(params.shape);
  if (new Set(inPath).symmetricDifference(new Set(declared)).size > 0) throw new Error(`Route ${name}: path and params schema disagree.`);
}
