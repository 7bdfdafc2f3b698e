/** What queries and commands see of the core. */
import type { EventName, EventPayload, QueryOutput } from "../bridge/index.ts";
import type { Alarms } from "./alarms/alarms.ts";
import type { Personal } from "./personal.ts";
import type { Ports } from "./ports.ts";
import type { Session } from "./session/session.ts";
import type { Tenant } from "./tenant/tenant.ts";

export interface Desk {
  readonly ports: Ports;
  readonly session: Session;
  readonly alarms: Alarms;
  readonly personal: Personal;
  /** The server's time; of the first tenant, for what is about none. */
  now(): number;
  /** Opened on this computer, in their order. */
  tenants(): readonly Tenant[];
  /** One of them that may be read, or a refusal. */
  tenant(tenantId: string): Tenant;
  /** Those of the asked that may be read. */
  over(tenants: "all" | readonly string[]): readonly Tenant[];
  openTenant(tenantId: string): Promise<void>;
  /** Answers how many things were not sent; nothing was done when that is not 0 and may not be discarded. */
  closeTenant(tenantId: string, discardUnsent: boolean): Promise<number>;
  signOut(discardUnsent: boolean): Promise<number>;
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
  touched(topics: ReadonlySet<string>): void;
  /** The connection as the sync bar shows it: no flicker in the first seconds. */
  link(): { link: QueryOutput<"sync.state">["link"]; since: number | null };
  trouble(): QueryOutput<"sync.state">["trouble"];
  lastOffline(): QueryOutput<"sync.state">["lastOffline"];
  /** The network, the computer or the person is back: everything tries again at once. */
  resume(): void;
  /** What the panes of the window in front show. */
  setViewing(conversations: readonly { tenantId: string; conversationId: string }[]): void;
  /** Why a tenant cannot be opened on this computer. */
  refusedTenants(): ReadonlyMap<string, "newer_database" | "not_saved">;
}

/** Told while a query runs: its value depends on this. */
export type Watch = (topic: string) => void;

export const topicOf = (tenant: Tenant, topic: string) => `${tenant.tenantId}/${topic}`;
