/** Who is signed in on this computer, in which tenants, and what the tenants' pills in the rail show. */
import { z } from "zod";
import { command, event, query } from "./define.ts";
import { maybe, permission, uuid, when } from "./shapes.ts";

export const openTenant = z.object({
  tenantId: uuid,
  memberId: uuid,
  name: z.string(),
  /** Two letters and one of the eight tenant colours; both together mark every row of the tenant. */
  tag: z.string(),
  colour: z.enum(["teal", "rust", "plum", "steel", "olive", "rose", "bronze", "slate"]),
  role: z.string(),
  permissions: z.array(permission),
  zone: z.string(),
  /** How soon a visitor shall be answered: the wait clocks turn red past it. */
  answerWithin: z.object({ firstSeconds: z.number().int(), laterSeconds: z.number().int() }),
  /** Conversations that need me: mine that wait, and the queue I serve. */
  needsMe: z.number().int(),
  /** `choose`: known but not opened on this computer. */
  state: z.enum(["ready", "bootstrapping", "choose", "suspended", "locked"]),
});
export type OpenTenant = z.output<typeof openTenant>;

export const sessionState = z.object({
  /** `ended`: reading goes on, drafts stay, sending waits for a new sign-in. */
  state: z.enum(["signed-out", "signed-in", "ended"]),
  server: maybe(z.string()),
  account: maybe(
    z.object({ accountId: uuid, name: z.string(), email: z.string(), language: z.enum(["en", "th", "ja"]), zone: z.string() }),
  ),
  tenants: z.array(openTenant),
  /** Whether the session survives a restart, or why not (no keyring). */
  remembered: z.enum(["keyring", "memory", "host"]),
});

export const personalKeys = ["shortcuts", "doNotDisturb"] as const;
export type PersonalKey = (typeof personalKeys)[number];
const personalKey = z.enum(personalKeys);

/** Somebody asks me to join their tenant. */
export const invitationToMe = z.object({
  id: uuid,
  tenant: z.string(),
  roleName: z.string(),
  invitedBy: maybe(z.string()),
  expiresAt: when,
});
export type InvitationToMe = z.output<typeof invitationToMe>;

export const session = {
  queries: {
    "session.state": query(z.strictObject({}), sessionState),
    /** What I have chosen for myself, the same on all my computers and in all tenants; the newest choice counts. */
    "personal.get": query(z.strictObject({ key: personalKey }), z.object({ value: z.json() })),
  },
  commands: {
    /** Null is as usual. */
    "personal.set": command(z.strictObject({ key: personalKey, value: z.json() }), z.object({})),
    "session.signIn": command(
      z.strictObject({ server: z.url().max(400).optional(), email: z.string().max(254), password: z.string().max(1024) }),
      z.object({ tenants: z.array(z.object({ tenantId: uuid, name: z.string(), role: z.string() })) }),
    ),
    /** Opens a tenant on this computer: makes its database and starts to synchronise. */
    "session.openTenant": command(z.strictObject({ tenantId: uuid }), z.object({})),
    /** Forgets a tenant here; `unsent` must be confirmed by the person when the outbox is not empty. */
    "session.closeTenant": command(
      z.strictObject({ tenantId: uuid, discardUnsent: z.boolean().default(false) }),
      z.object({ unsent: z.number().int() }),
    ),
    "session.signOut": command(z.strictObject({ discardUnsent: z.boolean().default(false) }), z.object({ unsent: z.number().int() })),
    /** Those that the server has for my address now. Needs a connection, as answering one does. */
    "session.invitations": command(z.strictObject({}), z.object({ items: z.array(invitationToMe) })),
    /** Accepted, the tenant stands among the others at once; opening it is a step of its own. */
    "session.answerInvitation": command(z.strictObject({ invitationId: uuid, accept: z.boolean() }), z.object({})),
    /** `off` gives my open conversations back to the queue; `until` ends do-not-disturb by itself. Needs a connection. */
    "session.setAvailability": command(
      z.strictObject({
        tenantId: uuid,
        availability: z.enum(["available", "away", "do_not_disturb", "off"]),
        until: when.nullable().default(null),
      }),
      z.object({}),
    ),
  },
  events: {
    /**
     * What the tenant's history tells just now, by type only (`shared/events`). For screens that read by calls: settings, people,
     * audit. Rows that devices hold need no telling: their live queries run again.
     */
    "tenant.happened": event(z.object({ tenantId: uuid, types: z.array(z.string()) })),
    /** Something outside asked for a place: a deep link, a click on a notification. */
    "session.goTo": event(
      z.object({ tenantId: uuid, view: z.enum(["conversation", "task", "followup", "settings"]), id: maybe(uuid), at: when }),
    ),
  },
};
