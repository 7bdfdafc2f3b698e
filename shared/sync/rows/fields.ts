/** Building blocks of synced rows. A row is what a member may see of a thing: JSON, camelCase, UUID ids, UTC times. */
import { z } from "zod";
import { id, instant } from "../../api/fields.ts";
import type { ObjectKind } from "../../api/fields.ts";

export const maybe = (kind: ObjectKind) => id(kind).nullable();
export const when = () => instant().nullable();
export const count = () => z.number().int().min(0);

/** A time that a person planned: the instant, and the zone in which it was meant, so that it can be shown and repeated as meant. */
export const planned = () => z.object({ at: instant(), zone: z.string() });
