import * as calendarEvents from "../../shared/events/calendar.ts";
import * as events from "../../shared/events/followups.ts";
import { feature } from "../core/feature.ts";
import { calendarPage } from "./calendar-page.ts";
import { followupMutations } from "./change.ts";
import { followupEndpoints } from "./endpoints.ts";
import { followupTables } from "./entities.ts";
import { assignJob, missedJob } from "./jobs.ts";
import { followupReactions } from "./reactions.ts";
import { syncedFollowup } from "./rows.ts";

export const followups = feature({
  name: "followups",
  tables: followupTables,
  endpoints: followupEndpoints,
  pages: [calendarPage],
  events: [...Object.values(events), ...Object.values(calendarEvents)],
  reactions: followupReactions,
  jobs: [missedJob, assignJob],
  synced: [syncedFollowup],
  mutations: followupMutations,
});

export { deleteEndedFollowups, deleteFollowupsOf, followupEndedBefore, lockFollowupsOf, unfinishedFollowup } from "./delete-ended.ts";
export { Followup } from "./entities.ts";
