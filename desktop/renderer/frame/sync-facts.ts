import type { QueryOutput } from "../../bridge/index.ts";
import type { SyncFacts } from "./sync-status.ts";

const at = (time: string | null): number | null => (time === null ? null : Date.parse(time));

/** What the core reports, with times as the frame reads them. */
export function syncFacts(state: QueryOutput<"sync.state">): SyncFacts {
  return {
    link: state.link,
    since: at(state.since),
    pending: state.pending,
    sending: state.sending,
    rejected: state.rejected,
    receiving: state.receiving,
    trouble: state.trouble?.code ?? null,
    nextTryAt: at(state.nextTryAt),
    lastOffline: state.lastOffline === null ? null : { from: Date.parse(state.lastOffline.from), to: Date.parse(state.lastOffline.to) },
  };
}

/** Before the core has said anything: as if it were fine, because nothing flickers in the first moment. */
export const quietFacts: SyncFacts = {
  link: "online",
  since: null,
  pending: 0,
  sending: 0,
  rejected: 0,
  receiving: null,
  trouble: null,
  nextTryAt: null,
  lastOffline: null,
};
