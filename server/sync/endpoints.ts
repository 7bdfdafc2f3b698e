import { syncApi } from "../../shared/api/sync.ts";
import { printOfLines } from "../../shared/sync/audit.ts";
import { writer, type MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { action, endpoint, type Endpoint } from "../core/http/endpoint.ts";
import { problem } from "../core/problem.ts";
import { perCore } from "../core/realtime/per-core.ts";
import { audit } from "./audit.ts";
import { differing } from "./counters.ts";
import { bootstrap } from "./bootstrap.ts";
import { sayHello } from "./devices.ts";
import { history } from "./history.ts";
import { listDevices, revokeDevice } from "./list-devices.ts";
import { createSynced, type Synced } from "./lookup.ts";
import { pull } from "./pull.ts";
import { push, type Mutations } from "./push.ts";

export const syncedOf = perCore(({ registry }): Synced =>
  createSynced(
    registry.features.flatMap(({ synced }) => synced),
    registry.tables,
  ),
);

const mutationsOf = ({ registry }: Core): Mutations =>
  new Map(registry.features.flatMap(({ mutations }) => mutations.map((one) => [`${one.mutator.name}@${one.mutator.v}`, one])));

/** Devices belong to members; a super-admin who looks on has none. */
function memberOf(actor: { kind: string }): MemberActor {
  if (actor.kind !== "member") throw problem("read_only");
  return actor as MemberActor; // told by its kind
}

const readOnly = { readOnly: true } as const;

export const syncEndpoints: Endpoint[] = [
  action(syncApi.hello, (unit, { body }) => sayHello(writer(unit), body)),
  endpoint(syncApi.bootstrap, ({ core, actor, body }) =>
    core.work(memberOf(actor), (unit) => bootstrap(syncedOf(core), unit, body), readOnly),
  ),
  endpoint(syncApi.pull, ({ core, actor, body }) => core.work(memberOf(actor), (unit) => pull(core, syncedOf(core), unit, body), readOnly)),
  endpoint(syncApi.push, ({ core, actor, body }) => push(core, mutationsOf(core), memberOf(actor), body)),
  endpoint(syncApi.history, ({ core, actor, query }) =>
    core.work(memberOf(actor), (unit) => history(syncedOf(core), unit, query), readOnly),
  ),
  // Who looks on has none.
  endpoint(syncApi.devices, async ({ core, actor, query }) =>
    actor.kind === "member" ? core.work(actor, (unit) => listDevices(unit, "own", query), readOnly) : { items: [], next: null },
  ),
  endpoint(syncApi.teamDevices, ({ core, actor, query }) =>
    core.work(memberOf(actor), (unit) => listDevices(unit, "everybody", query), readOnly),
  ),
  action(syncApi.revokeDevice, (unit, { params }) => revokeDevice(writer(unit), params.deviceId)),
  endpoint(syncApi.audit, async ({ core, actor, query }) => {
    const answer = await core.work(memberOf(actor), (unit) => audit(syncedOf(core), unit, query), readOnly);
    if (query.print !== undefined && answer.seq === query.cursor && query.print !== printOfLines(answer.lines))
      core.metrics.counter(differing).add();
    return answer;
  }),
];
