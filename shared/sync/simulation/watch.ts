import type { Violation } from "./checks.ts";
import type { Device } from "./device.ts";

/** Looks at a device after every step: the cursor never falls without a reset, and what only this device writes never goes back. */
export function createWatch(violations: Violation[], mine: (conversationId: string) => boolean) {
  const highest = new Map<string, number>();
  const refused = new Set<string>();
  let counter = 0;
  let ended = false;
  let cursor = { at: -1, generation: 0 };

  return {
    /** What was shown is taken back on purpose, or was lost with the cache. */
    forget: () => highest.clear(),
    /** From now on values may go back. */
    end: () => {
      ended = true;
    },
    next: () => {
      counter += 1;
      return counter;
    },
    look(device: Device): void {
      const state = device.cache.state();
      const at = state.cursor ?? -1;
      if (state.generation === cursor.generation && at < cursor.at) violations.push({ kind: "cursor-falls", detail: device.name });
      cursor = { at, generation: state.generation };
      for (const item of device.outbox.rejected()) {
        if (refused.has(item.key)) continue;
        refused.add(item.key);
        // What was shown and then refused goes back to what the server has.
        highest.clear();
      }
      const value = device.cache.get("preference", device.memberId)?.values[`own.${device.name}`];
      see(device.name, "preference", typeof value === "number" ? value : null);
      for (const conversation of device.cache.list("conversation")) {
        if (mine(conversation.id)) see(device.name, conversation.id, conversation.subject === null ? null : Number(conversation.subject));
      }
    },
  };

  function see(device: string, what: string, value: number | null): void {
    const before = highest.get(what) ?? 0;
    if ((value ?? 0) < before && !ended) violations.push({ kind: "value-goes-back", detail: `${device}: ${what} ${before} > ${value}` });
    highest.set(what, value ?? 0);
  }
}
