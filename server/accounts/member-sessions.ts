/** What a tenant's admins see of their members' sessions. Ending one shuts it out of this tenant; other tenants are not theirs to close. */
import type { SessionShape } from "../../shared/api/accounts.ts";
import { memberSessionEnded } from "../../shared/events/accounts.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { mayOversee } from "../team/index.ts";
import { MemberSession } from "./entities.ts";
import { presentMemberSession } from "./present.ts";
import { lifetimes } from "./rules.ts";

function openOf(unit: Unit<Staff>, memberId: string): Promise<MemberSession[]> {
  const since = new Date(unit.now.getTime() - lifetimes.session.console.idleMs);
  const { tenantId } = unit;
  return unit.em.find(
    MemberSession,
    { tenantId, memberId, endedAt: null, lastUsedAt: { $gt: since } },
    { orderBy: { lastUsedAt: "desc", id: "asc" } },
  );
}

export async function listMemberSessions(unit: Unit<Staff>, memberId: string): Promise<SessionShape[]> {
  const may = await mayOversee(unit, memberId);
  return (await openOf(unit, memberId)).map((entry) => presentMemberSession(entry, unit.actor.sessionId, may));
}

export async function endMemberSessions(unit: Unit<Staff>, memberId: string, sessionId?: string): Promise<void> {
  if (!(await mayOversee(unit, memberId))) throw problem("forbidden");
  const open = await openOf(unit, memberId);
  const chosen = sessionId === undefined ? open : open.filter((entry) => entry.sessionId === sessionId);
  if (sessionId !== undefined && chosen.length === 0) {
    // One that is over already is a repeat; one of another member, or of nobody, does not exist here.
    found(await unit.em.findOne(MemberSession, { tenantId: unit.tenantId, memberId, sessionId }));
  }
  for (const entry of chosen) {
    entry.endedAt = unit.now;
    unit.happened(memberSessionEnded, { memberId, sessionId: entry.sessionId });
  }
}
