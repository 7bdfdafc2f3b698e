/** The labels with which a conversation begins, by the tenant's rules: in the transaction that begins it, so that no round sees it without. */
import { conversationLabelled } from "../../shared/events/conversations.ts";
import { labelsByRule, type LabelRule } from "../../shared/model/label-rules.ts";
import { service, type VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { settingsOf } from "../tenants/index.ts";
import { Visitor, visitorsHere } from "../visitors/index.ts";

export interface LabelRules {
  rules: readonly LabelRule[];
  /** Where the visitor is now; what is stored of it comes a moment later. */
  page: string | null;
}

export async function labelRulesFor(core: Core, { tenantId, visitorId }: VisitorActor): Promise<LabelRules> {
  const { labelRules } = await settingsOf(core, tenantId, "routing");
  return { rules: labelRules, page: visitorsHere(core).facts(tenantId, visitorId)?.page?.url ?? null };
}

export async function labelsAtBeginning(
  { em, rows, tenantId, actor }: Unit<VisitorActor>,
  { rules, page }: LabelRules,
  answers: Readonly<Record<string, string>>,
): Promise<string[]> {
  if (rules.length === 0) return [];
  const visitor = await em.findOne(Visitor, { tenantId, id: actor.visitorId });
  const labels = await rows<{ id: string }>(sql`
    select id from label where tenant_id = ${tenantId} and id = any(${uuidArray(rules.map(({ labelId }) => labelId))})`);
  return labelsByRule(
    rules,
    { language: visitor?.language ?? "", page: page ?? visitor?.pageUrl ?? null, answers },
    new Set(labels.map(({ id }) => id)),
  );
}

/** Told as done by the rules: the visitor only began a conversation. */
export function tellLabels({ happened, tenantId }: Unit<VisitorActor>, conversationId: string, added: string[]): void {
  if (added.length > 0) happened(conversationLabelled, { conversationId, added, removed: [] }, tenantId, service(tenantId, "label rules"));
}
