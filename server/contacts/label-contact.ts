/** Labels of contacts. The labels themselves stand above, with conversations; here they are ids, and which exist is the mutator's look-up. */
import { contactLabelled } from "../../shared/events/contacts.ts";
import { limits } from "../../shared/model/limits.ts";
import { labelled } from "../../shared/sync/mutators/labelled.ts";
import { setContactLabels } from "../../shared/sync/mutators/people.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import { mutation, type Mutation } from "../core/sync/mutation.ts";
import { underLock } from "../core/sync/under-lock.ts";
import type { Unit } from "../core/work.ts";
import { addedAndRemoved, withLabelsOfNow } from "./labels-of-now.ts";

const decided = mutation(setContactLabels, {
  may: "contacts.edit",
  tell({ happened }, changes) {
    for (const { entity, id, before, after } of changes) {
      if (entity !== "contact" || !before || !after) continue;
      const [was, is] = [before.labelIds ?? [], after.labelIds ?? []];
      const added = is.filter((one) => !was.includes(one));
      const removed = was.filter((one) => !is.includes(one));
      if (added.length + removed.length > 0) happened(contactLabelled, { contactId: id, added, removed });
    }
  },
});

/** Decided under the contact's lock: of two members who label at once, the second adds to what the first left. */
export const contactLabels: Mutation = withLabelsOfNow(underLock(decided, "contact"), addedAndRemoved);

/** Two turned out to be one person: who stays wears the labels of both, their own first, as many as one may have. */
export async function uniteLabels(unit: Unit, { from, to }: { from: string; to: string }): Promise<void> {
  const worn = await labelsUnderLock(unit, [from, to]);
  const before = worn.get(to) ?? [];
  const labelIds = labelled(before, { add: worn.get(from) ?? [], remove: [] }).slice(0, limits.labelsPerContact);
  const added = labelIds.filter((one) => !before.includes(one));
  if (added.length === 0) return;
  await unit.rows(sql`
    update contact set label_ids = ${JSON.stringify(labelIds)}::jsonb, updated_at = ${unit.now}
    where tenant_id = ${unit.tenantId} and id = ${to}`);
  unit.happened(contactLabelled, { contactId: to, added, removed: [] });
}

async function labelsUnderLock(unit: Unit, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await unit.rows<{ id: string; labels: string[] }>(sql`
    select id, label_ids as labels from contact where tenant_id = ${unit.tenantId} and id = any(${uuidArray(ids)}) order by id for no key update`);
  return new Map(rows.map(({ id, labels }) => [id, labels]));
}
