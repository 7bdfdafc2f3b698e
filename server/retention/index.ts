import { retentionApi } from "../../shared/api/retention.ts";
import { retentionApplied } from "../../shared/events/retention.ts";
import { feature } from "../core/feature.ts";
import { action } from "../core/http/endpoint.ts";
import { tallyTable } from "./entities.ts";
import { forgetAnswers } from "./forget-answers.ts";
import { applyJob, nightJob } from "./jobs.ts";
import { previewOf } from "./preview.ts";

export const retention = feature({
  name: "retention",
  tables: [tallyTable],
  endpoints: [
    action(retentionApi.preview, (unit, { query: { conversationDays = null, workDays = null, contactDays = null } }) =>
      previewOf(unit, { conversationDays, workDays, contactDays }),
    ),
  ],
  events: [retentionApplied],
  jobs: [nightJob, applyJob, forgetAnswers],
});
