import { routingEvents } from "../../shared/events/routing.ts";
import { feature } from "../core/feature.ts";
import { routingEndpoints } from "./endpoints.ts";
import { routingTables } from "./entities.ts";
import { escalateJob, routeJob, sweepJob } from "./jobs.ts";
import { routingReactions } from "./reactions.ts";
import { routingSockets } from "./sockets.ts";

export const routing = feature({
  name: "routing",
  tables: routingTables,
  endpoints: routingEndpoints,
  events: routingEvents,
  reactions: routingReactions,
  jobs: [routeJob, escalateJob, sweepJob],
  sockets: routingSockets,
});
