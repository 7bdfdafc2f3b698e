import { tenantCalls } from "./calls.ts";
import { useAnswer } from "./use-api.ts";

/** On how many domains a publication goes live. */
export function useDomainCount(): number {
  const { data } = useAnswer(tenantCalls.getSettings, { params: { kind: "domains" } }, { changes: ["settings."] });
  const entries = data?.document["entries"];
  return Array.isArray(entries) ? entries.length : 0;
}
