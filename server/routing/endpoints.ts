import { routingApi } from "../../shared/api/routing.ts";
import { availabilityChanged } from "../../shared/events/routing.ts";
import { writer } from "../core/actor.ts";
import { action, endpoint, type Endpoint, type Staff } from "../core/http/endpoint.ts";
import { found, invalid } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { writeStandby } from "../team/index.ts";
import { lockQueue, lookAround } from "./circumstances.ts";
import { listAvailability, listQueue } from "./read.ts";
import { takeNext } from "./take-next.ts";

export const routingEndpoints: Endpoint[] = [
  endpoint(routingApi.availabilities, async ({ core, work, actor }) => {
    const around = await lookAround(core, actor.tenantId);
    return { items: await work(actor, (unit) => listAvailability(unit, around), { readOnly: true }) };
  }),
  action(routingApi.setAvailability, async (unit: Unit<Staff>, { core, body }) => {
    const { actor } = writer(unit);
    const { memberId } = actor;
    const until = body.doNotDisturb && body.until !== null ? new Date(body.until) : null;
    if (until !== null && until <= unit.now) throw invalid("body.until", "past", "This time is over.");
    // Whoever is being given a conversation at this moment gets it before, or not at all.
    await lockQueue(unit);
    const { duty, doNotDisturb } = body;
    if (await writeStandby(unit, memberId, { duty, doNotDisturb, until }))
      unit.happened(availabilityChanged, { memberId, duty, doNotDisturb, until: until?.toISOString() ?? null });
    const all = await listAvailability(unit, await lookAround(core, unit.tenantId));
    return found(all.find((one) => one.memberId === memberId));
  }),
  endpoint(routingApi.queue, async ({ core, work, actor }) => {
    const around = await lookAround(core, actor.tenantId);
    return { items: await work(actor, (unit) => listQueue(unit, around), { readOnly: true }) };
  }),
  action(routingApi.takeNext, async (unit: Unit<Staff>, { core }) => ({ conversationId: await takeNext(writer(unit), core) })),
];
