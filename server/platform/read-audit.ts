/** The platform's audit: the installation's log without the sign-ins of everybody. Who acted is named while the account exists. */
import { z } from "zod";
import type { OutputOf, QueryOf } from "../../shared/api/contract.ts";
import type { platformApi } from "../../shared/api/platform.ts";
import { accountResumed, accountSuspended } from "../../shared/events/accounts.ts";
import { platformLog } from "../../shared/events/platform.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import { installationId } from "../core/ids.ts";
import type { PlatformUnit } from "./read-tenants.ts";

const shown = [...platformLog, accountSuspended, accountResumed].map(({ type }) => type);

interface Line {
  seq: string | number;
  type: string;
  actor: Record<string, unknown>;
  payload: Record<string, unknown>;
  at: Date | string;
  name: string | null;
  tenant_id: string | null;
  tenant_name: string | null;
}

const textOf = (value: unknown) => (typeof value === "string" ? value : null);

async function lines(unit: PlatformUnit, where: readonly (Sql | false | undefined)[], limit: number): Promise<Line[]> {
  return unit.rows<Line>(sql`
    select log.seq, log.type, log.actor, log.payload, log.at, account.name, log.payload ->> 'tenantId' as tenant_id, tenant.name as tenant_name
    from event_log log
    left join account on account.id::text = log.actor ->> 'id' and log.actor ->> 'kind' in ('platform', 'account')
    left join tenant on tenant.tenant_id::text = log.payload ->> 'tenantId' and tenant.id = tenant.tenant_id
    where log.tenant_id = ${installationId} and log.seq is not null and log.type in (${shown}) and ${and(where)}
    order by log.seq desc limit ${limit}`);
}

function present({ seq, type, actor, payload, at, name, tenant_id: tenantId, tenant_name: tenantName }: Line) {
  return {
    seq: Number(seq),
    type,
    actor: { kind: textOf(actor["kind"]) ?? "system", id: textOf(actor["id"]), name, reason: textOf(actor["reason"]) },
    tenant: tenantId === null ? null : { id: tenantId, name: tenantName },
    payload,
    at: new Date(at).toISOString(),
  };
}

export async function listAudit(unit: PlatformUnit, query: QueryOf<typeof platformApi.audit>): Promise<OutputOf<typeof platformApi.audit>> {
  const last = decodeCursor(query.cursor, z.tuple([z.number().int()]));
  const { tenantId, accountId } = query;
  const rows = await lines(
    unit,
    [
      tenantId !== undefined && sql`log.subject_id = ${tenantId}`,
      accountId !== undefined && sql`log.actor ->> 'id' = ${accountId}`,
      last && sql`log.seq < ${last[0]}`,
    ],
    query.limit + 1,
  );
  return pageOf(rows, query.limit, ({ seq }) => [Number(seq)], present);
}

export async function latestAbout(unit: PlatformUnit, tenantId: string) {
  return (await lines(unit, [sql`log.subject_id = ${tenantId}`], 10)).map(present);
}
