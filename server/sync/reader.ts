/**
 * What a member may have on a device, read in the same transaction as the log and after it: a scope that was gained by one of the
 * entries must be among the reader's, or its rows would be missing for ever. So nothing that a process remembers is good enough here.
 */
import { isScope, memberScope, type Reader, type Scope } from "../../shared/sync/scopes.ts";
import { sql } from "../core/database/sql.ts";
import type { MemberActor } from "../core/actor.ts";
import type { Unit } from "../core/work.ts";

export async function memberReader(unit: Unit<MemberActor>): Promise<Reader> {
  const { memberId } = unit.actor;
  const row = await unit.one<{ scopes: string[] }>(sql`
    select app.scopes_of(tenant_id, id, app.permissions_of(tenant_id, role)) as scopes
    from member where tenant_id = ${unit.tenantId} and id = ${memberId} and status = 'active'`);
  const held: Scope[] = row ? ["tenant", memberScope(memberId), ...row.scopes.filter(isScope)] : [];
  return { memberId, scopes: new Set(held) };
}

/** Scopes that the member lost after a place in the sequence: their rows may still be on the device. */
export async function lostSince(unit: Unit<MemberActor>, seq: number): Promise<ReadonlySet<Scope>> {
  const rows = await unit.rows<{ scope: string }>(sql`
    select distinct scope_before as scope from change_log
    where tenant_id = ${unit.tenantId} and seq > ${seq} and entity = 'access' and id = ${unit.actor.memberId} and scope_after is null`);
  return new Set(rows.map(({ scope }) => scope).filter(isScope));
}
