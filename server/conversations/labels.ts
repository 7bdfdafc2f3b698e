import type { BodyOf } from "../../shared/api/contract.ts";
import type { labelsApi } from "../../shared/api/conversations.ts";
import { labelChanged, labelMade, labelMerged, labelRemoved } from "../../shared/events/conversations.ts";
import { rulesWithout } from "../../shared/model/label-rules.ts";
import { limits } from "../../shared/model/limits.ts";
import { lockLabels } from "../contacts/index.ts";
import type { MemberActor } from "../core/actor.ts";
import { fragment, sql } from "../core/database/sql.ts";
import { found, invalid, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { followSettings } from "../tenants/index.ts";
import { Label } from "./entities.ts";

export async function createLabel(unit: Unit, { id, name, colour }: BodyOf<typeof labelsApi.create>): Promise<Label> {
  const { em, tenantId } = unit;
  await lockLabels(unit);
  const known = await em.findOne(Label, { tenantId, id });
  if (known) {
    if (known.name !== name || known.colour !== colour) throw problem("id_reused");
    return known;
  }
  if ((await em.count(Label, { tenantId })) >= limits.labelsPerTenant) throw problem("over_limit");
  const label = em.create(Label, { tenantId, id, name, colour, createdAt: unit.now });
  unit.happened(labelMade, { labelId: id });
  return label;
}

export async function updateLabel(unit: Unit, id: string, changes: BodyOf<typeof labelsApi.update>): Promise<Label> {
  const label = found(await unit.em.findOne(Label, { tenantId: unit.tenantId, id }));
  if (changes.name !== undefined) label.name = changes.name;
  if (changes.colour !== undefined) label.colour = changes.colour;
  unit.happened(labelChanged, { labelId: id });
  return label;
}

/** Conversations, contacts, tasks and rules lose it at the same moment. */
export async function removeLabel(unit: Unit<MemberActor>, id: string): Promise<void> {
  const { em, tenantId } = unit;
  await lockLabels(unit);
  found(await em.findOne(Label, { tenantId, id }));
  await retire(unit, id, null);
  unit.happened(labelRemoved, { labelId: id });
}

/** Everything that carries the one carries the other, once, and so does what the rules give; then the one is gone. */
export async function mergeLabel(unit: Unit<MemberActor>, id: string, into: string): Promise<Label> {
  const { em, tenantId } = unit;
  if (id === into) throw invalid("body.into", "unknown_choice", "A label cannot become one with itself.");
  await lockLabels(unit);
  const label = found(await em.findOne(Label, { tenantId, id }));
  const kept = found(await em.findOne(Label, { tenantId, id: into }));
  await retire(unit, id, into);
  unit.happened(labelMerged, { labelId: id, into, name: label.name });
  return kept;
}

/** What carries a label. Tasks stand above conversations; their label goes in the transaction in which it ends, like everybody's. */
const carriers = ["conversation", "contact", "task"] as const;

async function retire(unit: Unit<MemberActor>, id: string, into: string | null): Promise<void> {
  const { tenantId } = unit;
  const left =
    into === null ? sql`label_ids - ${id}::text` : sql`(label_ids - ${id}::text - ${into}::text) || ${JSON.stringify([into])}::jsonb`;
  for (const table of carriers)
    await unit.rows(sql`
      update ${fragment(table)} set label_ids = ${left} where tenant_id = ${tenantId} and label_ids @> ${JSON.stringify([id])}::jsonb`);
  await followSettings(unit, "routing", (routing) => ({ ...routing, labelRules: rulesWithout(routing.labelRules, id, into) }));
  await unit.rows(sql`delete from label where tenant_id = ${tenantId} and id = ${id}`);
}
