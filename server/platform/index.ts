import { platformEvents } from "../../shared/events/platform.ts";
import { feature } from "../core/feature.ts";
import { deleteTenants } from "./delete-tenant.ts";
import { platformEndpoints } from "./endpoints.ts";
import { platformTables } from "./entities.ts";
import { endVisits } from "./jobs.ts";
import { platformReactions } from "./reactions.ts";

export { runTenantCommand, sentenceOf, usage } from "./command.ts";
export { provisionTenant, type Provision } from "./provision-tenant.ts";

export const platform = feature({
  name: "platform",
  tables: platformTables,
  endpoints: platformEndpoints,
  events: platformEvents,
  reactions: platformReactions,
  jobs: [endVisits, deleteTenants],
});
