/** Who is asking. Every read and every write states its actor; there is no "as admin" boolean. */
import type { Permission } from "../../shared/model/permissions.ts";
import { installationId } from "./ids.ts";
import { problem } from "./problem.ts";

export interface MemberActor {
  kind: "member";
  tenantId: string;
  memberId: string;
  accountId: string;
  sessionId: string;
  role: string;
  permissions: ReadonlySet<Permission>;
  teamIds: readonly string[];
}

/** A super-admin inside a tenant: for a while, with a reason, looking only. */
export interface SupportActor {
  kind: "support";
  tenantId: string;
  accountId: string;
  sessionId: string;
  grantId: string;
  reason: string;
  until: Date;
  permissions: ReadonlySet<Permission>;
}

export interface VisitorActor {
  kind: "visitor";
  tenantId: string;
  visitorId: string;
  contactId: string;
  /** True when the tenant's own signed token said who this is. */
  verified: boolean;
}

/** A signed-in account that has not chosen a tenant. */
export interface AccountActor {
  kind: "account";
  accountId: string;
  sessionId: string;
}

/** A super-admin in the platform sign-in scope. */
export interface PlatformActor {
  kind: "platform";
  accountId: string;
  sessionId: string;
}

/** Background work for one tenant, under row security like everybody else. */
export interface ServiceActor {
  kind: "service";
  tenantId: string;
  reason: string;
}

/** Work across tenants or before a tenant is known. The reason is logged. */
export interface SystemActor {
  kind: "system";
  reason: string;
}

export interface AnonymousActor {
  kind: "anonymous";
}

export type TenantActor = MemberActor | SupportActor | VisitorActor | ServiceActor;
export type Actor = TenantActor | AccountActor | PlatformActor | SystemActor | AnonymousActor;

export const anonymous: AnonymousActor = { kind: "anonymous" };
export const service = (tenantId: string, reason: string): ServiceActor => ({ kind: "service", tenantId, reason });
/** Importers of this door are a fixed list, see the house test. */
export const system = (reason: string): SystemActor => ({ kind: "system", reason });

export function tenantOf(actor: Actor): string {
  return "tenantId" in actor ? actor.tenantId : installationId;
}

/** Does the actor run with the role that passes row security? */
export function crossesTenants(actor: Actor): boolean {
  return actor.kind === "system" || actor.kind === "platform" || actor.kind === "account";
}

export function holds(actor: Actor, permission: Permission): boolean {
  return (actor.kind === "member" || actor.kind === "support") && actor.permissions.has(permission);
}

/** One short string for rate limits, idempotency keys and logs. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case "member":
      return `member:${actor.memberId}`;
    case "visitor":
      return `visitor:${actor.visitorId}`;
    case "support":
      return `support:${actor.accountId}`;
    case "account":
    case "platform":
      return `${actor.kind}:${actor.accountId}`;
    case "service":
    case "system":
      return `${actor.kind}:${actor.reason}`;
    case "anonymous":
      return "anonymous";
  }
}

/** What the event log keeps about the actor. */
export function actorRecord(actor: Actor): Record<string, unknown> {
  switch (actor.kind) {
    case "member":
      // The session says from where; nothing about the place itself gets into a log that is never rewritten.
      return { kind: "member", id: actor.memberId, session: actor.sessionId };
    case "visitor":
      return { kind: "visitor", id: actor.visitorId };
    case "support":
      return { kind: "support", id: actor.accountId, reason: actor.reason };
    case "account":
    case "platform":
      return { kind: actor.kind, id: actor.accountId };
    case "service":
    case "system":
      return { kind: actor.kind, reason: actor.reason };
    case "anonymous":
      return { kind: "anonymous" };
  }
}

/** The unit of somebody who may write: contracts let a super-admin who looks on through to reads only. */
export function writer<U extends { actor: Actor }>(unit: U): U & { actor: MemberActor } {
  const { actor } = unit;
  if (actor.kind !== "member") throw problem("read_only");
  return { ...unit, actor };
}
