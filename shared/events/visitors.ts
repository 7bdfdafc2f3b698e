/** What happens to visitors: browsers on a tenant's site. Ids only, see `contacts.ts`. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const visitor = { visitorId: z.uuid(), contactId: z.uuid() };

/** The tenant's signed token said who it is. `from` is the contact that this browser had until now, when another one was known. */
export const visitorIdentified = defineEvent("visitor.identified", z.object({ ...visitor, from: z.uuid().nullable() }));
/** The browser asked to be forgotten. */
export const visitorEnded = defineEvent("visitor.ended", z.object(visitor));

/** Secrets that decide who a visitor is. */
export const widgetSecretMade = defineEvent("widget_secret.made", z.object({ secretId: z.uuid() }), { security: true });
export const widgetSecretRevoked = defineEvent("widget_secret.revoked", z.object({ secretId: z.uuid() }), { security: true });

/** The first time that the widget was loaded on a site, or refused there. */
export const widgetSeen = defineEvent("widget.seen", z.object({ site: z.string(), refused: z.boolean() }));

export const visitorEvents = [visitorIdentified, visitorEnded, widgetSecretMade, widgetSecretRevoked, widgetSeen];
