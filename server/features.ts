/** The table of contents: every capability of the server. A feature may know only those above it; news upward travels as events. */
import { accounts } from "./accounts/index.ts";
import { contacts } from "./contacts/index.ts";
import { conversations } from "./conversations/index.ts";
import { audit } from "./audit/index.ts";
import { logTables } from "./core/events/logs.ts";
import { entitlements } from "./entitlements/index.ts";
import { createRegistry, type Feature } from "./core/feature.ts";
import { coreTables } from "./core/tables.ts";
import { followups } from "./followups/index.ts";
import { notifications } from "./notifications/index.ts";
import { platform } from "./platform/index.ts";
import { pages } from "./pages/index.ts";
import { preferences } from "./preferences/index.ts";
import { reports } from "./reports/index.ts";
import { retention } from "./retention/index.ts";
import { replies } from "./replies/index.ts";
import { routing } from "./routing/index.ts";
import { samples } from "./samples/index.ts";
import { sync } from "./sync/index.ts";
import { tasks } from "./tasks/index.ts";
import { team } from "./team/index.ts";
import { tenants } from "./tenants/index.ts";
import { visitors } from "./visitors/index.ts";

export const features: readonly Feature[] = [
  tenants,
  entitlements,
  team,
  accounts,
  audit,
  contacts,
  visitors,
  conversations,
  routing,
  replies,
  tasks,
  followups,
  samples,
  preferences,
  notifications,
  reports,
  retention,
  sync,
  platform,
  pages,
];

export const registry = createRegistry(features, [...logTables, ...coreTables]);
export const routines = features.flatMap((feature) => feature.routines);
