/** Shapes that several topics share. Rows carry their tenant: one inbox may show several. */
import { z } from "zod";
import { permissions, type Permission } from "@switchboard/shared/model/permissions.ts";

export const uuid = z.uuid();
export const when = z.iso.datetime({ offset: true });
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable();
export const permission = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]); // the table is never empty
/** Which tenants a view is over. */
export const tenants = z.union([z.literal("all"), z.array(uuid).min(1).max(50)]);

export const person = z.object({
  id: uuid,
  name: z.string(),
  initials: z.string(),
  presence: z.enum(["online", "away", "busy", "offline", "unknown"]),
});
export type Person = z.output<typeof person>;

export const label = z.object({ id: uuid, name: z.string(), colour: z.string() });
export type Label = z.output<typeof label>;

/** The state of something this computer wrote: `confirmed` once the server's own row has come back. */
export const sendState = z.enum(["pending", "sending", "confirmed", "rejected"]);
export const cursorInput = z.string().max(400).optional();
