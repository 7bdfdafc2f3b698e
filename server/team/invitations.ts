/**
 * Invitations. The link's secret names the tenant, so that it can be looked up under that tenant's row security; only its hash
 * stays in the database. It works once, for one address, one role and one tenant, and not longer than 72 hours.
 */
import type { BodyOf } from "../../shared/api/contract.ts";
import type { teamApi } from "../../shared/api/team.ts";
import {
  invitationAccepted,
  invitationCreated,
  invitationDeclined,
  invitationResent,
  invitationRevoked,
} from "../../shared/events/team.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { limits } from "../../shared/model/limits.ts";
import { sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { hashSecret, newId, newSecret } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import type { Place, Secrets } from "../core/secrets.ts";
import type { Unit } from "../core/work.ts";
import { assertMayMake } from "../entitlements/index.ts";
import { Tenant, type Founder } from "../tenants/index.ts";
import { Invitation, Member, Team } from "./entities.ts";
import { asking, customRoles, existingRole, lockTeam } from "./people.ts";
import { invitationState, mayGrant } from "./rules.ts";

const hour = 3_600_000;

export const sealedPlace = (invitation: { tenantId: string; id: string }): Place => [
  invitation.tenantId,
  "invitation.sealed",
  invitation.id,
];

/** A fresh link: its hash to find it by, its secret sealed until the mail is sent. */
function freshLink(invitation: { tenantId: string; id: string }, secrets: Secrets, now: Date) {
  const secret = `${invitation.tenantId}.${newSecret()}`;
  return {
    secretHash: hashSecret(secret),
    sealed: secrets.seal(secret, sealedPlace(invitation)),
    expiresAt: new Date(now.getTime() + limits.invitationHours * hour),
  };
}

export async function invite(unit: Unit<Staff>, secrets: Secrets, input: BodyOf<typeof teamApi.invite>): Promise<Invitation> {
  await lockTeam(unit);
  const { tenantId } = unit;
  const roles = await customRoles(unit);
  const actor = await asking(unit, roles);
  if (!mayGrant(actor.permissions, existingRole(input.role, roles))) throw problem("forbidden");
  const teamIds = [...new Set(input.teamIds)].toSorted();
  const known = await unit.em.findOne(Invitation, { tenantId, id: input.id });
  if (known) {
    const same = known.email === input.email && known.role === input.role && known.teamIds.join() === teamIds.join();
    if (!same) throw problem("id_reused");
    return known;
  }
  if (teamIds.length > 0 && (await unit.em.count(Team, { tenantId, id: { $in: teamIds } })) !== teamIds.length) throw problem("not_found");
  if (await unit.em.findOne(Member, { tenantId, email: input.email, status: "active" })) throw problem("already_member");
  const replaced = await unit.rows<{ id: string }>(sql`
    update invitation set status = 'revoked', sealed = null
    where tenant_id = ${tenantId} and email = ${input.email} and status = 'pending' returning id`);
  for (const { id } of replaced) unit.happened(invitationRevoked, { invitationId: id });
  // Who is invited already will need a place, too.
  const promised = await unit.em.count(Invitation, { tenantId, status: "pending", expiresAt: { $gt: unit.now } });
  await assertMayMake(unit, "members", { promised });
  const { language } = found(await unit.em.findOne(Tenant, { tenantId, id: tenantId }));
  unit.happened(invitationCreated, { invitationId: input.id, role: input.role });
  return unit.em.create(Invitation, {
    tenantId,
    id: input.id,
    email: input.email,
    role: input.role,
    teamIds,
    language: input.language ?? language,
    status: "pending",
    invitedBy: actor.memberId,
    createdAt: unit.now,
    ...freshLink({ tenantId, id: input.id }, secrets, unit.now),
  });
}

/** Of a tenant that the platform made: nobody is in it yet who could invite. */
export function inviteFirstAdmin(
  unit: Unit<Founder>,
  secrets: Secrets,
  { tenantId, email, language }: { tenantId: string; email: string; language: Language },
): void {
  const id = newId();
  unit.em.create(Invitation, {
    tenantId,
    id,
    email,
    role: "admin",
    teamIds: [],
    language,
    status: "pending",
    createdAt: unit.now,
    ...freshLink({ tenantId, id }, secrets, unit.now),
  });
  unit.happened(invitationCreated, { invitationId: id, role: "admin" }, tenantId);
}

export async function resendInvitation(unit: Unit<Staff>, secrets: Secrets, invitationId: string): Promise<Invitation> {
  await lockTeam(unit);
  const roles = await customRoles(unit);
  const actor = await asking(unit, roles);
  const invitation = found(await unit.em.findOne(Invitation, { tenantId: unit.tenantId, id: invitationId }));
  if (invitation.status !== "pending") throw problem("stale_state");
  if (!mayGrant(actor.permissions, existingRole(invitation.role, roles))) throw problem("forbidden");
  Object.assign(invitation, freshLink(invitation, secrets, unit.now));
  unit.happened(invitationResent, { invitationId });
  return invitation;
}

export async function revokeInvitation(unit: Unit<Staff>, invitationId: string): Promise<void> {
  await lockTeam(unit);
  const invitation = found(await unit.em.findOne(Invitation, { tenantId: unit.tenantId, id: invitationId }));
  if (invitation.status === "accepted" || invitation.status === "declined") throw problem("stale_state");
  if (invitation.status === "revoked") return;
  invitation.status = "revoked";
  invitation.sealed = null;
  unit.happened(invitationRevoked, { invitationId });
}

/** The tenant that a link's secret names; anything else is a link that does not work. */
export function tenantOfSecret(secret: string): string {
  const tenantId = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\./u.exec(secret)?.[1];
  if (tenantId === undefined) throw problem("link_expired");
  return tenantId;
}

/** The open invitation behind a link. Unknown, used, revoked and too old all answer the same. */
export async function openInvitation(unit: Unit, secret: string): Promise<Invitation> {
  const tenantId = tenantOfSecret(secret);
  const invitation = await unit.em.findOne(Invitation, { tenantId, secretHash: hashSecret(secret) });
  if (!invitation || invitationState(invitation, unit.now) !== "pending") throw problem("link_expired");
  return invitation;
}

/** Takes the invitation for good, before the member is made. The team's lock makes it single use. */
export async function takeInvitation(unit: Unit<Founder>, secret: string): Promise<Invitation> {
  await lockTeam(unit, tenantOfSecret(secret));
  const invitation = await openInvitation(unit, secret);
  invitation.status = "accepted";
  invitation.sealed = null;
  return invitation;
}

/**
 * An open invitation to this address, by its id: for the person whom the account proves. Somebody else's answers like one that does not
 * exist. The team's lock makes the answer the only one. No index begins with an address (SECURITY T-10); among the few that are open
 * the one of `invitation_one_open` is short enough to be looked through.
 */
async function openInvitationTo(unit: Unit<Founder>, email: string, invitationId: string): Promise<Invitation> {
  const { tenantId } = found(await unit.em.findOne(Invitation, { id: invitationId, email, status: "pending" }));
  await lockTeam(unit, tenantId);
  const invitation = await unit.em.findOneOrFail(Invitation, { tenantId, id: invitationId }, { refresh: true });
  return found(invitationState(invitation, unit.now) === "pending" ? invitation : null);
}

/** As `takeInvitation`, for somebody who is signed in. */
export async function takeInvitationTo(unit: Unit<Founder>, email: string, invitationId: string): Promise<Invitation> {
  const invitation = await openInvitationTo(unit, email, invitationId);
  invitation.status = "accepted";
  invitation.sealed = null;
  return invitation;
}

export async function declineInvitation(unit: Unit<Founder>, email: string, invitationId: string): Promise<void> {
  const invitation = await openInvitationTo(unit, email, invitationId);
  invitation.status = "declined";
  invitation.sealed = null;
  unit.happened(invitationDeclined, { invitationId }, invitation.tenantId);
}

export function markAccepted(unit: Unit<Founder>, invitation: Invitation, memberId: string): void {
  invitation.acceptedBy = memberId;
  unit.happened(invitationAccepted, { invitationId: invitation.id, memberId }, invitation.tenantId);
}
