/**
 * Labels that somebody puts on something must be labels until that is done. One that became another while a device was away is followed
 * there, so that what was labelled offline is found under the one that is kept.
 */
import { labelMerged } from "../../shared/events/conversations.ts";
import type { LabelChanges } from "../../shared/sync/mutators/labelled.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import type { Mutation } from "../core/sync/mutation.ts";
import type { Unit } from "../core/work.ts";

const lockOf = ({ tenantId }: Unit) => `labels:${tenantId}`;

/** For who puts labels on something: none of them ends until the transaction does. Taken before the row that carries them. */
export async function keepLabels(unit: Unit): Promise<void> {
  await unit.rows(sql`select pg_advisory_xact_lock_shared(hashtextextended(${lockOf(unit)}, 0))`);
}

/** For who makes or ends labels: one after the other, and when nobody is putting them on anything. */
export async function lockLabels(unit: Unit): Promise<void> {
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${lockOf(unit)}, 0))`);
}

type OfNow = (labelId: string) => string;

export interface Labelling<Args> {
  labelsIn(args: Args): readonly string[];
  withLabels(args: Args, ofNow: OfNow): Args;
}

/** The labels that it names stay as they are until its transaction ends. */
export function withLabelsOfNow<Args>(inner: Mutation, { labelsIn, withLabels }: Labelling<Args>): Mutation {
  return {
    ...inner,
    async run(core, unit, raw, context) {
      const parsed = inner.mutator.args.safeParse(raw);
      if (!parsed.success) return { ok: false, code: "invalid" };
      const args = parsed.data as Args; // the mutator's own schema
      const labelIds = labelsIn(args);
      if (labelIds.length === 0) return inner.run(core, unit, args, context);
      await keepLabels(unit);
      const went = await whereTheyWent(unit, labelIds);
      return inner.run(
        core,
        unit,
        withLabels(args, (id) => went.get(id) ?? id),
        context,
      );
    },
  };
}

export const addedAndRemoved: Labelling<LabelChanges> = {
  labelsIn: ({ add, remove }) => [...add, ...remove],
  withLabels(args, ofNow) {
    const add = distinct(args.add.map(ofNow));
    // Whoever put the one in the place of the other did by hand what became of both, and keeps it.
    const remove = args.remove.filter((id) => ofNow(id) === id || !add.includes(ofNow(id))).map(ofNow);
    return { ...args, add, remove: distinct(remove) };
  },
};

export const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Those that are labels still, and those that ended for good, went nowhere. */
async function whereTheyWent({ rows, tenantId }: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ was: string; id: string }>(sql`
    with recursive went(was, id) as (
      select id, id from unnest(${uuidArray(ids)}) id
      union
      select went.was, (event.payload ->> 'into')::uuid from went join event_log event on event.tenant_id = ${tenantId}
        and event.type = ${labelMerged.type} and event.subject_id = went.id
      where not exists (select from label where label.tenant_id = ${tenantId} and label.id = went.id)
    ) select went.was, went.id from went join label on label.tenant_id = ${tenantId} and label.id = went.id where went.was <> went.id`);
  return new Map(found.map(({ was, id }) => [was, id]));
}
