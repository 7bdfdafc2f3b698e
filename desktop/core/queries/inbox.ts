/** The lists of the inbox and what stands beside them. */
import type { QueryOutput, QueryParsed } from "../../bridge/index.ts";
import { isoOf } from "../clock.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import { conversationPage, queueCounts } from "../store/conversation-list.ts";
import { keptUnread } from "../tenant/kept-unread.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { mergePages, readCursor } from "./cursors.ts";
import { createLines } from "./lines.ts";
import { createShower } from "./people.ts";

export function countsOf(tenant: Tenant, watch: Watch) {
  watch(topicOf(tenant, "conversation"));
  return queueCounts(tenant.store.cacheFile, tenant.memberId);
}

export function countsQuery(desk: Desk, { tenants }: QueryParsed<"inbox.counts">, watch: Watch): QueryOutput<"inbox.counts"> {
  const all = desk.over(tenants).map((tenant) => {
    watch(topicOf(tenant, "member"));
    return { ...countsOf(tenant, watch), limit: tenant.store.cache.get("member", tenant.memberId)?.loadLimit ?? 0 };
  });
  const sum = (pick: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + pick(one), 0);
  const waits = all.map((one) => one.longestWaitingSince).filter((at) => at !== null);
  return {
    mine: sum((one) => one.mine),
    queue: sum((one) => one.queue),
    samples: sum((one) => one.samples),
    team: sum((one) => one.team),
    longestWaitingSince: waits.length === 0 ? null : isoOf(Math.min(...waits)),
    capacity: all.length === 0 ? null : { used: sum((one) => one.mineOpen), of: sum((one) => one.limit) },
  };
}

export function listQuery(desk: Desk, input: QueryParsed<"inbox.list">, watch: Watch): QueryOutput<"inbox.list"> {
  const { queue, filter, sort, limit } = input;
  const after = readCursor(input.cursor);
  const pages = desk.over(input.tenants).map((tenant) => {
    const lines = createLines(desk, tenant, watch);
    const ask = { queue, memberId: tenant.memberId, sort, filter, after, limit: limit + 1, keptUnread: keptUnread(tenant) };
    return conversationPage(tenant.store.cacheFile, ask).map(({ id, order, row }) => ({
      place: { order, id },
      line: () => lines.line(row),
    }));
  });
  const newestFirst = queue === "closed" || sort === "newest";
  const { items, next } = mergePages(pages, limit, newestFirst ? -1 : 1);
  return { items: items.map(({ line }) => line()), next };
}

export function peopleQuery(desk: Desk, { tenantId }: QueryParsed<"people.list">, watch: Watch): QueryOutput<"people.list"> {
  const tenant = desk.tenant(tenantId);
  const shower = createShower(desk, tenant, watch);
  watch(topicOf(tenant, "teamMember"));
  // Do-not-disturb may end by itself.
  watch("minute");
  const { cache } = tenant.store;
  const inTeams = [...cache.list("teamMember")];
  return {
    members: [...cache.list("member")]
      .filter(({ status }) => status === "active")
      .flatMap(({ id, role, skills }) => {
        const person = shower.member(id);
        return person ? [{ ...person, role, skills }] : [];
      })
      .toSorted((a, b) => a.name.localeCompare(b.name, shower.language)),
    teams: [...cache.list("team")]
      .map(({ id, name }) => ({ id, name, memberIds: inTeams.filter(({ teamId }) => teamId === id).map(({ memberId }) => memberId) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, shower.language)),
  };
}

export function preferencesQuery(desk: Desk, { tenantId }: QueryParsed<"preferences.get">, watch: Watch): QueryOutput<"preferences.get"> {
  const tenant = desk.tenant(tenantId);
  watch(topicOf(tenant, "preference"));
  return { values: tenant.store.cache.get("preference", tenant.memberId)?.values ?? {} };
}

export function labelsQuery(desk: Desk, { tenantId }: QueryParsed<"labels.list">, watch: Watch): QueryOutput<"labels.list"> {
  const tenant = desk.tenant(tenantId);
  watch(topicOf(tenant, "label"));
  const items = [...tenant.store.cache.list("label")].map(({ id, name, colour }) => ({ id, name, colour }));
  return { items: items.toSorted((a, b) => a.name.localeCompare(b.name, desk.session.account()?.language ?? "en")) };
}

export function filtersQuery(desk: Desk, { tenantId, view }: QueryParsed<"filters.list">, watch: Watch): QueryOutput<"filters.list"> {
  const tenant = desk.tenant(tenantId);
  watch(topicOf(tenant, "savedFilter"));
  const items = [...tenant.store.cache.list("savedFilter")]
    .filter((filter) => filter.view === view)
    .toSorted((a, b) => a.position - b.position);
  return { items: items.map(({ id, name, query }) => ({ id, name, query })) };
}
