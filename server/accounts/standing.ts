/** What the platform may do to an account, and its visits to tenants. Called by super-admins' actions only. */
import { accountResumed, accountSuspended } from "../../shared/events/accounts.ts";
import { limits } from "../../shared/model/limits.ts";
import type { PlatformActor, SystemActor } from "../core/actor.ts";
import { installationId, newId } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Member, Membership } from "../team/index.ts";
import { Account, KnownDevice, OneTimeLink, Session, SupportGrant } from "./entities.ts";
import { endSessions, lockAccount } from "./sessions.ts";

type Keeper = Unit<SystemActor | PlatformActor>;

const findAccount = async (unit: Keeper, id: string): Promise<Account> => found(await unit.em.findOne(Account, { id }));

export async function suspendAccount(unit: Keeper, accountId: string, input: { reason: string; until: Date | null }): Promise<Account> {
  if (unit.actor.kind === "platform" && unit.actor.accountId === accountId) throw problem("forbidden");
  const account = found(await lockAccount(unit, accountId));
  Object.assign(account, { suspendedAt: unit.now, suspendedUntil: input.until, suspendedReason: input.reason });
  await endSessions(unit, accountId, "suspended");
  unit.happened(accountSuspended, { accountId, reason: input.reason, until: input.until?.toISOString() ?? null }, installationId);
  return account;
}

export async function resumeAccount(unit: Keeper, accountId: string): Promise<Account> {
  const account = await findAccount(unit, accountId);
  if (!account.suspendedAt) return account;
  Object.assign(account, { suspendedAt: null, suspendedUntil: null, suspendedReason: null });
  unit.happened(accountResumed, { accountId }, installationId);
  return account;
}

/** Every platform session ends when the right is taken away, at once. */
export async function setSuperAdmin(unit: Keeper, accountId: string, superAdmin: boolean): Promise<Account> {
  const account = await findAccount(unit, accountId);
  account.superAdmin = superAdmin;
  return account;
}

export interface Visit {
  tenantId: string;
  accountId: string;
  sessionId: string;
  reason: string;
  minutes: number;
}

/** A visit to a tenant, at most an hour. The caller records it in both logs. */
export function grantSupport(unit: Keeper, { tenantId, accountId, sessionId, reason, minutes }: Visit): SupportGrant {
  const until = new Date(unit.now.getTime() + Math.min(minutes, limits.impersonationMinutes) * 60_000);
  return unit.em.create(SupportGrant, { tenantId, id: newId(), accountId, sessionId, reason, createdAt: unit.now, until });
}

export async function endSupport(unit: Keeper, tenantId: string, grantId: string): Promise<SupportGrant> {
  const grant = found(await unit.em.findOne(SupportGrant, { tenantId, id: grantId }));
  grant.endedAt ??= unit.now;
  return grant;
}

/**
 * Removes an account for good, with everything of its own. Its members must be removed first, tenant by tenant; what remains of them
 * there are names beside what they wrote, which is the tenants'.
 */
export async function deleteAccount(unit: Keeper, accountId: string): Promise<void> {
  const account = await findAccount(unit, accountId);
  if ((await unit.em.count(Member, { accountId, status: "active" })) > 0) throw problem("conflict");
  await unit.em.nativeDelete(Membership, { accountId });
  await unit.em.nativeDelete(Session, { accountId });
  await unit.em.nativeDelete(OneTimeLink, { accountId });
  await unit.em.nativeDelete(KnownDevice, { accountId });
  unit.em.remove(account);
}
