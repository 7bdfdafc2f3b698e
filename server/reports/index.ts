import { reportsApi } from "../../shared/api/reports.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import { feature } from "../core/feature.ts";
import { action } from "../core/http/endpoint.ts";
import { writer } from "../core/actor.ts";
import { followupTable, taskTable } from "./export.ts";
import { countFollowups } from "./followups.ts";
import { countTasks } from "./tasks.ts";

const report = { mayLag: true };

export const reports = feature({
  name: "reports",
  endpoints: [
    action(reportsApi.tasks, (unit, { core, query }) => countTasks(core, unit, query), report),
    action(reportsApi.followups, (unit, { core, query }) => countFollowups(core, unit, query), report),
    action(
      reportsApi.export,
      async (unit, { core, query, request }) => {
        writer(unit); // a super-admin who looks on takes nothing away
        const t = translateTo(request.language);
        const csv = query.table.startsWith("tasks.")
          ? taskTable(t, query.table, await countTasks(core, unit, query))
          : followupTable(t, query.table, await countFollowups(core, unit, query));
        return { fileName: `${query.table.replace(".", "-")}-${query.from}-${query.to}.csv`, csv };
      },
      report,
    ),
  ],
});
