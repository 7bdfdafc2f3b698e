import { z } from "zod";
import { repliesApi, type ReplyShape } from "../../shared/api/replies.ts";
import type { BodyOf, QueryOf } from "../../shared/api/contract.ts";
import { repliesImported, replyAdded, replyChanged, replyRemoved } from "../../shared/events/replies.ts";
import { queryWords } from "../../shared/model/search.ts";
import { holds, writer, type MemberActor } from "../core/actor.ts";
import { and, sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import { action, type Endpoint } from "../core/http/endpoint.ts";
import { newId } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { assertMayMake } from "../entitlements/index.ts";
import { Reply } from "./entities.ts";
import { toReplyRow } from "./rows.ts";
import { mayEdit, mayUse } from "./rules.ts";

const present = (reply: Reply, unit: Unit): ReplyShape => ({ ...toReplyRow(reply), can: { edit: mayEdit(reply, unit.actor) } });

async function list(unit: Unit, query: QueryOf<typeof repliesApi.list>) {
  const last = decodeCursor(query.cursor, z.tuple([z.string(), z.uuid()]));
  const { actor } = unit;
  const mine = actor.kind === "member" ? actor.memberId : null;
  const teams = actor.kind === "member" ? [...actor.teamIds] : [];
  const seen = holds(actor, "conversations.all")
    ? sql`true`
    : sql`(team_id is null or team_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(teams)}::jsonb)))`;
  const rows = await unit.rows<{ id: string; title: string }>(sql`
    select id, title from reply where ${and([
      sql`member_id is null or member_id = ${mine}`,
      seen,
      query.scope === "mine" && sql`member_id = ${mine}`,
      query.scope === "team" && sql`team_id is not null`,
      query.scope === "tenant" && sql`team_id is null and member_id is null`,
      ...queryWords(query.text ?? "").map(
        ({ text }) => sql`position(${text} in lower(title || ' ' || text || ' ' || coalesce(shortcut, ''))) > 0`,
      ),
      last && sql`(lower(title), id) > (lower(${last[0]}), ${last[1]}::uuid)`,
    ])}
    order by lower(title), id limit ${query.limit + 1}`);
  const replies = new Map(
    (await unit.em.find(Reply, { tenantId: unit.tenantId, id: { $in: rows.map(({ id }) => id) } })).map((one) => [one.id, one]),
  );
  return pageOf(
    rows,
    query.limit,
    ({ id, title }) => [title, id],
    ({ id }) => present(found(replies.get(id)), unit),
  );
}

async function create(unit: Unit<MemberActor>, { scope, teamId, ...body }: BodyOf<typeof repliesApi.create>): Promise<Reply> {
  const owner = { memberId: scope === "mine" ? unit.actor.memberId : null, teamId: scope === "team" ? found(teamId) : null };
  if (!mayEdit(owner, unit.actor)) throw problem("forbidden");
  const known = await unit.em.findOne(Reply, { tenantId: unit.tenantId, id: body.id });
  if (known) {
    const same = mayEdit(known, unit.actor) && known.title === body.title && known.text === body.text;
    if (!same) throw problem("id_reused");
    return known;
  }
  await assertMayMake(unit, "cannedReplies");
  const reply = unit.em.create(Reply, { tenantId: unit.tenantId, ...owner, ...body, updatedAt: unit.now });
  if (scope !== "mine") unit.happened(replyAdded, { replyId: reply.id, title: reply.title });
  return reply;
}

async function editable(unit: Unit<MemberActor>, id: string): Promise<Reply> {
  const reply = found(await unit.em.findOne(Reply, { tenantId: unit.tenantId, id }));
  if (!mayUse(reply, unit.actor)) throw problem("not_found");
  if (!mayEdit(reply, unit.actor)) throw problem("forbidden");
  return reply;
}

async function importAll(unit: Unit<MemberActor>, items: BodyOf<typeof repliesApi.import>["items"]) {
  const known = await unit.em.find(Reply, { tenantId: unit.tenantId, teamId: null, memberId: null });
  const byTitle = new Map(known.map((reply) => [reply.title, reply]));
  const more = new Set(items.flatMap(({ title }) => (byTitle.has(title) ? [] : [title]))).size;
  if (more > 0) await assertMayMake(unit, "cannedReplies", { more });
  let replaced = 0;
  for (const item of items) {
    const before = byTitle.get(item.title);
    if (before) {
      unit.em.assign(before, { ...item, updatedAt: unit.now });
      replaced += 1;
    } else {
      byTitle.set(
        item.title,
        unit.em.create(Reply, { tenantId: unit.tenantId, id: newId(), teamId: null, memberId: null, ...item, updatedAt: unit.now }),
      );
    }
  }
  const result = { added: items.length - replaced, replaced };
  unit.happened(repliesImported, result);
  return result;
}

export const replyEndpoints: Endpoint[] = [
  action(repliesApi.list, (unit, { query }) => list(unit, query)),
  action(repliesApi.create, async (unit, { body }) => present(await create(writer(unit), body), unit)),
  action(repliesApi.update, async (unit, { params, body }) => {
    const reply = await editable(writer(unit), params.replyId);
    const changes = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    unit.em.assign(reply, { ...changes, updatedAt: unit.now });
    if (!reply.memberId) unit.happened(replyChanged, { replyId: reply.id, title: reply.title });
    return present(reply, unit);
  }),
  action(repliesApi.remove, async (unit, { params }) => {
    const reply = await editable(writer(unit), params.replyId);
    unit.em.remove(reply);
    if (!reply.memberId) unit.happened(replyRemoved, { replyId: reply.id, title: reply.title });
  }),
  action(repliesApi.import, (unit, { body }) => importAll(writer(unit), body.items)),
];
