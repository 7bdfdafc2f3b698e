import { accountVerificationAsked, accountVerified } from "../../shared/events/accounts.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { Unit } from "../core/work.ts";
import { Account } from "./entities.ts";
import { makeLink, takeLink } from "./links.ts";
import { lockAddress } from "./sign-up.ts";

export function verifyEmail(core: Core, secret: string): Promise<{ email: string }> {
  return core.work(system("verification of an address"), async (unit) => {
    const account = await unit.em.findOneOrFail(Account, { id: await takeLink(unit, "verify", secret) });
    confirmAddress(unit, account);
    return { email: account.email };
  });
}

/** Whoever opened a link in a mail reads that mailbox. */
export function confirmAddress(unit: Unit, account: Account): void {
  if (account.verifiedAt) return;
  account.verifiedAt = unit.now;
  unit.happened(accountVerified, { accountId: account.id });
}

/** Takes the same path for an address that nobody has, or that is confirmed already: a link of nobody. */
export async function resendVerification(core: Core, email: string): Promise<void> {
  await core.work(system("verification mail again"), async (unit) => {
    await lockAddress(unit, email);
    const account = await unit.em.findOne(Account, { email });
    const accountId = account && !account.verifiedAt ? account.id : undefined;
    unit.happened(accountVerificationAsked, { linkId: await makeLink(unit, core.secrets, "verify", accountId) });
  });
}
