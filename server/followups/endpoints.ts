import { calendarApi } from "../../shared/api/calendar.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import type { FollowupShape } from "../../shared/api/followups.ts";
import type { Mutator } from "../../shared/sync/mutators/define.ts";
import * as decided from "../../shared/sync/mutators/followups.ts";
import { writer } from "../core/actor.ts";
import { action, type Call, type Endpoint } from "../core/http/endpoint.ts";
import { found } from "../core/problem.ts";
import { mutate } from "../core/sync/mutation.ts";
import type { Unit } from "../core/work.ts";
import { historyOf } from "../tasks/index.ts";
import { followupMutations } from "./change.ts";
import { Followup } from "./entities.ts";
import { listFeeds, makeFeed, revokeFeed } from "./feeds.ts";
import { presentFollowups } from "./present.ts";
import { listFollowups, readChain } from "./read.ts";

async function shown(unit: Unit, id: string): Promise<FollowupShape> {
  const [shape] = await presentFollowups(unit, [found(await unit.em.findOne(Followup, { id }))]);
  return found(shape);
}

/** Decides by the shared mutator and answers the follow-up as it is then. */
async function changed(unit: Unit, { core }: Pick<Call, "core">, mutator: Mutator, id: string, args: object): Promise<FollowupShape> {
  const mutation = followupMutations.find((one) => one.mutator === mutator);
  if (!mutation) throw new Error(`${mutator.name} is not a mutation of follow-ups.`);
  await mutate(core, writer(unit), mutation, args);
  return shown(unit, id);
}

export const followupEndpoints: Endpoint[] = [
  action(followupsApi.list, (unit, { query }) => listFollowups(unit, query)),
  action(followupsApi.create, (unit, call) => changed(unit, call, decided.createFollowup, call.body.id, call.body)),
  action(followupsApi.get, (unit, { params }) => shown(unit, params.followupId)),
  action(followupsApi.chain, async (unit, { params }) => {
    found(await unit.em.findOne(Followup, { id: params.followupId }));
    return { items: await presentFollowups(unit, await readChain(unit, params.followupId)) };
  }),
  action(followupsApi.update, (unit, call) =>
    changed(unit, call, decided.updateFollowup, call.params.followupId, { ...call.params, changes: call.body }),
  ),
  action(followupsApi.move, (unit, call) =>
    changed(unit, call, decided.moveFollowup, call.params.followupId, { ...call.params, ...call.body }),
  ),
  action(followupsApi.complete, (unit, call) =>
    changed(unit, call, decided.completeFollowup, call.params.followupId, { ...call.params, ...call.body }),
  ),
  action(followupsApi.cancel, (unit, call) => changed(unit, call, decided.cancelFollowup, call.params.followupId, call.params)),
  action(followupsApi.reopen, (unit, call) => changed(unit, call, decided.reopenFollowup, call.params.followupId, call.params)),
  action(followupsApi.delete, async (unit, { core, params }) => {
    found(await unit.em.findOne(Followup, { id: params.followupId }));
    const mutation = followupMutations.find((one) => one.mutator === decided.deleteFollowup);
    if (mutation) await mutate(core, writer(unit), mutation, params);
  }),
  action(followupsApi.history, async (unit, { params, query }) => {
    found(await unit.em.findOne(Followup, { id: params.followupId }));
    return historyOf(unit, params.followupId, query);
  }),
  action(calendarApi.list, async (unit) => ({ items: unit.actor.kind === "member" ? await listFeeds(unit, unit.actor.memberId) : [] })),
  action(calendarApi.create, (unit, { core, body }) => makeFeed(writer(unit), body, core.config.PUBLIC_URL)),
  action(calendarApi.revoke, (unit, { params }) => revokeFeed(writer(unit), params.feedId)),
];
