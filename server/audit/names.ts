/**
 * What the things are called whose ids stand in the trail: as they are called now. The trail stands below the features whose rows it names,
 * so this is SQL over their tables (decision 007). Ids are unique over all tables, so one query finds them without knowing what they are.
 */
import type { Language } from "../../shared/i18n/languages.ts";
import { shownName } from "../../shared/model/aliases.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { holds } from "../core/actor.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { fragment, sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

interface Named {
  /** `id`, `name`, and `person` where the name is a contact's, who may have none. */
  rows: Sql;
  /** Who may read the trail may not read everything that it is about. */
  needs?: Permission;
}

const plain = (table: string, name: string): Sql =>
  sql`select it.id, it.${fragment(name)} as name, null::uuid as person from ${fragment(table)} it`;
const ofContact = (table: string, contact: string): Sql => sql`
  select it.id, who.name, it.${fragment(contact)} as person from ${fragment(table)} it
  left join contact who on who.tenant_id = it.tenant_id and who.id = it.${fragment(contact)}`;
/** A promise has no name of its own: it is to somebody, or it is what was noted. */
const followups = sql`
  select it.id, coalesce(who.name, nullif(left(it.notes, 60), ''), it.type) as name, null::uuid as person
  from followup it left join contact who on who.tenant_id = it.tenant_id and who.id = it.contact_id`;

const named: readonly Named[] = [
  { rows: plain("member", "name") },
  { rows: plain("team", "name") },
  { rows: plain("role", "name") },
  { rows: plain("label", "name") },
  { rows: plain("device", "name") },
  { rows: plain("calendar_feed", "name") },
  { rows: plain("invitation", "email"), needs: "team.manage" },
  { rows: plain("task", "title"), needs: "tasks.manage" },
  { rows: ofContact("contact", "id"), needs: "contacts.read" },
  { rows: ofContact("conversation", "contact_id"), needs: "contacts.read" },
  { rows: ofContact("visitor", "contact_id"), needs: "contacts.read" },
  { rows: followups, needs: "followups.manage" },
];

export async function namesOf(unit: Unit, ids: readonly string[], language: Language): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const seen = named.filter(({ needs }) => needs === undefined || holds(unit.actor, needs));
  const union = seen.reduce(
    (all, { rows }) => sql`${all} union all ${rows} where it.id = any(${uuidArray(ids)})`,
    sql`select null::uuid, null, null::uuid where false`,
  );
  const found = await unit.rows<{ id: string; name: string | null; person: string | null }>(sql`
    select id, name, person from (${union}) as named (id, name, person)`);
  return new Map(
    found.map(({ id, name, person }) => [id, person === null ? (name ?? "") : shownName({ id: person, name }, language).name]),
  );
}
