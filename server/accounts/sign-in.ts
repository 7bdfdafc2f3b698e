/**
 * Sign-in. Every try takes the same steps, whether the address is known, the password right or neither: count the try, look up,
 * compare with a hash (a dummy one if there is none), decide. What differs comes only after the right password.
 */
import type { BodyOf } from "../../shared/api/contract.ts";
import type { accountsApi, SignedIn } from "../../shared/api/accounts.ts";
import { system, type SystemActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { RequestFacts } from "../core/http/endpoint.ts";
import { Problem, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { accountBucket, countTry, deviceBucket, forgiveTry, networkBucket, type Bucket } from "./attempts.ts";
import { knownDevice, rememberDevice } from "./devices.ts";
import { Account, KnownDevice, type SessionScope } from "./entities.ts";
import { passwordsOf } from "./passwords.ts";
import { presentAccount } from "./present.ts";
import { tenantsOf } from "./read.ts";
import { isSuspended } from "./rules.ts";
import { lockAccount, startSession, type Started } from "./sessions.ts";
import { accountAccess, openTenant } from "./tokens.ts";

type Input = Omit<BodyOf<typeof accountsApi.signIn>, "tenantId">;

export interface Entered extends Started {
  account: Account;
  deviceToken: string;
}

export async function signIn(core: Core, input: Input, request: RequestFacts, scope: SessionScope): Promise<Entered> {
  const tried = await core.work(system("sign-in: look up"), (unit) => count(unit, input, request));
  const matches = await passwordsOf(core).matches(input.password, tried.account?.passwordHash);
  if (!matches || !tried.account) throw problem("wrong_credentials");
  const { id, passwordHash } = tried.account;
  assertMayEnter(tried.account, scope, core.clock.now());
  return core.work(system("sign-in: open session"), async (unit) => {
    // While the password was compared it may have been changed, or the person suspended.
    const account = await lockAccount(unit, id);
    if (account?.passwordHash !== passwordHash) throw problem("wrong_credentials");
    assertMayEnter(account, scope, unit.now);
    await forgiveTry(unit, tried.buckets);
    return enter(core, unit, { account, scope, request, device: input.device, known: tried.deviceId });
  });
}

/** Somebody who is no super-admin learns nothing at the platform's door, not even that the password was right. */
function assertMayEnter(account: Account, scope: SessionScope, now: Date): void {
  if (scope === "platform" && !account.superAdmin) throw problem("wrong_credentials");
  if (!account.verifiedAt) throw problem("verification_needed");
  if (isSuspended(account, now)) throw problem("account_suspended");
}

async function count(unit: Unit<SystemActor>, { email, device }: Input, request: RequestFacts) {
  const account = await unit.em.findOne(Account, { email });
  const known = await knownDevice(unit, device.token, account?.id);
  const buckets: Bucket[] = known ? [deviceBucket(known.id)] : [accountBucket(email), networkBucket(request.ip)];
  await countTry(unit, buckets);
  return { account, buckets, deviceId: known?.id };
}

interface Entering {
  account: Account;
  scope: SessionScope;
  request: RequestFacts;
  device: Input["device"];
  /** The known device that asks. */
  known: string | undefined;
}

/** Opens a session for somebody who has proven who they are. */
export async function enter(core: Core, unit: Unit<SystemActor>, { account, scope, request, device, known }: Entering): Promise<Entered> {
  const before = await unit.em.find(KnownDevice, { accountId: account.id });
  const same = before.find(({ id }) => id === known);
  if (same) same.lastUsedAt = unit.now;
  const deviceToken = same && device.token !== undefined ? device.token : rememberDevice(unit, account.id);
  const started = await startSession(unit, core.secrets, {
    accountId: account.id,
    scope,
    device: device.name,
    request,
    // The very first sign-in is no news to anybody.
    newDevice: same === undefined && before.length > 0,
  });
  return { ...started, account, deviceToken };
}

/** What a person gets who has come in: the asked tenant, or the one used last, or none. */
export async function welcome(core: Core, entered: Entered, request: RequestFacts, tenantId: string | undefined): Promise<SignedIn> {
  const { account, sessionId } = entered;
  const tenants = await tenantsOf(core, account.id, request.language);
  const person = { accountId: account.id, sessionId };
  const wanted = tenants.find((tenant) => tenant.tenantId === tenantId) ?? tenants.find(({ status }) => status === "active");
  const access = wanted ? await openOrNone(core, person, wanted.tenantId) : await accountAccess(core, person);
  return {
    account: presentAccount(account),
    sessionId,
    access,
    refreshToken: entered.refreshToken,
    refreshExpiresAt: entered.refreshExpiresAt.toISOString(),
    deviceToken: entered.deviceToken,
    tenants,
  };
}

/** A tenant that is suspended keeps nobody from signing in to their account. */
async function openOrNone(core: Core, person: { accountId: string; sessionId: string }, tenantId: string) {
  try {
    return await openTenant(core, person, tenantId);
  } catch (error) {
    if (error instanceof Problem) return accountAccess(core, person);
    throw error;
  }
}
