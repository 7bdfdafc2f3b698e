/** Who works in a tenant: members, roles, teams, invitations. */
import { z } from "zod";
import { allPermissions } from "../model/permissions.ts";
import { limits } from "../model/limits.ts";
import { contract, member, publicly } from "./contract.ts";
import { email, id, instant, language, newId, page, pageQuery, text } from "./fields.ts";

/** `operator`, `admin`, or the id of a custom role. */
export const roleRef = () => z.union([z.enum(["operator", "admin"]), id("role")]);

/** How many conversations a member holds at once; 0 takes none by itself. */
const loadLimit = () => z.number().int().min(0).max(50);
const skills = () => z.array(text(limits.skillName)).max(limits.skillsPerMember);
const permissionList = () => z.array(z.enum(allPermissions)).max(allPermissions.length);

export const memberShape = z.object({
  id: id("member"),
  accountId: id("account"),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  status: z.enum(["active", "removed"]),
  language: language(),
  loadLimit: z.number().int(),
  skills: z.array(z.string()),
  teamIds: z.array(id("team")),
  createdAt: instant(),
  removedAt: instant().nullable(),
  can: z.object({ edit: z.boolean(), changeRole: z.boolean(), remove: z.boolean() }),
});
export type MemberShape = z.output<typeof memberShape>;

export const roleShape = z.object({
  /** `operator` and `admin` are built in. */
  id: z.string(),
  name: z.string(),
  builtIn: z.boolean(),
  permissions: z.array(z.string()),
  members: z.number().int(),
  can: z.object({ edit: z.boolean(), remove: z.boolean(), grant: z.boolean() }),
});
export type RoleShape = z.output<typeof roleShape>;

export const teamShape = z.object({
  id: id("team"),
  name: z.string(),
  memberIds: z.array(id("member")),
  createdAt: instant(),
  can: z.object({ edit: z.boolean(), remove: z.boolean() }),
});
export type TeamShape = z.output<typeof teamShape>;

export const invitationShape = z.object({
  id: id("invitation"),
  email: z.string(),
  role: z.string(),
  teamIds: z.array(id("team")),
  language: language(),
  status: z.enum(["pending", "accepted", "declined", "revoked", "expired"]),
  invitedBy: id("member").nullable(),
  createdAt: instant(),
  expiresAt: instant(),
  acceptedBy: id("member").nullable(),
  can: z.object({ resend: z.boolean(), revoke: z.boolean() }),
});
export type InvitationShape = z.output<typeof invitationShape>;

const memberParams = z.strictObject({ memberId: id("member") });
const roleParams = z.strictObject({ roleId: id("role") });
const teamParams = z.strictObject({ teamId: id("team") });
const invitationParams = z.strictObject({ invitationId: id("invitation") });

export const teamApi = {
  listMembers: contract({
    name: "members.list",
    method: "GET",
    path: "/api/v1/team/members",
    access: member("team.read"),
    summary: "Members of the tenant, by name",
    query: z.strictObject({ ...pageQuery, status: z.enum(["active", "removed", "all"]).default("active") }),
    output: page(memberShape),
  }),
  getMember: contract({
    name: "members.get",
    method: "GET",
    path: "/api/v1/team/members/:memberId",
    access: member("team.read"),
    summary: "One member",
    params: memberParams,
    output: memberShape,
    errors: ["not_found"],
  }),
  updateMember: contract({
    name: "members.update",
    method: "PATCH",
    path: "/api/v1/team/members/:memberId",
    access: member("team.manage"),
    summary: "Change a member's role, load limit or skills",
    description: "Nobody grants more than they hold, changes somebody who holds more, or leaves the tenant without an admin.",
    params: memberParams,
    body: z.strictObject({ role: roleRef().optional(), loadLimit: loadLimit().optional(), skills: skills().optional() }),
    output: memberShape,
    errors: ["not_found", "forbidden", "last_admin"],
  }),
  removeMember: contract({
    name: "members.remove",
    method: "DELETE",
    path: "/api/v1/team/members/:memberId",
    access: member("team.manage"),
    summary: "Remove a member; their sessions lose this tenant at once",
    params: memberParams,
    errors: ["not_found", "forbidden", "last_admin"],
  }),

  listRoles: contract({
    name: "roles.list",
    method: "GET",
    path: "/api/v1/team/roles",
    access: member("team.read"),
    summary: "Built-in and custom roles with their permissions",
    output: z.object({ items: z.array(roleShape) }),
  }),
  createRole: contract({
    name: "roles.create",
    method: "POST",
    path: "/api/v1/team/roles",
    access: member("team.manage"),
    summary: "Create a custom role",
    body: z.strictObject({ id: newId(), name: text(limits.roleName), permissions: permissionList() }),
    output: roleShape,
    status: 201,
    errors: ["forbidden", "id_reused", "over_limit"],
  }),
  updateRole: contract({
    name: "roles.update",
    method: "PATCH",
    path: "/api/v1/team/roles/:roleId",
    access: member("team.manage"),
    summary: "Rename a custom role or change what it permits; takes effect at once",
    params: roleParams,
    body: z.strictObject({ name: text(limits.roleName).optional(), permissions: permissionList().optional() }),
    output: roleShape,
    errors: ["not_found", "forbidden"],
  }),
  removeRole: contract({
    name: "roles.remove",
    method: "DELETE",
    path: "/api/v1/team/roles/:roleId",
    access: member("team.manage"),
    summary: "Remove a custom role that nobody holds",
    params: roleParams,
    errors: ["not_found", "forbidden", "conflict"],
  }),

  listTeams: contract({
    name: "teams.list",
    method: "GET",
    path: "/api/v1/teams",
    access: member("team.read"),
    summary: "Teams with their members",
    output: z.object({ items: z.array(teamShape) }),
  }),
  createTeam: contract({
    name: "teams.create",
    method: "POST",
    path: "/api/v1/teams",
    access: member("team.manage"),
    summary: "Create a team",
    body: z.strictObject({ id: newId(), name: text(limits.teamName), memberIds: z.array(id("member")).max(limits.bulkItems).default([]) }),
    output: teamShape,
    status: 201,
    errors: ["id_reused", "not_found", "over_limit"],
  }),
  updateTeam: contract({
    name: "teams.update",
    method: "PATCH",
    path: "/api/v1/teams/:teamId",
    access: member("team.manage"),
    summary: "Rename a team",
    params: teamParams,
    body: z.strictObject({ name: text(limits.teamName) }),
    output: teamShape,
    errors: ["not_found"],
  }),
  removeTeam: contract({
    name: "teams.remove",
    method: "DELETE",
    path: "/api/v1/teams/:teamId",
    access: member("team.manage"),
    summary: "Remove a team",
    description: "409 while conversations or other things still belong to it.",
    params: teamParams,
    errors: ["not_found", "conflict"],
  }),
  addTeamMember: contract({
    name: "teams.addMember",
    method: "PUT",
    path: "/api/v1/teams/:teamId/members/:memberId",
    access: member("team.manage"),
    summary: "Put a member into a team",
    params: z.strictObject({ teamId: id("team"), memberId: id("member") }),
    output: teamShape,
    errors: ["not_found", "over_limit"],
  }),
  removeTeamMember: contract({
    name: "teams.removeMember",
    method: "DELETE",
    path: "/api/v1/teams/:teamId/members/:memberId",
    access: member("team.manage"),
    summary: "Take a member out of a team",
    params: z.strictObject({ teamId: id("team"), memberId: id("member") }),
    output: teamShape,
    errors: ["not_found"],
  }),

  listInvitations: contract({
    name: "invitations.list",
    method: "GET",
    path: "/api/v1/invitations",
    access: member("team.manage"),
    summary: "Invitations, newest first",
    query: z.strictObject({ ...pageQuery, status: z.enum(["pending", "all"]).default("pending") }),
    output: page(invitationShape),
  }),
  invite: contract({
    name: "invitations.create",
    method: "POST",
    path: "/api/v1/invitations",
    access: member("team.manage"),
    summary: "Invite somebody by mail",
    description:
      "The link is bound to address, role and tenant, works once and for 72 hours. An open invitation to the same address is replaced.",
    body: z.strictObject({
      id: newId(),
      email: email(),
      role: roleRef(),
      teamIds: z.array(id("team")).max(limits.teamsPerMember).default([]),
      language: language().optional(),
    }),
    output: invitationShape,
    status: 201,
    errors: ["forbidden", "already_member", "id_reused", "not_found", "rate_limited", "over_limit"],
  }),
  resendInvitation: contract({
    name: "invitations.resend",
    method: "POST",
    path: "/api/v1/invitations/:invitationId/resend",
    access: member("team.manage"),
    summary: "Send a new link; the old one stops working",
    params: invitationParams,
    output: invitationShape,
    errors: ["not_found", "forbidden", "stale_state", "rate_limited"],
  }),
  revokeInvitation: contract({
    name: "invitations.revoke",
    method: "DELETE",
    path: "/api/v1/invitations/:invitationId",
    access: member("team.manage"),
    summary: "Withdraw an invitation; its link stops working",
    params: invitationParams,
    errors: ["not_found", "stale_state"],
  }),
  previewInvitation: contract({
    name: "invitations.preview",
    method: "POST",
    path: "/api/v1/invitations/preview",
    access: publicly,
    summary: "What a link invites to, before it is accepted",
    body: z.strictObject({
      secret: z
        .string()
        .min(20)
        .max(600)
        .regex(/^[\w.-]+$/u),
    }),
    output: z.object({
      tenant: z.string(),
      email: z.string(),
      roleName: z.string(),
      invitedBy: z.string().nullable(),
      expiresAt: instant(),
    }),
    errors: ["link_expired"],
    rate: "sign-in",
    idempotent: false,
  }),
};
