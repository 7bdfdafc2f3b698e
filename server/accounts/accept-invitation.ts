/** Joining a tenant by a mailed link: with the account that is signed in, or with a new one, which the link has verified. */
import type { BodyOf } from "../../shared/api/contract.ts";
import type { accountsApi, AccessShape, SignedIn } from "../../shared/api/accounts.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { RequestFacts } from "../core/http/endpoint.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { joinTenant, markAccepted, openInvitation, takeInvitation, tenantOfSecret, type Invitation } from "../team/index.ts";
import { assertServes, type Founder } from "../tenants/index.ts";
import { Account } from "./entities.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { passwordsOf } from "./passwords.ts";
import { lockAccount } from "./sessions.ts";
import { enter, welcome } from "./sign-in.ts";
import { createAccount, lockAddress } from "./sign-up.ts";
import { openTenant } from "./tokens.ts";

/** The open invitation behind a secret, whose tenant takes people now. */
async function look(core: Core, secret: string) {
  const tenantId = tenantOfSecret(secret);
  const invitation = await core.work(service(tenantId, "invitation"), (unit) => openInvitation(unit, secret), { readOnly: true });
  await assertServes(core, tenantId);
  return invitation;
}

export async function acceptInvitation(core: Core, person: { accountId: string; sessionId: string }, secret: string): Promise<AccessShape> {
  await look(core, secret);
  const tenantId = await core.work(system("invitation accepted"), async (unit) => {
    const account = found(await lockAccount(unit, person.accountId));
    const invitation = await takeInvitation(unit, secret);
    // The invitation is for an address. Somebody else who got hold of the link is not let in with their own account.
    if (invitation.email !== account.email || !account.verifiedAt) throw problem("forbidden");
    await join(unit, account, invitation);
    return invitation.tenantId;
  });
  return openTenant(core, person, tenantId);
}

/** The account becomes what the invitation, which was taken in this transaction, says. */
export async function join(unit: Unit<Founder>, account: Account, invitation: Invitation): Promise<void> {
  const { tenantId, role, teamIds, id: invitationId } = invitation;
  const member = await joinTenant(unit, { tenantId, account, role, teamIds, invitationId });
  markAccepted(unit, invitation, member.id);
}

type AsNew = BodyOf<typeof accountsApi.acceptInvitationAsNew>;

export async function acceptInvitationAsNew(core: Core, input: AsNew, request: RequestFacts): Promise<SignedIn> {
  const { email } = await look(core, input.secret);
  assertGoodPassword(input.password, email);
  const passwordHash = await passwordsOf(core).hash(input.password);
  const { entered, tenantId } = await core.work(system("invitation accepted as new"), async (unit) => {
    await lockAddress(unit, email);
    if (await unit.em.findOne(Account, { email })) throw problem("conflict");
    const invitation = await takeInvitation(unit, input.secret);
    const { name, language, zone } = input;
    const account = createAccount(unit, { email, name, language, zone, passwordHash, by: "invitation" });
    await join(unit, account, invitation);
    const session = await enter(core, unit, { account, scope: "console", request, device: input.device, known: undefined });
    return { entered: session, tenantId: invitation.tenantId };
  });
  return welcome(core, entered, request, tenantId);
}
