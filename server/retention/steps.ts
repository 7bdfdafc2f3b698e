/**
 * One small transaction of each kind. Every one first locks what it means to take, then asks once more whether it may, and only then
 * deletes: whoever wrote, opened again or referred to something a moment before has kept it.
 */
import { contactQuietSince, deleteContacts, lockQuiet, stillQuiet } from "../contacts/index.ts";
import { closedBefore, deleteConversations, lockClosed, stillClosed } from "../conversations/index.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { deleteEndedFollowups, deleteFollowupsOf, followupEndedBefore, lockFollowupsOf } from "../followups/index.ts";
import { forgetAbout } from "../notifications/index.ts";
import { deleteEndedTasks, deleteTasksOf, lockTasksOf, taskEndedBefore } from "../tasks/index.ts";
import { deleteVisitorsOf, lockVisitorsOf } from "../visitors/index.ts";
import type { Cuts } from "./cuts.ts";
import { contactIsNeeded, conversationIsNeeded, nothingGoing } from "./kept.ts";

const batch = 100;

const not = (condition: Sql): Sql => sql`not ${condition}`;

export interface Counts {
  conversations: number;
  tasks: number;
  followups: number;
  contacts: number;
}

export interface Taken extends Partial<Counts> {
  /** Where to go on; null when this was all. */
  next: string | null;
}

/** `after` is where the step before said to go on; null at the beginning. */
export type Step = (unit: Unit, tenantId: string, cuts: Cuts, after: string | null) => Promise<Taken>;

const again = "again";
const nothing: Taken = { next: null };

const endedWork: Step = async (unit, tenantId, { work }) => {
  if (work === null) return nothing;
  const tasks = await deleteEndedTasks(unit, taskEndedBefore(tenantId, work), batch);
  const followups = await deleteEndedFollowups(unit, tenantId, followupEndedBefore(tenantId, work), batch);
  await forgetAbout(unit, tenantId, "task", tasks);
  await forgetAbout(unit, tenantId, "followup", followups);
  const counts = { tasks: tasks.length, followups: followups.length };
  return { ...counts, next: counts.tasks + counts.followups > 0 ? again : null };
};

/** Finished work goes with its conversation (docs/decisions/011). */
const closedConversations: Step = async (unit, tenantId, { conversations }) => {
  if (conversations === null) return nothing;
  const condition = and([closedBefore(tenantId, conversations), not(conversationIsNeeded)]);
  const locked = await lockClosed(unit, condition, batch);
  await lockTasksOf(unit, tenantId, locked);
  await lockFollowupsOf(unit, tenantId, locked);
  const ids = await stillClosed(unit, condition, locked);
  const tasks = await deleteTasksOf(unit, tenantId, ids);
  const followups = await deleteFollowupsOf(unit, tenantId, ids);
  await forgetAbout(unit, tenantId, "task", tasks);
  await forgetAbout(unit, tenantId, "followup", followups);
  await forgetAbout(unit, tenantId, "conversation", ids);
  await deleteConversations(unit, tenantId, ids);
  return { conversations: ids.length, tasks: tasks.length, followups: followups.length, next: ids.length > 0 ? again : null };
};

const quietContacts: Step = async (unit, tenantId, { contacts }, after) => {
  if (contacts === null) return nothing;
  const condition = and([contactQuietSince(tenantId, contacts), not(contactIsNeeded(contacts, nothingGoing))]);
  const locked = await lockQuiet(unit, condition, { after, most: batch });
  await lockVisitorsOf(unit, tenantId, locked);
  const ids = await stillQuiet(unit, condition, locked);
  await deleteVisitorsOf(unit, tenantId, ids);
  await deleteContacts(unit, tenantId, ids);
  return { contacts: ids.length, next: locked.length === batch ? (locked.at(-1) ?? null) : null };
};

/** In this order: what goes last is needed by nothing that went before. */
export const steps: readonly Step[] = [endedWork, closedConversations, quietContacts];
