/** A browser becomes a visitor, comes back as one, or proves who it is. */
import type { BodyOf } from "../../shared/api/contract.ts";
import type { visitApi } from "../../shared/api/visit.ts";
import { visitorIdentified } from "../../shared/events/visitors.ts";
import { createContact, fillContact, findContact, keepLabels, uniteLabels, type Contact } from "../contacts/index.ts";
import { service, type ServiceActor, type VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { problem } from "../core/problem.ts";
import type { RequestFacts } from "../core/http/endpoint.ts";
import { lookAgain } from "../core/http/idempotency.ts";
import type { Unit } from "../core/work.ts";
import { assertServes, settingsOf, tenantBySlug } from "../tenants/index.ts";
import { findSession, isVerified, type VisitSession } from "./authenticate.ts";
import { Visitor } from "./entities.ts";
import { contactOf, readIdentity, type Identity } from "./identity.ts";
import { siteOf } from "./origins.ts";
import { arrived } from "./presence.ts";
import { sightingsOf } from "./sightings.ts";
import { makeToken, parseToken } from "./token.ts";

/** How long a browser stays the person that it proved to be. */
const identityHours = 12;
const newVisitsPerMinute = 30;

type Start = BodyOf<typeof visitApi.start>;
type Unit_ = Unit<ServiceActor>;

export interface Started {
  actor: VisitorActor;
  token: string | null;
}

/** In the same transaction: what a browser said before it was identified goes with it to the contact that was known already. */
export type Moved = (unit: Unit, move: { visitorId: string; from: string; to: string }) => Promise<void>;

export async function startVisit(core: Core, body: Start, request: RequestFacts, moved: Moved): Promise<Started> {
  const tenant = await assertServes(core, await tenantBySlug(core, body.tenant));
  const site = await siteOf(core, tenant.id, request.origin, body.page?.url);
  sightingsOf(core).seen(tenant.id, { site, refused: false, pageUrl: body.page?.url });
  const identity = body.identity === undefined ? null : await readIdentity(core, tenant, body.identity);
  const token = body.token === undefined ? null : parseToken(body.token);
  const session = token?.tenantId === tenant.id ? await findSession(core, token) : null;
  if (session?.blocked) throw problem("visitor_blocked");
  const now = core.clock.now();
  const returns = session !== null && (identity !== null || session.verifiedUntil === null || isVerified(session, now));
  if (!identity && (await settingsOf(core, tenant.id, "identity")).enforced && !(session && isVerified(session, now))) {
    throw problem("identity_required");
  }
  const known = returns && token && session ? { id: token.visitorId, session } : null;
  if (!known) await core.limiter.takeFrom("visit-start", `${tenant.id}:${request.ip}`, { points: newVisitsPerMinute, seconds: 60 });

  const begin = () =>
    core.work(service(tenant.id, "start of a visit"), (unit) => inUnit(unit, { core, body, request, site, identity, known, moved }));
  // Two browsers of one person that prove who they are for the first time at the same moment: the second finds what the first made.
  const started = await lookAgain(begin);
  if (body.page) arrived(core, started.actor, body.page);
  return started;
}

interface Beginning {
  core: Core;
  body: Start;
  request: RequestFacts;
  site: string;
  identity: Identity | null;
  known: { id: string; session: VisitSession } | null;
  moved: Moved;
}

async function inUnit(unit: Unit_, { core, body, request, site, identity, known, moved }: Beginning): Promise<Started> {
  const { tenantId, now } = unit;
  if (identity) await keepLabels(unit); // those of an anonymous contact may go along
  // Two people may prove who they are in one browser at once: the second finds it to be the first one's.
  if (identity && known) await unit.rows(sql`select id from visitor where tenant_id = ${tenantId} and id = ${known.id} for no key update`);
  const before = known ? await unit.em.findOneOrFail(Visitor, { tenantId, id: known.id }) : null;
  const owner = before ? await findContact(unit, before.contactId) : null;
  // A browser that was somebody else becomes a new visitor: the next person at this machine must not find the last one's chat.
  const other = identity !== null && owner?.externalId != null && owner.externalId !== identity.subject;
  const visitor = other ? null : before;
  const contact = identity
    ? await contactOf(unit, identity, visitor && !owner?.externalId ? visitor.contactId : null)
    : (owner ?? createContact(unit, {}, "visit"));
  // The visitor's row refers to the contact's, and the unit of work does not know in which order to write them.
  await unit.flush();
  const made = visitor ? null : makeVisitor(unit, contact, site, body.referrer);
  const row = visitor ?? made?.visitor;
  if (!row) throw new Error("A visit has neither an old nor a new visitor.");
  see(row, unit, body, request, site);
  fillContact(unit, contact, { language: body.device.language || null, zone: body.device.zone || null }, "browser");
  if (identity) {
    row.verifiedUntil = new Date(now.getTime() + identityHours * 3_600_000);
    const from = row.contactId === contact.id ? null : row.contactId;
    row.contactId = contact.id;
    if (made || from !== null || owner?.externalId == null || !known || !isVerified(known.session, core.clock.now())) {
      unit.happened(visitorIdentified, { visitorId: row.id, contactId: contact.id, from });
    }
    if (from !== null) await uniteLabels(unit, { from, to: contact.id });
    if (from !== null) await moved(unit, { visitorId: row.id, from, to: contact.id });
  }
  const actor: VisitorActor = { kind: "visitor", tenantId, visitorId: row.id, contactId: contact.id, verified: row.verifiedUntil != null };
  return { actor, token: made?.token ?? null };
}

function makeVisitor(unit: Unit_, contact: Contact, site: string, referrer: string): { visitor: Visitor; token: string } {
  const { tenantId, now } = unit;
  const id = newId();
  const { token, hash } = makeToken(tenantId, id);
  const visitor = unit.em.create(Visitor, {
    tenantId,
    id,
    contactId: contact.id,
    tokenHash: hash,
    site,
    referrer: referrer,
    language: "",
    zone: "",
    screen: "",
    userAgent: "",
    visits: 0,
    firstSeenAt: now,
    lastSeenAt: now,
  });
  return { visitor, token };
}

/** Pages within half an hour are one visit. */
const visitPauseMs = 30 * 60_000;

function see(visitor: Visitor, { now }: Unit_, { device, page }: Start, request: RequestFacts, site: string): void {
  if (visitor.visits === 0 || now.getTime() - visitor.lastSeenAt.getTime() > visitPauseMs) visitor.visits += 1;
  visitor.lastSeenAt = now;
  visitor.site = site;
  visitor.language = device.language;
  visitor.zone = device.zone;
  visitor.screen = device.screen;
  visitor.userAgent = request.userAgent;
  if (page) {
    visitor.pageUrl = page.url;
    visitor.pageTitle = page.title;
    visitor.pageAt = now;
  }
}
