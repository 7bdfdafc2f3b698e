/**
 * Runs a shared mutator as the server's decision, inside a unit of work. The mutator is pure and reads synchronously; so it is run
 * over the rows loaded so far, and again after loading those it missed, until it misses nothing. Every HTTP action and every pushed
 * mutation of a synced thing goes through here: a rule lives once.
 */
import { parentOf, scopeOf, type EntityName, type NamedRow, type Rows } from "../../../shared/sync/entities.ts";
import type { Permission } from "../../../shared/model/permissions.ts";
import { kindOfScope, memberScope, teamScope, type Scope } from "../../../shared/sync/scopes.ts";
import type { Mutator } from "../../../shared/sync/mutators/define.ts";
import type { RejectionCode } from "../../../shared/sync/protocol.ts";
import type { Change, View } from "../../../shared/sync/view.ts";
import type { MemberActor } from "../actor.ts";
import { problem, type Problem } from "../problem.ts";
import type { Unit } from "../work.ts";
import type { SyncedEntity } from "./synced.ts";

export type Performed = { ok: true; changes: Applied[] } | { ok: false; code: RejectionCode };

/** A change with the row as it was before, for events and history. */
export type Applied = { [E in EntityName]: { entity: E; id: string; before: Rows[E] | null; after: Rows[E] | null } }[EntityName];

export interface Performer {
  decide(unit: Unit<MemberActor>, mutator: Mutator, args: unknown, deviceId: string | null): Promise<Performed>;
}

/** More rounds than any mutator needs: each round loads everything that was missed in it. */
const maxRounds = 20;

export function createPerformer(entities: readonly SyncedEntity[]): Performer {
  const byName = new Map<EntityName, SyncedEntity>(entities.map((entry) => [entry.entity, entry]));

  return {
    async decide(unit, mutator, args, deviceId) {
      const rows = new Map<string, unknown>();
      const context = { memberId: unit.actor.memberId, deviceId, now: unit.now.toISOString() };
      for (let round = 0; round < maxRounds; round += 1) {
        const missing = new Map<EntityName, Set<string>>();
        const view: View = {
          get<E extends EntityName>(entity: E, id: string): Rows[E] | undefined {
            const key = `${entity}:${id}`;
            if (!rows.has(key)) missing.set(entity, (missing.get(entity) ?? new Set()).add(id));
            const row = rows.get(key) as Rows[E] | undefined; // stored below under the same entity
            return row !== undefined && inSight(unit.actor, { entity, row } as NamedRow, view) ? row : undefined; // the pair fits
          },
          answeredAfter() {
            throw new Error("Sending is decided by the conversations feature, which has the messages at hand.");
          },
        };
        const decision = mutator.decide(view, args, context);
        if (missing.size === 0) {
          if (!decision.ok) return decision;
          return { ok: true, changes: await write(unit, decision.changes, rows) };
        }
        await load(unit, missing, rows);
      }
      throw new Error(`Mutator ${mutator.name} asks for ever more rows.`);
    },
  };

  /** What the member may not see does not exist for a mutation either: the same scopes as on a device. */
  function inSight(actor: MemberActor, named: NamedRow, view: View): boolean {
    const scope = scopeOf(named);
    if (scope !== null && !sees(actor, scope)) return false;
    const parent = parentOf(named);
    return parent === null ? scope !== null : view.get(parent.entity, parent.id) !== undefined;
  }

  async function load(unit: Unit, missing: ReadonlyMap<EntityName, ReadonlySet<string>>, rows: Map<string, unknown>): Promise<void> {
    for (const [entity, ids] of missing) {
      const found = await entry(entity).load(unit, [...ids]);
      for (const id of ids) rows.set(`${entity}:${id}`, undefined);
      for (const row of found) rows.set(`${entity}:${row.id}`, row);
    }
  }

  async function write(unit: Unit, changes: readonly Change[], rows: ReadonlyMap<string, unknown>): Promise<Applied[]> {
    const applied: Applied[] = [];
    for (const { entity, id, row } of changes) {
      const { save, remove } = entry(entity);
      const before = rows.get(`${entity}:${id}`) ?? null;
      if (row === null) await (remove ?? refuse(entity))(unit, id);
      else await (save ?? refuse(entity))(unit, row, before === null); // rows of an entity fit its own registration
      applied.push({ entity, id, before, after: row } as Applied);
    }
    await unit.flush();
    return applied;
  }

  function entry(entity: EntityName): SyncedEntity {
    const found = byName.get(entity);
    if (!found) throw new Error(`No feature has registered the synced entity ${entity}.`);
    return found;
  }
}

function refuse(entity: EntityName): () => Promise<void> {
  return () => Promise.reject(new Error(`The synced entity ${entity} is not written by generic mutators.`));
}

/** A refusal as the HTTP answer. */
export function problemOfRejection(code: RejectionCode): Problem {
  switch (code) {
    case "not_visible":
      return problem("not_found");
    case "stale_state":
      return problem("stale_state");
    case "conflict":
      return problem("id_reused");
    case "forbidden":
      return problem("forbidden");
    case "over_limit":
      return problem("over_limit");
    case "invalid":
      return problem("invalid_input");
    case "expired":
    case "colleague_answered":
    case "conversation_closed":
      return problem("conflict", { data: { reason: code } });
  }
}

/** `readerOf` of `shared/sync/scopes.ts`, asked for one scope: nobody needs the list of all teams for that. */
export function sees(actor: MemberActor, scope: Scope): boolean {
  const may = (permission: Permission) => actor.permissions.has(permission);
  switch (kindOfScope(scope)) {
    case "tenant":
      return true;
    case "inbox":
      return may("conversations.read");
    case "contacts":
      return may("contacts.read");
    case "admins":
      return may("tasks.manage") && may("followups.manage");
    case "team":
      return may("conversations.read") && (may("conversations.all") || actor.teamIds.some((id) => scope === teamScope(id)));
    case "member":
      return scope === memberScope(actor.memberId);
  }
}
