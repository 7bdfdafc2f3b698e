import { findContact } from "../contacts/index.ts";
import type { Core } from "../core/core.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import type { Unit } from "../core/work.ts";
import { PageView, Visitor } from "./entities.ts";
import { visitorsHere } from "./presence.ts";
import { visitorToMember } from "./present.ts";

const mostHere = 200;
const mostBrowsers = 20;
const mostPages = 20;

export async function listHere(unit: Unit<Staff>, core: Core) {
  const here = [...visitorsHere(core).all(unit.tenantId)].toSorted(([, a], [, b]) => a.since.localeCompare(b.since)).slice(0, mostHere);
  const visitors = await unit.em.find(Visitor, { tenantId: unit.tenantId, id: { $in: here.map(([id]) => id) } });
  const byId = new Map(visitors.map((visitor) => [visitor.id, visitor]));
  return here.flatMap(([id, facts]) => {
    const visitor = byId.get(id);
    return visitor ? [visitorToMember(visitor, facts, unit.now)] : [];
  });
}

export async function browsersOf(unit: Unit<Staff>, core: Core, contactId: string) {
  await findContact(unit, contactId);
  const { tenantId } = unit;
  const visitors = await unit.em.find(Visitor, { tenantId, contactId }, { orderBy: { lastSeenAt: "desc" }, limit: mostBrowsers });
  const ids = visitors.map(({ id }) => id);
  const newest = await unit.rows<{ id: string }>(sql`
    select page.id from unnest(${uuidArray(ids)}) as of(visitor_id)
    cross join lateral (select id from page_view where visitor_id = of.visitor_id order by at desc limit ${mostPages}) as page`);
  const pages = await unit.em.find(PageView, { tenantId, id: { $in: newest.map(({ id }) => id) } }, { orderBy: { at: "desc" } });
  const here = visitorsHere(core);
  return visitors.map((visitor) => ({
    ...visitorToMember(visitor, here.facts(tenantId, visitor.id), unit.now),
    pages: pages.filter(({ visitorId }) => visitorId === visitor.id).map(({ url, title, at }) => ({ url, title, at: at.toISOString() })),
  }));
}
