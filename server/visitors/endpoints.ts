import { identityApi, visitorsApi, widgetApi } from "../../shared/api/contacts.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { visitorEnded } from "../../shared/events/visitors.ts";
import { fillContact, lockContact } from "../contacts/index.ts";
import { writer, type VisitorActor } from "../core/actor.ts";
import { action, endpoint, type Endpoint, type Staff } from "../core/http/endpoint.ts";
import type { Unit } from "../core/work.ts";
import { readConfig } from "./config.ts";
import { Visitor, type WidgetSecret } from "./entities.ts";
import { detailsFrom } from "./forms.ts";
import { pageTrailOf } from "./page-trail.ts";
import { visitorsHere } from "./presence.ts";
import { personToVisitor } from "./present.ts";
import { browsersOf, listHere } from "./read.ts";
import { listSightings } from "./sightings.ts";
import { liveSecrets, makeSecret, revokeSecret } from "./secrets.ts";

type ByMember = Unit<Staff>;
type ByVisitor = Unit<VisitorActor>;

const secretToMember = ({ id, hint, createdBy, createdAt }: WidgetSecret) => ({ id, hint, createdBy, createdAt: createdAt.toISOString() });

/** Beginning, history and messages are in `conversations`, which knows them. */
export const visitorEndpoints: Endpoint[] = [
  endpoint(visitApi.config, ({ core, query, request }) =>
    readConfig(core, { tenant: query.tenant, language: query.language, origin: request.origin }),
  ),
  action(visitApi.attributes, async (unit: ByVisitor, { body }) => {
    const { actor } = unit;
    const contact = await lockContact(unit, actor.contactId);
    fillContact(unit, contact, detailsFrom(body.attributes), "browser");
    return personToVisitor(actor.visitorId, contact, actor.verified);
  }),
  endpoint(visitApi.page, async ({ core, actor, body }) => {
    pageTrailOf(core).seen(actor.tenantId, actor.visitorId, body);
    const here = visitorsHere(core);
    const facts = here.facts(actor.tenantId, actor.visitorId);
    if (facts) here.here(actor.tenantId, actor.visitorId, { ...facts, page: body }, 0);
    return undefined;
  }),
  action(visitApi.end, async (unit: ByVisitor) => {
    const { actor, tenantId } = unit;
    const visitor = await unit.em.findOneOrFail(Visitor, { tenantId, id: actor.visitorId });
    visitor.tokenHash = null;
    unit.happened(visitorEnded, { visitorId: visitor.id, contactId: actor.contactId });
    return undefined;
  }),

  action(visitorsApi.here, async (unit: ByMember, { core }) => ({ items: await listHere(unit, core) })),
  action(visitorsApi.ofContact, async (unit: ByMember, { core, params }) => ({ items: await browsersOf(unit, core, params.contactId) })),

  action(widgetApi.sightings, async (unit: ByMember) => ({ items: await listSightings(unit) })),

  action(identityApi.secrets, async (unit: ByMember) => ({ items: (await liveSecrets(unit)).map(secretToMember) })),
  action(identityApi.makeSecret, async (unit: ByMember, { core }) => {
    const { row, secret } = await makeSecret(writer(unit), core);
    return { ...secretToMember(row), secret };
  }),
  action(identityApi.revokeSecret, async (unit: ByMember, { params }) => {
    await revokeSecret(writer(unit), params.secretId);
    return undefined;
  }),
];
