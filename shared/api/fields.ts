/** Building blocks of contracts. An id names the kind of object it points to, so that the cross-tenant matrix can be generated. */
import { z } from "zod";
import { isTooLong, unitsWithin } from "../model/length.ts";
import { isZone } from "../model/zones.ts";

export type ObjectKind =
  | "tenant"
  | "account"
  | "session"
  | "member"
  | "role"
  | "invitation"
  | "team"
  | "visitor"
  | "contact"
  | "conversation"
  | "message"
  | "label"
  | "reply"
  | "task"
  | "comment"
  | "followup"
  | "device"
  | "notice"
  | "logo"
  | "filter"
  | "event"
  | "version"
  | "feed"
  | "request"
  | "job";

export const id = (kind: ObjectKind) => z.uuid().meta({ "x-object": kind });

/** An id that the caller makes (UUIDv7), which also makes the call repeatable. */
export const newId = () => z.uuid().meta({ "x-new-id": true });

/** Text for people: trimmed, at most so many characters as `lengthWithin` counts, no control characters but line breaks and tabs, never NUL. */
export const text = (max: number, min = 1) =>
  z
    .string()
    // oxlint-disable-next-line no-control-regex -- refusing control characters is the point
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u, "contains control characters")
    .trim()
    .min(min)
    .check(({ value, issues }) => {
      if (isTooLong(value, max)) issues.push({ code: "too_big", origin: "string", maximum: max, inclusive: true, input: value });
    })
    .meta({ maxLength: unitsWithin(max) });

export const instant = () => z.iso.datetime({ offset: true });
export const email = () => z.email().max(254).trim().toLowerCase();
export const language = () => z.enum(["en", "th", "ja"]);
export const zone = () => z.string().max(64).refine(isZone, "is not an IANA time zone");
/** A time as a person plans it, in the zone in which it is meant. */
export const planned = () => z.strictObject({ at: instant(), zone: zone() });

/** Cursor pages: `cursor` is opaque, `next` is null on the last page. */
export const pageQuery = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) };
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
