import { reminderChoiceOf, reminderPreference } from "@switchboard/shared/model/reminders.ts";
import type { QueryOutput, QueryParsed } from "../../bridge/index.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";

export function reminderChoiceQuery(
  desk: Desk,
  { tenantId }: QueryParsed<"reminders.choice">,
  watch: Watch,
): QueryOutput<"reminders.choice"> {
  const tenant = desk.tenant(tenantId);
  watch(topicOf(tenant, "preference"));
  const { tasks, followups, digest } = reminderChoiceOf(tenant.store.cache.get("preference", tenant.memberId)?.values[reminderPreference]);
  return { tasks: tasks && [...tasks], followups: followups && [...followups], digest };
}
