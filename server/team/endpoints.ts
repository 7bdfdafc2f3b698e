import { teamApi } from "../../shared/api/team.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import { isBuiltInRole } from "../../shared/model/permissions.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { action, endpoint, type Staff } from "../core/http/endpoint.ts";
import type { Unit } from "../core/work.ts";
import { tenantFacts } from "../tenants/index.ts";
import { Member, Role } from "./entities.ts";
import { invite, openInvitation, resendInvitation, revokeInvitation, tenantOfSecret } from "./invitations.ts";
import { customRoles } from "./people.ts";
import { presentInvitation } from "./present.ts";
import { listInvitations, listMembers, listRoles, listTeams, readMember, showMember, showRole, showTeam } from "./read.ts";
import { removeMember } from "./remove-member.ts";
import { createRole, removeRole, updateRole } from "./roles.ts";
import { addTeamMember, createTeam, removeTeam, removeTeamMember, renameTeam } from "./teams.ts";
import { updateMember } from "./update-member.ts";

type At = Unit<Staff>;

const members = [
  action(teamApi.listMembers, (unit, { query }) => listMembers(unit, query)),
  action(teamApi.getMember, (unit, { params }) => readMember(unit, params.memberId)),
  action(teamApi.updateMember, async (unit, { params, body }) => showMember(unit, await updateMember(unit, params.memberId, body))),
  action(teamApi.removeMember, (unit, { params }) => removeMember(unit, params.memberId)),
];

const roles = [
  action(teamApi.listRoles, async (unit) => ({ items: await listRoles(unit) })),
  action(teamApi.createRole, async (unit, { body }) => showRole(unit, (await createRole(unit, body)).id)),
  action(teamApi.updateRole, async (unit, { params, body }) => showRole(unit, (await updateRole(unit, params.roleId, body)).id)),
  action(teamApi.removeRole, (unit, { params }) => removeRole(unit, params.roleId)),
];

const teams = [
  action(teamApi.listTeams, async (unit) => ({ items: await listTeams(unit) })),
  action(teamApi.createTeam, async (unit, { body }) => showTeam(unit, await createTeam(unit, body))),
  action(teamApi.updateTeam, async (unit, { params, body }) => showTeam(unit, await renameTeam(unit, params.teamId, body.name))),
  action(teamApi.removeTeam, (unit, { params }) => removeTeam(unit, params.teamId)),
  action(teamApi.addTeamMember, async (unit, { params }) => showTeam(unit, await addTeamMember(unit, params.teamId, params.memberId))),
  action(teamApi.removeTeamMember, async (unit, { params }) =>
    showTeam(unit, await removeTeamMember(unit, params.teamId, params.memberId)),
  ),
];

/** A whole company can be invited in a morning; a stolen account cannot write to the world through us. */
const limitInvitations = (core: Core, tenantId: string) => core.limiter.takeFrom("invitations", tenantId, { points: 200, seconds: 86_400 });

const invitations = [
  action(teamApi.listInvitations, (unit, { query }) => listInvitations(unit, query)),
  action(teamApi.invite, async (unit, { core, body }) => {
    await limitInvitations(core, unit.tenantId);
    return show(unit, await invite(unit, core.secrets, body));
  }),
  action(teamApi.resendInvitation, async (unit, { core, params }) => {
    await limitInvitations(core, unit.tenantId);
    return show(unit, await resendInvitation(unit, core.secrets, params.invitationId));
  }),
  action(teamApi.revokeInvitation, (unit, { params }) => revokeInvitation(unit, params.invitationId)),
  endpoint(teamApi.previewInvitation, async ({ core, body, request }) => {
    // The secret names the tenant, and only under that tenant's row security is it looked up.
    const tenantId = tenantOfSecret(body.secret);
    const seen = await core.work(
      service(tenantId, "preview of an invitation"),
      async (unit) => {
        const invitation = await openInvitation(unit, body.secret);
        const custom = isBuiltInRole(invitation.role) ? null : await unit.em.findOne(Role, { tenantId, id: invitation.role });
        const inviter = invitation.invitedBy ? await unit.em.findOne(Member, { tenantId, id: invitation.invitedBy }) : null;
        return { invitation, custom, inviter };
      },
      { readOnly: true },
    );
    const { role, email, expiresAt } = seen.invitation;
    const t = translateTo(request.language);
    return {
      tenant: (await tenantFacts(core, tenantId)).name,
      email,
      roleName: isBuiltInRole(role) ? t(`roles.${role}`) : (seen.custom?.name ?? ""),
      invitedBy: seen.inviter?.name ?? null,
      expiresAt: expiresAt.toISOString(),
    };
  }),
];

async function show(unit: At, invitation: Parameters<typeof presentInvitation>[0]) {
  return presentInvitation(invitation, { actor: unit.actor, roles: await customRoles(unit) }, unit.now);
}

export const teamEndpoints = [...members, ...roles, ...teams, ...invitations];
