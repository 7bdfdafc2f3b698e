/** Whether a member is there for conversations, as they said it. Whether a console of theirs is connected is known elsewhere. */
import type { Duty } from "../../shared/events/routing.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { Unit } from "../core/work.ts";
import { Availability } from "./entities.ts";

export interface Standby {
  duty: Duty;
  doNotDisturb: boolean;
  until: Date | null;
}

/** Who never said anything is there. */
export const usualStandby: Standby = { duty: "available", doNotDisturb: false, until: null };

export function isQuiet({ doNotDisturb, until }: Standby, now: Date): boolean {
  return doNotDisturb && (until === null || until > now);
}

/** Takes conversations when a console is connected. */
export function takesConversations(standby: Standby, now: Date): boolean {
  return standby.duty === "available" && !isQuiet(standby, now);
}

const standbyOf = ({ duty, doNotDisturb, until }: Availability): Standby => ({ duty, doNotDisturb, until: until ?? null });

/** Inside a transaction, as the database has it. */
export async function readStandbys(unit: Unit): Promise<ReadonlyMap<string, Standby>> {
  const rows = await unit.em.find(Availability, { tenantId: unit.tenantId });
  return new Map(rows.map((row) => [row.id, standbyOf(row)]));
}

/** Remembered until somebody says something else. */
export function standbysOf(core: Core, tenantId: string): Promise<ReadonlyMap<string, Standby>> {
  return core.cache.get(tenantId, "standbys", ["availability"], () =>
    core.work(service(tenantId, "who is there"), readStandbys, { readOnly: true }),
  );
}

/** True when that was news. */
export async function writeStandby(unit: Unit, memberId: string, standby: Standby): Promise<boolean> {
  const { tenantId } = unit;
  const known = await unit.em.findOne(Availability, { tenantId, id: memberId });
  const before = known ? standbyOf(known) : usualStandby;
  const same =
    before.duty === standby.duty && before.doNotDisturb === standby.doNotDisturb && before.until?.getTime() === standby.until?.getTime();
  if (same) return false;
  if (known) Object.assign(known, { ...standby, changedAt: unit.now });
  else unit.em.create(Availability, { tenantId, id: memberId, ...standby, changedAt: unit.now });
  return true;
}
