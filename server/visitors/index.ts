import { visitorEvents } from "../../shared/events/visitors.ts";
import { feature } from "../core/feature.ts";
import { authenticateVisitor } from "./authenticate.ts";
import { visitorEndpoints } from "./endpoints.ts";
import { visitorTables } from "./entities.ts";
import { forgetPages } from "./jobs.ts";
import { visitorRoutines } from "./routines.ts";

export { actorOf, assertMayVisit, findSession, isVerified, readToken, type VisitSession } from "./authenticate.ts";
export { configVersion } from "./config.ts";
export { deleteVisitorsOf, lockVisitorsOf, visitorSeenAfter } from "./delete-visitors.ts";
export { Visitor } from "./entities.ts";
export { detailsFrom, readAnswers } from "./forms.ts";
export { frameAncestorsOf, isOwnOrigin } from "./origins.ts";
export { pageTrailOf } from "./page-trail.ts";
export { presented, visitorsHere, type Here } from "./presence.ts";
export { personToVisitor } from "./present.ts";
export { startVisit } from "./start-visit.ts";

export const visitors = feature({
  name: "visitors",
  tables: visitorTables,
  routines: visitorRoutines,
  endpoints: visitorEndpoints,
  events: visitorEvents,
  jobs: [forgetPages],
  authenticators: { visitor: authenticateVisitor },
});
