import type { Contract } from "../../shared/api/contract.ts";
import { accountsApi } from "../../shared/api/accounts.ts";
import type { AccountActor, MemberActor } from "../core/actor.ts";
import { action, endpoint, type Endpoint } from "../core/http/endpoint.ts";
import { lookAgain, once } from "../core/http/idempotency.ts";
import { found, problem } from "../core/problem.ts";
import { Tenant } from "../tenants/index.ts";
import { acceptInvitation, acceptInvitationAsNew } from "./accept-invitation.ts";
import { changePassword, forgotPassword, resetPassword } from "./change-password.ts";
import { Account, Session } from "./entities.ts";
import { refresh } from "./exchange.ts";
import { endMemberSessions, listMemberSessions } from "./member-sessions.ts";
import { declineInvited, invitationsTo, joinInvited } from "./my-invitations.ts";
import { presentAccount } from "./present.ts";
import { sessionsOf, tenantsOf } from "./read.ts";
import { endSession, endSessions, lockAccount } from "./sessions.ts";
import { signIn, welcome } from "./sign-in.ts";
import { assertOpenForSignUp, assertSite, foundTenant, signUp } from "./sign-up.ts";
import { openTenant, platformAccess } from "./tokens.ts";
import { updateProfile } from "./update-profile.ts";
import { resendVerification, verifyEmail } from "./verify-email.ts";

type Person = AccountActor | MemberActor;

/** The person behind a call, whichever tenant their token names: accounts belong to no tenant. */
const accountOf = ({ accountId, sessionId }: Person): AccountActor => ({ kind: "account", accountId, sessionId });

/** Like `action`, for calls of a person about their own account. */
function own<C extends Contract>(contract: C, run: Parameters<typeof action<C, AccountActor>>[1]): Endpoint {
  return endpoint<C, AccountActor>(contract, (call) =>
    call.work(
      accountOf(call.actor),
      (unit) =>
        once(unit, contract.idempotent ? call.request.idempotencyKey : undefined, [contract.name, call.params, call.query, call.body], () =>
          run(unit, call),
        ),
      { readOnly: contract.method === "GET" },
    ),
  );
}

const comingIn = [
  endpoint(accountsApi.signUp, async ({ core, body }) => {
    await signUp(core, body);
    return { email: body.email };
  }),
  endpoint(accountsApi.resendVerification, async ({ core, body }) => {
    await resendVerification(core, body.email);
    return { email: body.email };
  }),
  endpoint(accountsApi.verifyEmail, ({ core, body }) => verifyEmail(core, body.secret)),
  endpoint(accountsApi.signIn, async ({ core, body, request }) =>
    welcome(core, await signIn(core, body, request, "console"), request, body.tenantId),
  ),
  endpoint(accountsApi.refresh, ({ core, body }) => refresh(core, "console", body.refreshToken, body.tenantId)),
  endpoint(accountsApi.forgotPassword, async ({ core, body }) => {
    await forgotPassword(core, body.email);
    return { email: body.email };
  }),
  endpoint(accountsApi.resetPassword, ({ core, body }) => resetPassword(core, body)),
  endpoint(accountsApi.acceptInvitationAsNew, ({ core, body, request }) => acceptInvitationAsNew(core, body, request)),
];

const person = [
  endpoint(accountsApi.openTenant, async ({ core, actor, body }) => ({
    access: await openTenant(core, actor, body.tenantId),
  })),
  own(accountsApi.signOut, async (unit, { actor }) => {
    endSession(unit, found(await unit.em.findOne(Session, { id: actor.sessionId })), "sign-out");
  }),
  endpoint(accountsApi.me, async ({ core, actor, request }) => {
    const account = await core.work(accountOf(actor), ({ em }) => em.findOneOrFail(Account, { id: actor.accountId }), { readOnly: true });
    if (actor.kind === "account") return { account: presentAccount(account), tenant: null, permissions: [] };
    const tenants = await tenantsOf(core, actor.accountId, request.language);
    const tenant = tenants.find(({ tenantId }) => tenantId === actor.tenantId) ?? null;
    return { account: presentAccount(account), tenant, permissions: [...actor.permissions].toSorted() };
  }),
  own(accountsApi.updateMe, async (unit, { body }) => presentAccount(await updateProfile(unit, body))),
  endpoint(accountsApi.myTenants, async ({ core, actor, request }) => ({
    items: await tenantsOf(core, actor.accountId, request.language),
  })),
  endpoint(accountsApi.createTenant, async ({ core, actor, body, request }) => {
    assertOpenForSignUp(core);
    assertSite(body.site);
    await lookAgain(() =>
      core.work(accountOf(actor), async (unit) => {
        const account = await lockAccount(unit, actor.accountId);
        if (!account?.verifiedAt) throw problem("verification_needed");
        const known = await unit.em.findOne(Tenant, { tenantId: body.id, id: body.id });
        if (!known) await foundTenant(unit, account, body, "member");
        else if (known.name !== body.business || known.businessType !== body.businessType) throw problem("id_reused");
      }),
    );
    const tenants = await tenantsOf(core, actor.accountId, request.language);
    const mine = tenants.find(({ tenantId }) => tenantId === body.id);
    // Somebody else's tenant has this id: the same answer as for a body that does not fit.
    if (!mine) throw problem("id_reused");
    return mine;
  }),
  endpoint(accountsApi.mySessions, async ({ core, actor }) => ({
    items: await sessionsOf(core, actor.accountId, actor.sessionId),
  })),
  own(accountsApi.endMySession, async (unit, { actor, params }) => {
    endSession(unit, found(await unit.em.findOne(Session, { id: params.sessionId, accountId: actor.accountId })), "by-owner");
  }),
  own(accountsApi.endMyOtherSessions, async (unit, { actor }) => {
    await endSessions(unit, actor.accountId, "by-owner", actor.sessionId);
  }),
  endpoint(accountsApi.changePassword, async ({ core, actor, body }) => {
    await changePassword(core, actor, body);
  }),
  endpoint(accountsApi.myInvitations, async ({ core, actor, request }) => ({
    items: await invitationsTo(core, accountOf(actor), request.language),
  })),
  endpoint(accountsApi.joinInvited, ({ core, actor, params, request }) =>
    joinInvited(core, accountOf(actor), params.invitationId, request.language),
  ),
  own(accountsApi.declineInvited, (unit, { params }) => declineInvited(unit, params.invitationId)),
  endpoint(accountsApi.acceptInvitation, async ({ core, actor, body }) => ({
    access: await acceptInvitation(core, actor, body.secret),
  })),
];

const oversight = [
  action(accountsApi.memberSessions, async (unit, { params }) => ({ items: await listMemberSessions(unit, params.memberId) })),
  action(accountsApi.endMemberSession, async (unit, { params }) => {
    await endMemberSessions(unit, params.memberId, params.sessionId);
  }),
  action(accountsApi.endMemberSessions, async (unit, { params }) => {
    await endMemberSessions(unit, params.memberId);
  }),
];

const platform = [
  endpoint(accountsApi.platformSignIn, async ({ core, body, request }) => {
    const entered = await signIn(core, body, request, "platform");
    const access = await platformAccess(core, { accountId: entered.account.id, sessionId: entered.sessionId });
    const { sessionId, refreshToken, deviceToken } = entered;
    return {
      account: presentAccount(entered.account),
      sessionId,
      access,
      refreshToken,
      refreshExpiresAt: entered.refreshExpiresAt.toISOString(),
      deviceToken,
    };
  }),
  endpoint(accountsApi.platformRefresh, ({ core, body }) => refresh(core, "platform", body.refreshToken)),
  endpoint(accountsApi.platformSignOut, async ({ core, actor }) => {
    await core.work(actor, async (unit) => {
      endSession(unit, found(await unit.em.findOne(Session, { id: actor.sessionId })), "sign-out");
    });
  }),
];

export const accountEndpoints = [...comingIn, ...person, ...oversight, ...platform];
