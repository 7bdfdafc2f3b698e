import { deviceRevoked } from "../../shared/events/sync.ts";
import { feature } from "../core/feature.ts";
import { differing, refused, resets } from "./counters.ts";
import { createDeltaBuilder } from "./delta.ts";
import { syncEndpoints, syncedOf } from "./endpoints.ts";
import { deviceTables } from "./entities.ts";
import { tidyJob } from "./jobs.ts";

export const sync = feature({
  name: "sync",
  tables: deviceTables,
  endpoints: syncEndpoints,
  sockets: [createDeltaBuilder(syncedOf)],
  jobs: [tidyJob],
  counters: [differing, resets, refused],
  events: [deviceRevoked],
});

export { Device } from "./entities.ts";
