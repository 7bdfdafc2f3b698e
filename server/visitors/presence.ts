/** Which visitors are on the site now, for all processes. In memory only. */
import type { VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { newId } from "../core/ids.ts";
import { perCore } from "../core/realtime/per-core.ts";
import { createPresence, type Presence } from "../core/realtime/presence.ts";
import { pageTrailOf } from "./page-trail.ts";

export interface Here {
  active: boolean;
  page: { url: string; title: string } | null;
  since: string;
}

export const visitorsHere = perCore((core: Core): Presence<Here> =>
  createPresence<Here>({
    name: "visitors",
    node: newId(),
    bus: core.bus,
    everyMs: 1_000,
    lingerMs: 5_000,
    frameSize: 500,
    tell(tenantId, { here, gone }) {
      core.live.toMembers({ tenantId, permission: "contacts.read" }, "visitors", { all: false, here: presented(here), gone });
    },
  }),
);

/** A page was loaded: the widget says so with its first call, and its socket follows in a moment. */
export function arrived(core: Core, { tenantId, visitorId }: VisitorActor, page: NonNullable<Here["page"]>): void {
  pageTrailOf(core).seen(tenantId, visitorId, page);
  const here = visitorsHere(core);
  const known = here.facts(tenantId, visitorId) ?? { active: true, since: core.clock.now().toISOString() };
  here.here(tenantId, visitorId, { ...known, page }, 0);
}

/** What a member's device is told when it connects. */
export function presented(here: ReadonlyMap<string, Here>) {
  return [...here].map(([visitor, facts]) => ({ visitor, ...facts }));
}
