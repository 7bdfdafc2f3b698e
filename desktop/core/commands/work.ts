import { followupsApi } from "@switchboard/shared/api/followups.ts";
import { tasksApi } from "@switchboard/shared/api/tasks.ts";
import type { CommandOutput, CommandParsed } from "../../bridge/index.ts";
import type { Desk } from "../desk.ts";

export async function readHistory(
  desk: Desk,
  { tenantId, of, id, cursor }: CommandParsed<"work.history">,
): Promise<CommandOutput<"work.history">> {
  const tenant = desk.tenant(tenantId);
  const query = cursor === undefined ? {} : { cursor };
  const { items, next } =
    of === "task"
      ? await tenant.ask(tasksApi.history, { params: { taskId: id }, query })
      : await tenant.ask(followupsApi.history, { params: { followupId: id }, query });
  const lines = items.map(({ actor, ...line }) => ({
    ...line,
    by: actor["kind"] === "member" && typeof actor["id"] === "string" ? actor["id"] : null,
  }));
  return { lines, next };
}
