/** What routing hears and says live: a visitor's first words begin a round, a console that connects does, and colleagues see who is there. */
import type { Core } from "../core/core.ts";
import { presenceListener, socketTail } from "../core/realtime/define.ts";
import { messageSource, type MessageNews } from "../conversations/index.ts";
import { standbysOf, usualStandby } from "../team/index.ts";
import { soonRoute } from "./jobs.ts";

async function tellAvailability(core: Core, tenantId: string, memberIds: readonly string[]): Promise<void> {
  const standbys = await standbysOf(core, tenantId);
  for (const member of memberIds) {
    const { duty, doNotDisturb, until } = standbys.get(member) ?? usualStandby;
    core.live.toMembers({ tenantId }, "availability", { member, duty, doNotDisturb, until: until?.toISOString() ?? null });
  }
}

export const routingSockets = [
  socketTail({
    namespace: "/desk",
    name: "routing",
    tell(core, { tenantId, entries }) {
      const changed: string[] = [];
      for (const entry of entries) {
        if (entry.kind === "change" && entry.entity === "availability") changed.push(entry.id);
        if (entry.kind !== "row" || entry.source !== messageSource) continue;
        const { number, kind } = entry.data as unknown as MessageNews; // the log source builds exactly this
        if (number === 1 && kind === "visitor") soonRoute(core)(tenantId);
      }
      return changed.length > 0 ? tellAvailability(core, tenantId, changed) : undefined;
    },
  }),
  presenceListener({
    name: "routing presence",
    changed(core, tenantId, { came }) {
      if (came.length > 0) soonRoute(core)(tenantId);
    },
  }),
];
