/** What happens in a tenant's team. Ids only, see `accounts.ts`. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const member = { memberId: z.uuid() };
const invitation = { invitationId: z.uuid() };
const role = { roleId: z.uuid() };
const team = { teamId: z.uuid() };
const security = { security: true };

export const memberJoined = defineEvent(
  "member.joined",
  z.object({ ...member, role: z.string(), invitationId: z.uuid().nullable() }),
  security,
);
export const memberChanged = defineEvent("member.changed", z.object({ ...member, fields: z.array(z.string()) }));
export const memberRoleChanged = defineEvent("member.role_changed", z.object({ ...member, from: z.string(), to: z.string() }), security);
export const memberRemoved = defineEvent("member.removed", z.object({ ...member, role: z.string() }), security);

export const roleCreated = defineEvent("role.created", z.object({ ...role, permissions: z.array(z.string()) }), security);
export const roleChanged = defineEvent(
  "role.changed",
  z.object({ ...role, renamed: z.boolean(), added: z.array(z.string()), taken: z.array(z.string()) }),
  security,
);
export const roleRemoved = defineEvent("role.removed", z.object(role));

export const teamCreated = defineEvent("team.created", z.object(team));
export const teamRenamed = defineEvent("team.renamed", z.object(team));
export const teamRemoved = defineEvent("team.removed", z.object(team));
export const teamMemberAdded = defineEvent("team.member_added", z.object({ ...team, ...member }));
export const teamMemberRemoved = defineEvent("team.member_removed", z.object({ ...team, ...member }));

export const invitationCreated = defineEvent("invitation.created", z.object({ ...invitation, role: z.string() }));
export const invitationResent = defineEvent("invitation.resent", z.object(invitation));
export const invitationRevoked = defineEvent("invitation.revoked", z.object(invitation));
/** By the person, in the console. */
export const invitationDeclined = defineEvent("invitation.declined", z.object(invitation));
export const invitationAccepted = defineEvent("invitation.accepted", z.object({ ...invitation, ...member }));

export const teamEvents = [
  memberJoined,
  memberChanged,
  memberRoleChanged,
  memberRemoved,
  roleCreated,
  roleChanged,
  roleRemoved,
  teamCreated,
  teamRenamed,
  teamRemoved,
  teamMemberAdded,
  teamMemberRemoved,
  invitationCreated,
  invitationResent,
  invitationRevoked,
  invitationDeclined,
  invitationAccepted,
];
