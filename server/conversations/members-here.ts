/** Which members have a live console, over all processes. In memory only. */
import type { Core } from "../core/core.ts";
import { newId } from "../core/ids.ts";
import { perCore } from "../core/realtime/per-core.ts";
import { createPresence, type Presence } from "../core/realtime/presence.ts";

export const membersHere = perCore((core: Core): Presence<true> => {
  const listeners = core.registry.features.flatMap(({ sockets }) => sockets).filter((one) => one.part === "presence");
  return createPresence<true>({
    name: "members",
    node: newId(),
    bus: core.bus,
    everyMs: 1_000,
    lingerMs: 5_000,
    frameSize: 500,
    tell(tenantId, { here, gone }) {
      const came = [...here.keys()];
      core.live.toMembers({ tenantId }, "members", { all: false, online: came, offline: gone });
      for (const listener of listeners) listener.changed(core, tenantId, { came, went: gone });
    },
  });
});
