/** A new password, by the old one or by a link. Either way everybody else who is signed in with this account is not any more. */
import type { BodyOf } from "../../shared/api/contract.ts";
import type { accountsApi } from "../../shared/api/accounts.ts";
import { accountPasswordChanged, accountResetAsked } from "../../shared/events/accounts.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { found, problem } from "../core/problem.ts";
import { accountBucket, confirmBucket, countTry, forgiveTry } from "./attempts.ts";
import { forgetDevices, rememberDevice } from "./devices.ts";
import { Account } from "./entities.ts";
import { makeLink, peekLink, takeLink } from "./links.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { passwordsOf } from "./passwords.ts";
import { endSessions, lockAccount } from "./sessions.ts";
import { lockAddress } from "./sign-up.ts";
import { confirmAddress } from "./verify-email.ts";

type Change = BodyOf<typeof accountsApi.changePassword>;

export async function changePassword(core: Core, person: { accountId: string; sessionId: string }, input: Change): Promise<void> {
  const { accountId, sessionId } = person;
  const passwords = passwordsOf(core);
  // A borrowed screen must not become a place to guess at.
  const buckets = [confirmBucket(accountId)];
  const account = await core.work(system("password change: look up"), async (unit) => {
    await countTry(unit, buckets);
    return unit.em.findOneOrFail(Account, { id: accountId });
  });
  if (!(await passwords.matches(input.current, account.passwordHash))) throw problem("wrong_credentials");
  assertGoodPassword(input.password, account.email);
  const passwordHash = await passwords.hash(input.password);
  await core.work(system("password change"), async (unit) => {
    const mine = await lockAccount(unit, accountId);
    // Set anew meanwhile, by a link or elsewhere: then the one that was shown is not the current one any more.
    if (mine?.passwordHash !== account.passwordHash) throw problem("wrong_credentials");
    await forgiveTry(unit, buckets);
    Object.assign(mine, { passwordHash, passwordChangedAt: unit.now });
    await endSessions(unit, accountId, "password", sessionId);
    unit.happened(accountPasswordChanged, { accountId, by: "owner" });
  });
}

/** Takes the same path for an address that nobody has: a link of nobody. */
export async function forgotPassword(core: Core, email: string): Promise<void> {
  await core.work(system("forgotten password"), async (unit) => {
    await lockAddress(unit, email);
    const account = await unit.em.findOne(Account, { email });
    unit.happened(accountResetAsked, { linkId: await makeLink(unit, core.secrets, "reset", account?.id) });
  });
}

export async function resetPassword(
  core: Core,
  input: { secret: string; password: string },
): Promise<{ email: string; deviceToken: string }> {
  // A password that is refused does not use the link up.
  const { email } = await core.work(system("password reset: look up"), async (unit) => {
    const { accountId } = await peekLink(unit, "reset", input.secret);
    return unit.em.findOneOrFail(Account, { id: accountId });
  });
  assertGoodPassword(input.password, email);
  const passwordHash = await passwordsOf(core).hash(input.password);
  return core.work(system("password reset"), async (unit) => {
    const accountId = await takeLink(unit, "reset", input.secret);
    const account = found(await lockAccount(unit, accountId));
    Object.assign(account, { passwordHash, passwordChangedAt: unit.now });
    confirmAddress(unit, account);
    await endSessions(unit, accountId, "password");
    await forgetDevices(unit, accountId);
    await forgiveTry(unit, [accountBucket(account.email)]);
    unit.happened(accountPasswordChanged, { accountId, by: "reset" });
    return { email: account.email, deviceToken: rememberDevice(unit, accountId) };
  });
}
