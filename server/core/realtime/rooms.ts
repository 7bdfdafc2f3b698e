/** Names of rooms and subjects. The tenant is in every one of them, so that a mistake elsewhere cannot join two tenants. */
import type { Room, Subject } from "./define.ts";

export const contactRoom = (tenantId: string, contactId: string) => `${tenantId}/contact/${contactId}` as Room;

export type SubjectKind = "tenant" | "member" | "session" | "account" | "role" | "team" | "visitor" | "contact";
export const subject = (tenantId: string, kind: SubjectKind, id: string) => `${tenantId}/${kind}/${id}` as Subject;
