import { usageApi } from "../../shared/api/usage.ts";
import { entitlementEvents } from "../../shared/events/entitlements.ts";
import { feature } from "../core/feature.ts";
import { action } from "../core/http/endpoint.ts";
import { entitlementTables } from "./entities.ts";
import { warnAboutConversations } from "./reactions.ts";
import { readUsage } from "./usage.ts";

export { conversationsOfMonth, countedMeters } from "./count.ts";
export { keepCounting } from "./keep-counting.ts";
export { assertMayMake, mayMake, planOf, tellUse } from "./may.ts";
export { limitsOf, readUsage, setLimits } from "./usage.ts";

export const entitlements = feature({
  name: "entitlements",
  tables: entitlementTables,
  endpoints: [action(usageApi.get, (unit) => readUsage(unit))],
  events: entitlementEvents,
  reactions: [warnAboutConversations],
});
