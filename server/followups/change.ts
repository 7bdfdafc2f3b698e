/** Everything that changes a follow-up: decided by the shared mutators, told as events; a recurring one plans its next occurrence. */
import * as decided from "../../shared/sync/mutators/followups.ts";
import type { Mutator } from "../../shared/sync/mutators/define.ts";
import type { MemberActor } from "../core/actor.ts";
import { mutation, type Mutation } from "../core/sync/mutation.ts";
import { behind, underLock } from "../core/sync/under-lock.ts";
import type { Applied } from "../core/sync/perform.ts";
import type { Unit } from "../core/work.ts";
import { keepTeam } from "../team/index.ts";
import { planNext } from "./series.ts";
import { tellFollowup } from "./tell-followup.ts";

async function tell(unit: Unit<MemberActor>, changes: readonly Applied[]): Promise<void> {
  for (const change of changes) {
    if (change.entity !== "followup") continue;
    tellFollowup(unit.happened, change.before, change.after);
    const { before, after } = change;
    if (after?.status === "completed" && before?.status !== "completed") await planNext(unit, after);
  }
}

const followupMutation = (mutator: Mutator): Mutation => underLock(mutation(mutator, { may: "followups.manage", tell }), "followup");

export const followupMutations = [
  behind(keepTeam, followupMutation(decided.createFollowup)),
  behind(keepTeam, followupMutation(decided.updateFollowup)),
  followupMutation(decided.completeFollowup),
  followupMutation(decided.cancelFollowup),
  followupMutation(decided.moveFollowup),
  behind(keepTeam, followupMutation(decided.reopenFollowup)),
  followupMutation(decided.deleteFollowup),
];
