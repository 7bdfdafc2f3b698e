/** Everything that members did, and what must have become of it: done once, or refused and kept, or taken back. */
import type { OutboxEntry } from "../store.ts";
import type { Violation } from "./checks.ts";
import type { Database } from "./database.ts";
import type { Device } from "./device.ts";

const keyOf = (entry: Pick<OutboxEntry, "name" | "at" | "args">) => `${entry.name} ${entry.at} ${JSON.stringify(entry.args)}`;

export function createLedger() {
  const acts = new Map<string, Device>();
  const takenBack = new Set<string>();
  const copied = new Set<Device>();
  const names = new Set<string>();

  return {
    names,
    /** Runs what may add a mutation to the device's outbox, and notes it. */
    note(device: Device, work: () => void): boolean {
      const before = device.outbox.device().lastMid;
      work();
      const entry = device.outbox.pending().at(-1);
      if (device.outbox.device().lastMid === before || !entry) return false;
      names.add(entry.name);
      acts.set(keyOf(entry), device);
      return true;
    },
    takeBack: (entry: OutboxEntry) => takenBack.add(keyOf(entry)),
    /** Two installations use one line: what the server has of it may be done again under the new name of one of them. */
    copy: (original: Device) => copied.add(original),

    check(database: Database): Violation[] {
      const found: Violation[] = [];
      for (const [key, device] of acts) {
        const times = database.effects().get(key) ?? 0;
        const refused = device.outbox.rejected().some((item) => keyOf(item) === key);
        if (times > (copied.has(device) ? 3 : 1)) found.push({ kind: "double-effect", detail: key });
        if (times === 0 && !refused && !takenBack.has(key)) found.push({ kind: "lost-mutation", detail: `${device.name}: ${key}` });
      }
      return found;
    },
  };
}
