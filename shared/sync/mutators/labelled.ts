/** Labels are added and taken, never set as a list: two people who label at once keep both labels. */
import { z } from "zod";
import { id } from "../../api/fields.ts";
import type { View } from "../view.ts";
import { labelsInSight } from "./still-there.ts";

export interface LabelChanges {
  add: readonly string[];
  remove: readonly string[];
}

export const labelChanges = (most: number) => ({ add: z.array(id("label")).max(most), remove: z.array(id("label")).max(most) });

export const labelled = (now: readonly string[], { add, remove }: LabelChanges): string[] =>
  [...new Set([...now, ...add])].filter((one) => !remove.includes(one));

/** A label that was deleted meanwhile is not worth a rejection. */
export const labelledInSight = (view: View, now: readonly string[], { add, remove }: LabelChanges): string[] =>
  labelled(now, { add: labelsInSight(view, add), remove });
