/** What the pages about people ask the server for; see `../calls.ts`. `people-calls.test.ts` compares the names with the contracts. */
import type { accountsApi } from "@switchboard/shared/api/accounts.ts";
import type { auditApi } from "@switchboard/shared/api/audit.ts";
import type { labelsApi } from "@switchboard/shared/api/conversations.ts";
import type { supportApi } from "@switchboard/shared/api/platform.ts";
import type { repliesApi } from "@switchboard/shared/api/replies.ts";
import type { routingApi } from "@switchboard/shared/api/routing.ts";
import type { syncApi } from "@switchboard/shared/api/sync.ts";
import type { teamApi } from "@switchboard/shared/api/team.ts";
import type { usageApi } from "@switchboard/shared/api/usage.ts";
import { callsOf } from "../calls.ts";

export const teamCalls = callsOf<typeof teamApi>()({
  listMembers: "members.list",
  updateMember: "members.update",
  removeMember: "members.remove",
  listRoles: "roles.list",
  createRole: "roles.create",
  updateRole: "roles.update",
  removeRole: "roles.remove",
  listTeams: "teams.list",
  createTeam: "teams.create",
  updateTeam: "teams.update",
  removeTeam: "teams.remove",
  addTeamMember: "teams.addMember",
  removeTeamMember: "teams.removeMember",
  listInvitations: "invitations.list",
  invite: "invitations.create",
  resendInvitation: "invitations.resend",
  revokeInvitation: "invitations.revoke",
});

export const accountCalls = callsOf<typeof accountsApi>()({
  me: "me.get",
  updateMe: "me.update",
  mySessions: "me.sessions",
  endMySession: "me.endSession",
  endMyOtherSessions: "me.endOtherSessions",
  changePassword: "me.changePassword",
  memberSessions: "members.sessions",
  endMemberSession: "members.endSession",
  endMemberSessions: "members.endSessions",
});

export const deviceCalls = callsOf<typeof syncApi>()({
  devices: "sync.devices",
  teamDevices: "sync.teamDevices",
  revokeDevice: "sync.revokeDevice",
});

export const routingCalls = callsOf<typeof routingApi>()({ availabilities: "routing.availabilities" });

export const replyCalls = callsOf<typeof repliesApi>()({
  list: "replies.list",
  create: "replies.create",
  update: "replies.update",
  remove: "replies.remove",
  import: "replies.import",
});

export const labelCalls = callsOf<typeof labelsApi>()({
  list: "labels.list",
  create: "labels.create",
  update: "labels.update",
  remove: "labels.remove",
  merge: "labels.merge",
});

export const auditCalls = callsOf<typeof auditApi>()({
  list: "audit.list",
  types: "audit.types",
  verify: "audit.verify",
  export: "audit.export",
});

export const usageCalls = callsOf<typeof usageApi>()({ get: "usage.get" });

export const supportCalls = callsOf<typeof supportApi>()({
  visits: "support.visits",
  endVisit: "support.endVisit",
  ask: "support.ask",
  list: "support.list",
});
