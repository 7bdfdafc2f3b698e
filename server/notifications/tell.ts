/** Puts a notice before a member. The cause makes it happen once; nobody is told of what they did themselves. */
import type { NoticeRow } from "../../shared/sync/rows/work.ts";
import { keepStanding } from "../team/index.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { fragment, sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import type { LoggedEvent } from "../core/jobs/define.ts";
import type { Unit } from "../core/work.ts";

export interface Telling {
  to: string;
  kind: string;
  about: NoticeRow["about"];
  aboutId: string | null;
  data?: NoticeRow["data"];
  /** Told only to somebody who holds it now: a mention must not leak what a person may not see. */
  needs?: Permission;
}

export async function tell(
  unit: Unit,
  event: LoggedEvent<unknown>,
  { to, kind, about, aboutId, data = {}, needs }: Telling,
): Promise<void> {
  const by = event.actor["kind"] === "member" ? String(event.actor["id"]) : null;
  if (by === to) return;
  const standing = await keepStanding(unit, to);
  if (!standing?.active || (needs && !standing.permissions.has(needs))) return;
  if (!(await isThere(unit, about, aboutId))) return;
  await unit.rows(sql`
    insert into notice (tenant_id, id, member_id, kind, about, about_id, by_id, data, at, cause)
    values (${unit.tenantId}, ${newId()}, ${to}, ${kind}, ${about}, ${aboutId}, ${by}, ${JSON.stringify(data)}, ${event.at}, ${`${event.seq}:${kind}`})
    on conflict do nothing`);
}

/** It may be deleted before anybody is told of it; from here on whoever deletes it waits, and what was told goes with it. */
async function isThere(unit: Unit, about: Telling["about"], aboutId: string | null): Promise<boolean> {
  if (about === null || aboutId === null) return true;
  const found = await unit.one(sql`select id from ${fragment(about)} where tenant_id = ${unit.tenantId} and id = ${aboutId} for key share`);
  return found !== undefined;
}
