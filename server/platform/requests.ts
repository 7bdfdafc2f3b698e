/** What tenants ask the people who run the installation, and the answers. */
import { z } from "zod";
import type { BodyOf, OutputOf, QueryOf } from "../../shared/api/contract.ts";
import type { platformApi, supportApi } from "../../shared/api/platform.ts";
import { platformRequestAnswered, supportAnswered, supportAsked } from "../../shared/events/platform.ts";
import type { MemberActor, PlatformActor } from "../core/actor.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { installationId } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { SupportRequest } from "./entities.ts";

type Shown = OutputOf<typeof supportApi.ask>;

interface Row {
  id: string;
  tenant_id: string;
  tenant_name: string;
  subject: string;
  body: string;
  status: "open" | "answered";
  answer: string | null;
  asked_by: string;
  created_at: Date | string;
  answered_at: Date | string | null;
}

const requestsWith = (where: Sql, order: Sql, limit: number) => sql`
  select request.id, request.tenant_id, tenant.name as tenant_name, request.subject, request.body, request.status, request.answer,
    member.name as asked_by, request.created_at, request.answered_at
  from support_request request
  join tenant on tenant.tenant_id = request.tenant_id and tenant.id = request.tenant_id
  join member on member.tenant_id = request.tenant_id and member.id = request.member_id
  where ${where} order by ${order} limit ${limit}`;

function present(row: Row): Shown {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    tenantName: row.tenant_name,
    subject: row.subject,
    body: row.body,
    status: row.status,
    answer: row.answer,
    askedBy: row.asked_by,
    createdAt: new Date(row.created_at).toISOString(),
    answeredAt: row.answered_at === null ? null : new Date(row.answered_at).toISOString(),
  };
}

const newestFirst = sql`request.created_at desc, request.id desc`;
const openFirst = sql`(request.status = 'answered'), request.created_at desc, request.id desc`;

export async function ask(unit: Unit<MemberActor>, body: BodyOf<typeof supportApi.ask>): Promise<Shown> {
  const { tenantId, actor } = unit;
  const known = await unit.em.findOne(SupportRequest, { tenantId, id: body.id });
  if (known && (known.subject !== body.subject || known.body !== body.body)) throw problem("id_reused");
  if (!known) {
    unit.em.create(SupportRequest, { tenantId, ...body, memberId: actor.memberId, status: "open", createdAt: unit.now });
    unit.happened(supportAsked, { requestId: body.id });
  }
  return oneRequest(unit, body.id);
}

async function oneRequest(unit: Unit, id: string): Promise<Shown> {
  return present(found(await unit.one<Row>(requestsWith(sql`request.id = ${id}`, newestFirst, 1))));
}

export async function listOwn(
  unit: Unit<Staff>,
  { cursor, limit }: QueryOf<typeof supportApi.list>,
): Promise<OutputOf<typeof supportApi.list>> {
  const last = decodeCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const where = and([
    sql`request.tenant_id = ${unit.tenantId}`,
    last && sql`(request.created_at, request.id) < (${last[0]}::timestamptz, ${last[1]}::uuid)`,
  ]);
  const rows = await unit.rows<Row>(requestsWith(where, newestFirst, limit + 1));
  return pageOf(rows, limit, ({ created_at: at, id }) => [new Date(at).toISOString(), id], present);
}

export async function listAll(
  unit: Unit<PlatformActor>,
  { cursor, limit, status }: QueryOf<typeof platformApi.listRequests>,
): Promise<OutputOf<typeof platformApi.listRequests>> {
  const last = decodeCursor(cursor, z.tuple([z.boolean(), z.iso.datetime(), z.uuid()]));
  const [answered, at, id] = last ?? [];
  const where = and([
    status && sql`request.status = ${status}`,
    last &&
      sql`(request.status = 'answered') > ${answered} or ((request.status = 'answered') = ${answered}
        and (request.created_at, request.id) < (${at}::timestamptz, ${id}::uuid))`,
  ]);
  const rows = await unit.rows<Row>(requestsWith(where, openFirst, limit + 1));
  return pageOf(rows, limit, (row) => [row.status === "answered", new Date(row.created_at).toISOString(), row.id], present);
}

/** Once: what was mailed cannot be taken back. The same answer again is a repeat. */
export async function answerRequest(unit: Unit<PlatformActor>, requestId: string, answer: string): Promise<Shown> {
  await unit.rows(sql`select id from support_request where id = ${requestId} for no key update`);
  const request = found(await unit.em.findOne(SupportRequest, { id: requestId }));
  if (request.status === "answered" && request.answer !== answer) throw problem("stale_state");
  if (request.status === "open") {
    Object.assign(request, { status: "answered", answer, answeredBy: unit.actor.accountId, answeredAt: unit.now });
    const { tenantId } = request;
    unit.happened(platformRequestAnswered, { tenantId, requestId }, installationId);
    unit.happened(supportAnswered, { requestId }, tenantId);
  }
  return oneRequest(unit, requestId);
}
