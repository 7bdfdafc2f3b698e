/** What the tail tells visitors: their messages, how their conversation stands, their place in the queue, new settings. Notes have no form here. */
import type { VisitTeam } from "../../shared/api/visit-shapes.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import { createCoalescer } from "../core/realtime/coalesce.ts";
import { presenceListener, socketTail } from "../core/realtime/define.ts";
import type { Batch } from "../core/realtime/hub.ts";
import { perCore } from "../core/realtime/per-core.ts";
import { contactRoom } from "../core/realtime/rooms.ts";
import { configVersion } from "../visitors/index.ts";
import { echoesOf } from "./echoes.ts";
import { Conversation } from "./entities.ts";
import { namesOf } from "./names.ts";
import { messageSource, type MessageNews } from "./news.ts";
import type { Place } from "./pace.ts";
import { conversationToVisitor, messageToVisitor } from "./present-visitor.ts";
import { factsForVisitor } from "./read-visitor.ts";
import { teamState } from "./visit-look.ts";
import { soonTakeWords } from "./words.ts";

const standingEveryMs = 1_000;
const queueEveryMs = 2_000;
const mostWaiting = 200;

/** One conversation's standing, at most once a second: ticks and names change often. */
const standingOf = perCore((core: Core) =>
  createCoalescer<{ tenantId: string; conversationId: string }>(standingEveryMs, (_key, { tenantId, conversationId }) => {
    tellStanding(core, tenantId, conversationId).catch((error: unknown) =>
      core.log.warn({ problem: String(error) }, "a visitor was not told of the conversation"),
    );
  }),
);

async function tellStanding(core: Core, tenantId: string, conversationId: string): Promise<void> {
  const names = await namesOf(core, tenantId);
  const told = await core.work(
    service(tenantId, "how a conversation stands, for its visitor"),
    async (unit) => {
      const conversation = await unit.em.findOne(Conversation, { tenantId, id: conversationId });
      if (!conversation || !core.live.hasVisitors(tenantId, contactRoom(tenantId, conversation.contactId))) return null;
      return { contactId: conversation.contactId, facts: await factsForVisitor(unit, conversationId) };
    },
    { readOnly: true },
  );
  if (told) core.live.toVisitors(contactRoom(tenantId, told.contactId), "conversation", conversationToVisitor(told.facts, names));
}

/** Whom of a tenant's visitors we told a place: whoever has left the queue since is told that as well. */
const placedOf = perCore(() => new Map<string, ReadonlySet<string>>());

/** Whether anybody is there to wait for, to all, and then the places of those who wait, together. */
const queueOf = perCore((core: Core) =>
  createCoalescer<string>(queueEveryMs, (_key, tenantId) => {
    tellQueue(core, tenantId).catch((error: unknown) => core.log.warn({ problem: String(error) }, "the queue was not told"));
  }),
);

/** What we told all visitors of a tenant last. */
const stateOf = perCore(() => new Map<string, VisitTeam["state"]>());

async function tellQueue(core: Core, tenantId: string): Promise<void> {
  // Also where places are not shown: whether others are before somebody is said all the same.
  if (!core.live.hasVisitors(tenantId)) {
    placedOf(core).delete(tenantId);
    stateOf(core).delete(tenantId);
    return;
  }
  const waiting = await core.work(
    service(tenantId, "places in the queue"),
    (unit) =>
      unit.rows<{ contact_id: string; team_id: string | null; position: number }>(sql`
        select contact_id, team_id, (row_number() over (partition by team_id order by waiting_since))::int as position from conversation
        where tenant_id = ${tenantId} and status = 'open' and assignee_id is null and waiting_since is not null
        order by waiting_since limit ${mostWaiting}`),
    { readOnly: true },
  );
  const places = new Map<string, Place | null>();
  for (const contactId of placedOf(core).get(tenantId) ?? []) places.set(contactId, null);
  for (const { contact_id: contactId, team_id: teamId, position } of waiting) places.set(contactId, { position, teamId });
  placedOf(core).set(tenantId, new Set(waiting.map(({ contact_id: contactId }) => contactId)));
  if (waiting.length === 0) placedOf(core).delete(tenantId);
  const team = await teamState(core, tenantId, null);
  if (stateOf(core).get(tenantId) !== team.state) core.live.toAllVisitors(tenantId, "team", team);
  stateOf(core).set(tenantId, team.state);
  for (const [contactId, place] of places) {
    const room = contactRoom(tenantId, contactId);
    if (core.live.hasVisitors(tenantId, room)) core.live.toVisitors(room, "team", await teamState(core, tenantId, place));
  }
}

async function tell(core: Core, { tenantId, entries }: Batch): Promise<void> {
  const names = await namesOf(core, tenantId);
  let queue = false;
  let settings = false;
  const standing = new Set<string>();
  const marks: string[] = [];
  for (const entry of entries) {
    if (entry.kind === "row" && entry.source === messageSource) {
      const news = entry.data as unknown as MessageNews; // the log source builds exactly this
      const message = messageToVisitor(news, names);
      if (!message) continue;
      const room = contactRoom(tenantId, news.contactId);
      core.live.toVisitors(room, "message", { conversation: news.conversationId, message }, echoesOf(core).take(news.id));
      // An answer says that the team has read, and ends the wait of one and shortens that of others.
      if (news.kind !== "visitor") standing.add(news.conversationId);
      queue ||= news.kind === "operator";
    } else if (entry.kind === "change") {
      if (entry.entity === "conversation") standing.add(entry.id);
      if (entry.entity === "readMark") marks.push(entry.id);
      queue ||= entry.entity === "conversation" || entry.entity === "availability";
      settings ||= entry.entity === "settings" || entry.entity === "tenant";
    }
  }
  for (const conversationId of await conversationsOf(core, tenantId, marks)) standing.add(conversationId);
  for (const conversationId of standing) standingOf(core).push(`${tenantId}/${conversationId}`, { tenantId, conversationId });
  if (queue) queueOf(core).push(tenantId, tenantId);
  if (settings) core.live.toAllVisitors(tenantId, "config", { version: await configVersion(core, tenantId) });
}

async function conversationsOf(core: Core, tenantId: string, marks: readonly string[]): Promise<string[]> {
  if (marks.length === 0) return [];
  const rows = await core.work(
    service(tenantId, "which conversation was read"),
    (unit) =>
      unit.rows<{ conversation_id: string }>(
        sql`select conversation_id from read_mark where tenant_id = ${tenantId} and id = any(${uuidArray(marks)})`,
      ),
    { readOnly: true },
  );
  return rows.map((row) => row.conversation_id);
}

export const visitTail = socketTail({
  namespace: "/visit",
  name: "tail",
  tell(core, batch) {
    if (batch.entries.some((entry) => entry.kind === "row" && entry.source === messageSource)) soonTakeWords(core)();
    return core.live.hasVisitors(batch.tenantId) ? tell(core, batch) : undefined;
  },
});

/** A visitor who is about to leave a message may learn that somebody has come. */
export const visitPresence = presenceListener({
  name: "whether somebody is there",
  changed: (core, tenantId) => queueOf(core).push(tenantId, tenantId),
});
