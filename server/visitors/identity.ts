/** Who the tenant's own site says a visitor is: a JWT, HS256, `sub`, `aud` the tenant's key, at most one hour long. */
import { z } from "zod";
import { email, text } from "../../shared/api/fields.ts";
import { limits } from "../../shared/model/limits.ts";
import { Contact, createContact, lockContact, verifyContact, type Details } from "../contacts/index.ts";
import type { Core } from "../core/core.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { secretsOf } from "./secrets.ts";

/** `sub` is compared byte for byte: nothing is trimmed, folded or normalised, so two spellings are two people. */
const claimsShape = z.object({
  sub: z.string().min(1).max(200),
  name: text(limits.personName).optional().catch(undefined),
  email: email().optional().catch(undefined),
  phone: text(limits.phone, 3).optional().catch(undefined),
  company: text(limits.company).optional().catch(undefined),
});

export interface Identity {
  subject: string;
  details: Details;
}

const longestSeconds = 60 * 60;

export async function readIdentity(core: Core, tenant: { id: string; slug: string }, token: string): Promise<Identity> {
  const secrets = await secretsOf(core, tenant.id);
  const payload = await core.tokens.verifyForeign(token, secrets, { audience: tenant.slug, maxAgeSeconds: longestSeconds });
  const claims = claimsShape.safeParse(payload);
  if (!claims.success) throw problem("unauthenticated");
  const { sub, ...details } = claims.data;
  return { subject: sub, details };
}

/**
 * The contact of this identity. A browser's anonymous contact becomes it when it is new; a known one stays as it is and takes the
 * browser over. Nobody is ever found by e-mail.
 */
export async function contactOf(unit: Unit, identity: Identity, anonymousId: string | null): Promise<Contact> {
  const known = await unit.em.findOne(Contact, { tenantId: unit.tenantId, externalId: identity.subject });
  const contact = known ? await lockContact(unit, known.id) : await adopt(unit, identity, anonymousId);
  if (contact.blockedAt) throw problem("visitor_blocked");
  verifyContact(unit, contact, identity.details);
  return contact;
}

async function adopt(unit: Unit, { subject }: Identity, anonymousId: string | null): Promise<Contact> {
  if (anonymousId === null) return createContact(unit, { externalId: subject }, "identity");
  const contact = await lockContact(unit, anonymousId);
  contact.externalId = subject;
  return contact;
}
