/** Tasks and follow-ups as lists, board and calendar show them. Who may not manage them has no rows of them. */
import { addDays, startOfWeek } from "@switchboard/shared/model/dates.ts";
import { chainOf, needsDecision } from "@switchboard/shared/model/followups.ts";
import { matchesQuery } from "@switchboard/shared/model/search.ts";
import type { Interval } from "@switchboard/shared/model/hours.ts";
import { isTaskOver } from "@switchboard/shared/model/tasks.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { QueryOutput, QueryParsed } from "../../bridge/index.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import type { Place } from "../store/conversation-list.ts";
import { commentCount, commentsOf, followingOf, followupsFrom, tasksFrom } from "../store/work-list.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { missesAddress } from "./conversation.ts";
import { mergePages, readCursor } from "./cursors.ts";
import { indexOutbox, type OutboxIndex } from "./outbox-index.ts";
import { createShower, type Shower } from "./people.ts";

type TaskLine = QueryOutput<"tasks.list">["items"][number];
type FollowupLine = QueryOutput<"followups.list">["items"][number];

interface Making {
  tenant: Tenant;
  shower: Shower;
  outbox: OutboxIndex;
}

function making(desk: Desk, tenant: Tenant, watch: Watch): Making {
  for (const topic of ["task", "followup", "taskComment", "conversation"]) watch(topicOf(tenant, topic));
  // What is overdue or due today changes without anybody's doing.
  watch("minute");
  return { tenant, shower: createShower(desk, tenant, watch), outbox: indexOutbox(tenant, watch) };
}

function contactFacts({ tenant, shower }: Making, contactId: string | null): TaskLine["contact"] {
  if (contactId === null) return null;
  const row = tenant.store.cache.get("contact", contactId);
  return { id: contactId, ...shower.contactName(contactId), phone: row?.phone ?? null, email: row?.email ?? null };
}

function taskLine(make: Making, task: Rows["task"]): TaskLine {
  const { tenant, shower, outbox } = make;
  return {
    tenantId: tenant.tenantId,
    id: task.id,
    title: task.title,
    status: task.status,
    priority: task.priority,
    due: task.due,
    dueAllDay: task.dueAllDay,
    overdue: isOverdue(task, tenant.now()),
    assignee: shower.member(task.assigneeId),
    contact: contactFacts(make, task.contactId),
    conversationId: task.conversationId,
    labels: shower.labels(task.labelIds),
    comments: commentCount(tenant.store.cacheFile, task.id),
    pending: outbox.pendingOf(task.id) > 0,
    updatedAt: task.updatedAt,
    completedAt: task.completedAt,
  };
}

const isOverdue = (task: Rows["task"], now: number) => task.due !== null && !isTaskOver(task.status) && Date.parse(task.due.at) < now;

const pageRows = 500;

/** All rows of a tenant in the list's order, read in pages. */
function* everyTask(tenant: Tenant, sort: QueryParsed<"tasks.list">["sort"]): Generator<{ place: Place; row: Rows["task"] }> {
  for (let after: Place | null = null; ;) {
    const page = tasksFrom(tenant.store.cacheFile, sort, after, pageRows);
    for (const { order, id, row } of page) yield { place: { order, id }, row };
    const last = page.at(-1);
    if (page.length < pageRows || !last) return;
    after = { order: last.order, id: last.id };
  }
}

export function tasksQuery(desk: Desk, input: QueryParsed<"tasks.list">, watch: Watch): QueryOutput<"tasks.list"> {
  const after = readCursor(input.cursor);
  const direction = input.sort === "updated" ? -1 : 1;
  const isAfter = (place: Place) =>
    after === null || direction * (place.order - after.order || (place.id < after.id ? -1 : place.id > after.id ? 1 : 0)) > 0;
  let total = 0;
  const pages = desk.over(input.tenants).map((tenant) => {
    const make = making(desk, tenant, watch);
    const fits = taskFilter(make, desk, input);
    const found: { place: Place; line: () => TaskLine }[] = [];
    for (const { place, row } of everyTask(tenant, input.sort)) {
      if (!fits(row)) continue;
      total += 1;
      if (found.length <= input.limit && isAfter(place)) found.push({ place, line: () => taskLine(make, row) });
    }
    return found;
  });
  const { items, next } = mergePages(pages, input.limit, direction);
  return { items: items.map(({ line }) => line()), next, total };
}

function taskFilter(make: Making, desk: Desk, input: QueryParsed<"tasks.list">): (task: Rows["task"]) => boolean {
  const now = make.tenant.now();
  const zone = zoneOf(desk);
  const today = zone.dateAt(now);
  const weekEnd = addDays(startOfWeek(today), 7);
  const { status, assigneeId, priority, due, labelId, conversationId, text } = input;
  const isDue = (task: Rows["task"]): boolean => {
    if (due === undefined) return true;
    if (due === "overdue") return isOverdue(task, now);
    if (task.due === null || due === "none") return task.due === null && due === "none";
    // A due moment at midnight, as of a whole day, ends the day before it.
    const date = zone.dateAt(Date.parse(task.due.at) - 1);
    return due === "today" ? date === today : date >= today && date < weekEnd;
  };
  const hasText = (task: Rows["task"]) =>
    text === undefined ||
    text.trim() === "" ||
    matchesQuery(`${task.title} ${task.description} ${contactFacts(make, task.contactId)?.name ?? ""}`, text);
  return (task) =>
    (status === undefined || status.includes(task.status)) &&
    (assigneeId === undefined || task.assigneeId === assigneeId) &&
    (priority === undefined || task.priority === priority) &&
    (labelId === undefined || task.labelIds.includes(labelId)) &&
    (conversationId === undefined || task.conversationId === conversationId) &&
    isDue(task) &&
    hasText(task);
}

const zoneOf = (desk: Desk) => createZone(desk.session.account()?.zone ?? "UTC");

export function taskQuery(desk: Desk, { tenantId, taskId }: QueryParsed<"tasks.open">, watch: Watch): QueryOutput<"tasks.open"> {
  const tenant = desk.tenant(tenantId);
  const make = making(desk, tenant, watch);
  const task = tenant.store.cache.get("task", taskId);
  if (!task) return null;
  return {
    ...taskLine(make, task),
    description: task.description,
    createdBy: make.shower.member(task.createdBy),
    createdAt: task.createdAt,
    messageId: task.messageId,
    remindBefore: task.remindBefore,
    commentList: commentsOf(tenant.store.cacheFile, taskId).map(({ id, authorId, body, at }) => ({
      id,
      author: make.shower.member(authorId),
      body,
      at,
      pending: make.outbox.entryFor(id) !== undefined,
    })),
  };
}

function followupLine(make: Making, followup: Rows["followup"]): FollowupLine {
  const { tenant, shower, outbox } = make;
  return {
    tenantId: tenant.tenantId,
    id: followup.id,
    type: followup.type,
    channel: followup.channel,
    due: followup.due,
    minutes: followup.minutes,
    status: followup.status,
    outcome: followup.outcome,
    assignee: shower.member(followup.assigneeId),
    contact: contactFacts(make, followup.contactId),
    missingAddress: missesAddress(tenant, followup),
    chain: chainPlace(tenant, followup),
    recurring: followup.recurrence !== null,
    conversationId: followup.conversationId,
    notes: followup.notes,
    pending: outbox.pendingOf(followup.id) > 0,
  };
}

const mostInChain = 100;

/** `2 of 3`, or null for one that stands alone. */
function chainPlace(tenant: Tenant, followup: Rows["followup"]): FollowupLine["chain"] {
  const { cache, cacheFile } = tenant.store;
  const known = new Map<string, Rows["followup"]>([[followup.id, followup]]);
  for (let previous = followup.previousId; previous !== null && !known.has(previous) && known.size < mostInChain;) {
    const row = cache.get("followup", previous);
    if (!row) break;
    known.set(row.id, row);
    previous = row.previousId;
  }
  for (const row of known.values()) {
    if (known.size >= mostInChain) break;
    for (const next of followingOf(cacheFile, row.id)) known.set(next.id, known.get(next.id) ?? next);
  }
  if (known.size === 1) return null;
  const chain = chainOf(
    [...known.values()].map(({ id, previousId, due }) => ({ id, previousId, dueAt: Date.parse(due.at) })),
    followup.id,
  );
  return { position: chain.findIndex(({ id }) => id === followup.id) + 1, of: chain.length };
}

function* everyFollowup(tenant: Tenant, from: Place, until: number): Generator<{ place: Place; row: Rows["followup"] }> {
  for (let after = from; ;) {
    const page = followupsFrom(tenant.store.cacheFile, after, until, pageRows);
    for (const { order, id, row } of page) yield { place: { order, id }, row };
    const last = page.at(-1);
    if (page.length < pageRows || !last) return;
    after = { order: last.order, id: last.id };
  }
}

export function followupsQuery(desk: Desk, input: QueryParsed<"followups.list">, watch: Watch): QueryOutput<"followups.list"> {
  const { status, assigneeId, needsDecision: decision, text, limit } = input;
  const begin = input.from === undefined ? { order: -1, id: "" } : { order: Date.parse(input.from) - 1, id: "~" };
  const after = readCursor(input.cursor) ?? begin;
  const until = input.to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(input.to);
  const pages = desk.over(input.tenants).map((tenant) => {
    const make = making(desk, tenant, watch);
    const found: { place: Place; line: () => FollowupLine }[] = [];
    for (const { place, row } of everyFollowup(tenant, after, until)) {
      if (status !== undefined && !status.includes(row.status)) continue;
      if (assigneeId !== undefined && row.assigneeId !== assigneeId) continue;
      if (decision !== undefined && asksForDecision(tenant, row) !== decision) continue;
      if (
        text !== undefined &&
        text.trim() !== "" &&
        !matchesQuery(`${row.type} ${row.notes} ${contactFacts(make, row.contactId)?.name ?? ""}`, text)
      )
        continue;
      found.push({ place, line: () => followupLine(make, row) });
      if (found.length > limit) break;
    }
    return found;
  });
  const { items, next } = mergePages(pages, limit, 1);
  return { items: items.map(({ line }) => line()), next };
}

const asksForDecision = (tenant: Tenant, row: Rows["followup"]) =>
  needsDecision({ status: row.status, assigneeId: row.assigneeId, warning: missesAddress(tenant, row) ? "no_phone" : null });

export function followupQuery(
  desk: Desk,
  { tenantId, followupId }: QueryParsed<"followups.open">,
  watch: Watch,
): QueryOutput<"followups.open"> {
  const tenant = desk.tenant(tenantId);
  const make = making(desk, tenant, watch);
  const row = tenant.store.cache.get("followup", followupId);
  if (!row) return null;
  return {
    ...followupLine(make, row),
    outcomeNotes: row.outcomeNotes,
    previous: row.previousId,
    following: followingOf(tenant.store.cacheFile, row.id).map(({ id }) => id),
    createdAt: row.createdAt,
    completedAt: row.completedAt,
    recurrence: row.recurrence,
    remindBefore: row.remindBefore,
  };
}

export function workFactsQuery(desk: Desk, { tenantId }: QueryParsed<"work.facts">, watch: Watch): QueryOutput<"work.facts"> {
  const tenant = desk.tenant(tenantId);
  watch(topicOf(tenant, "settings"));
  const { hours, followupTypes } = tenant.workFacts();
  if (hours === null) return { hours: null, followupTypes: [...followupTypes] };
  const { zone, always, week, holidays } = hours;
  return {
    hours: { zone, always, week: copied(week), holidays: holidays.map((one) => ({ ...one, intervals: [...one.intervals] })) },
    followupTypes: [...followupTypes],
  };
}

const copied = (week: object) =>
  Object.fromEntries(Object.entries(week).map(([day, intervals]: [string, Interval[]]) => [day, [...intervals]]));

const mostContacts = 20;

export function contactsQuery(desk: Desk, { tenantId, text }: QueryParsed<"contacts.find">, watch: Watch): QueryOutput<"contacts.find"> {
  const tenant = desk.tenant(tenantId);
  const make = making(desk, tenant, watch);
  const items: NonNullable<TaskLine["contact"]>[] = [];
  for (const row of [...tenant.store.cache.list("contact")].toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))) {
    if (items.length >= mostContacts) break;
    const facts = contactFacts(make, row.id);
    if (facts && (text.trim() === "" || matchesQuery(`${facts.name} ${row.email ?? ""} ${row.phone ?? ""}`, text))) items.push(facts);
  }
  return { items };
}

export function workCountsQuery(desk: Desk, { tenants }: QueryParsed<"work.counts">, watch: Watch): QueryOutput<"work.counts"> {
  const zone = zoneOf(desk);
  watch("minute");
  const counts = { tasksOverdue: 0, tasksMine: 0, followupsToday: 0, followupsDecision: 0 };
  for (const tenant of desk.over(tenants)) {
    for (const topic of ["task", "followup", "contact", "conversation"]) watch(topicOf(tenant, topic));
    const now = tenant.now();
    const today = zone.dateAt(now);
    for (const { row } of everyTask(tenant, "due")) {
      if (isOverdue(row, now)) counts.tasksOverdue += 1;
      if (row.assigneeId === tenant.memberId && !isTaskOver(row.status)) counts.tasksMine += 1;
    }
    for (const { row } of everyFollowup(tenant, { order: -1, id: "" }, Number.MAX_SAFE_INTEGER)) {
      if (row.status === "scheduled" && zone.dateAt(Date.parse(row.due.at)) === today) counts.followupsToday += 1;
      if (asksForDecision(tenant, row)) counts.followupsDecision += 1;
    }
  }
  return counts;
}
