import { teamEvents } from "../../shared/events/team.ts";
import { feature } from "../core/feature.ts";
import { accessRoutines } from "./access-log.ts";
import { syncedTeam } from "./rows.ts";
import { teamReactions } from "./reactions.ts";
import { teamEndpoints } from "./endpoints.ts";
import { availabilityTable, invitationTable, memberTable, membershipTable, roleTable, teamMemberTable, teamTable } from "./entities.ts";

export { isQuiet, readStandbys, standbysOf, takesConversations, usualStandby, writeStandby, type Standby } from "./availability.ts";
export { Availability, type Invitation, Member, Membership, Role, Team, TeamMember } from "./entities.ts";
export {
  declineInvitation,
  inviteFirstAdmin,
  markAccepted,
  openInvitation,
  takeInvitation,
  takeInvitationTo,
  tenantOfSecret,
} from "./invitations.ts";
export { copyProfile, defaultLoadLimit, joinTenant, type Joining } from "./join.ts";
export { customRoles, keepTeam, mayOversee } from "./people.ts";
export { permissionsOf } from "./rules.ts";
export { keepStanding, memberStanding, type MemberStanding } from "./standing.ts";

export const team = feature({
  name: "team",
  tables: [memberTable, roleTable, teamTable, teamMemberTable, invitationTable, availabilityTable, membershipTable],
  routines: accessRoutines,
  synced: syncedTeam,
  endpoints: teamEndpoints,
  events: teamEvents,
  reactions: teamReactions,
});
