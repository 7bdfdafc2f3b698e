/** The facts that decisions are made of, read under the tenant's lock so that each is made on what is true when it is written. */
import { plainSkill, skillsOf, type RoutingConversation, type RoutingMember } from "../../shared/model/routing.ts";
import { queueRulesFor, type QueueRules, type RoutingSettings } from "../../shared/model/settings.ts";
import type { EscalationLevel } from "../../shared/model/escalation.ts";
import { membersHere } from "../conversations/index.ts";
import type { Core } from "../core/core.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { customRoles, isQuiet, permissionsOf, readStandbys, usualStandby } from "../team/index.ts";
import { hoursOf, settingsOf } from "../tenants/index.ts";

/** What is known without the database: settings, the clock on the wall, who has a live console. */
export interface Surroundings {
  routing: RoutingSettings;
  /** Within working hours. Outside of them nobody is on duty, whatever they said. */
  open: boolean;
  here: ReadonlySet<string>;
}

export async function lookAround(core: Core, tenantId: string): Promise<Surroundings> {
  const [routing, hours] = await Promise.all([settingsOf(core, tenantId, "routing"), hoursOf(core, tenantId)]);
  return {
    routing,
    open: hours.isOpen(core.clock.now().getTime()),
    here: new Set(membersHere(core).all(tenantId).keys()),
  };
}

/** One after the other within a tenant: whoever decides sees what the one before decided. */
export async function lockQueue(unit: Unit): Promise<void> {
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`routing:${unit.tenantId}`}, 0))`);
}

interface MemberRow {
  id: string;
  role: string;
  load_limit: number;
  skills: string[];
  team_ids: string[] | null;
  load: number;
  last_assigned_at: Date | string | null;
  idle_since: Date | string | null;
}

export type StaffMember = RoutingMember & { isAdmin: boolean };

const ms = (at: Date | string | null) => (at === null ? null : new Date(at).getTime());

/** Everybody who may answer conversations, with what they have. */
export async function readStaff(unit: Unit, { open, here }: Surroundings): Promise<StaffMember[]> {
  const { tenantId, now } = unit;
  const [standbys, roles] = [await readStandbys(unit), await customRoles(unit)];
  const rows = await unit.rows<MemberRow>(sql`
    select member.id, member.role, member.load_limit, member.skills, turn.last_assigned_at, turn.idle_since,
      (select json_agg(place.team_id) from team_member place where place.tenant_id = member.tenant_id and place.member_id = member.id) as team_ids,
      (select count(*)::int from conversation one
        where one.tenant_id = member.tenant_id and one.assignee_id = member.id and one.status = 'open') as load
    from member left join routing_turn turn on turn.tenant_id = member.tenant_id and turn.id = member.id
    where member.tenant_id = ${tenantId} and member.status = 'active' order by member.id`);
  return rows
    .filter(({ role }) => permissionsOf(role, roles).has("conversations.reply"))
    .map((row) => {
      const standby = standbys.get(row.id) ?? usualStandby;
      return {
        id: row.id,
        isAdmin: row.role === "admin",
        onDuty: open && standby.duty === "available",
        reachable: here.has(row.id),
        doNotDisturb: isQuiet(standby, now),
        load: row.load,
        capacity: row.load_limit,
        skills: row.skills.map(plainSkill),
        teamIds: row.team_ids ?? [],
        lastAssignedAt: ms(row.last_assigned_at),
        idleSince: ms(row.idle_since),
      };
    });
}

interface ConversationRow {
  id: string;
  team_id: string | null;
  assignee_id: string | null;
  labels: string[] | null;
  last_operator_id: string | null;
  since: Date | string;
  waiting_since: Date | string | null;
  passed_by: string[] | null;
  level: EscalationLevel | null;
  held_since: Date | string | null;
}

export interface QueuedConversation extends RoutingConversation {
  assigneeId: string | null;
  unansweredSince: number | null;
  heldSince: number;
  level: EscalationLevel;
}

/** Open conversations, longest waiting first. One that only began, without a word, waits for nobody. */
export async function readOpen(unit: Unit, staff: readonly RoutingMember[], which: Sql, most: number): Promise<QueuedConversation[]> {
  const rows = await unit.rows<ConversationRow>(sql`
    select one.id, one.team_id, one.assignee_id, one.waiting_since, coalesce(one.waiting_since, one.started_at) as since,
      (select json_agg(label.name) from label where label.tenant_id = one.tenant_id and one.label_ids @> to_jsonb(label.id::text)) as labels,
      coalesce(known.last_operator_id, (
        select before.assignee_id from conversation before
        where before.tenant_id = one.tenant_id and before.contact_id = one.contact_id and before.id <> one.id and before.assignee_id is not null
        order by before.started_at desc limit 1)) as last_operator_id,
      said.passed_by, said.level, known.held_since
    from conversation one
    left join routing_case known on known.tenant_id = one.tenant_id and known.id = one.id
    left join routing_case said on said.tenant_id = one.tenant_id and said.id = one.id
      and said.waiting_since is not distinct from one.waiting_since
    where one.tenant_id = ${unit.tenantId} and one.status = 'open' and one.last_number > 0 and ${which}
    order by coalesce(one.waiting_since, one.started_at), one.id limit ${most}`);
  return rows.map((row) => ({
    id: row.id,
    teamId: row.team_id,
    skills: skillsOf(row.labels ?? [], staff),
    lastOperatorId: row.last_operator_id,
    waitingSince: new Date(row.since).getTime(),
    passedBy: row.passed_by ?? [],
    assigneeId: row.assignee_id,
    unansweredSince: ms(row.waiting_since),
    heldSince: ms(row.held_since) ?? new Date(row.since).getTime(),
    level: row.level ?? "none",
  }));
}

/** What waits to be given out. What was offered to all is taken by hand. */
export const waits = sql`one.assignee_id is null`;
export const isOffered = ({ level }: QueuedConversation) => level !== "none" && level !== "passed_on";

export function rulesOf({ routing }: Surroundings, { teamId }: { teamId: string | null }): QueueRules {
  return queueRulesFor(routing, teamId);
}
