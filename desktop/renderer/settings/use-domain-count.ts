import { newsOfSettings } from "@switchboard/shared/events/news.ts";
import { tenantCalls } from "./calls.ts";
import { useAnswer } from "./use-api.ts";

/** On how many domains a publication goes live. */
export function useDomainCount(): number {
  const { data } = useAnswer(tenantCalls.getSettings, { params: { kind: "domains" } }, { changes: newsOfSettings("domains") });
  const entries = data?.document["entries"];
  return Array.isArray(entries) ? entries.length : 0;
}
