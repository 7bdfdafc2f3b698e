/** The connection as people see it: calm. Nothing is said in the first three seconds, and the last time offline is remembered for an hour. */
import { isoOf, type Clock } from "./clock.ts";
import type { Session } from "./session/session.ts";
import { createTimer } from "./sync/back-off.ts";
import type { Tenant } from "./tenant/tenant.ts";

type Link = "online" | "reconnecting" | "offline" | "signed-out" | "update-needed";

export interface ConnectionStateOptions {
  clock: Clock;
  session: Session;
  tenants: () => readonly Tenant[];
  changed: () => void;
}

const calmMs = 3_000;
const rememberedMs = 3_600_000;

export function createConnectionState({ clock, session, tenants, changed }: ConnectionStateOptions) {
  const timer = createTimer(clock);
  /** Since when every call fails, and since when only the live connection is missing. */
  let failingSince: number | null = null;
  let deafSince: number | null = null;
  let last: { from: number; to: number } | null = null;

  function look(): void {
    const now = clock.now();
    const engines = tenants().map(({ engine }) => engine.state());
    const failing = engines.length > 0 && engines.every(({ unreachableSince }) => unreachableSince !== null);
    const deaf = tenants().some(({ link, engine }) => !link.connected() && engine.state().caughtUpAt !== null);
    if (failing) failingSince ??= now;
    else if (failingSince !== null) {
      if (now - failingSince > calmMs) last = { from: failingSince, to: now };
      failingSince = null;
    }
    if (deaf) deafSince ??= now;
    else deafSince = null;
    const pending = [failingSince, deafSince].filter((at) => at !== null).map((at) => at + calmMs - now);
    const due = pending.filter((ms) => ms >= 0);
    if (due.length > 0) timer.set(Math.min(...due) + 1, changed);
  }

  return {
    look,
    link(): { link: Link; since: number | null } {
      const now = clock.now();
      if (session.state() !== "signed-in") return { link: "signed-out", since: null };
      if (tenants().some(({ engine }) => engine.state().standing === "upgrade")) return { link: "update-needed", since: null };
      if (failingSince !== null && now - failingSince >= calmMs) return { link: "offline", since: failingSince };
      if (deafSince !== null && now - deafSince >= calmMs) return { link: "reconnecting", since: deafSince };
      return { link: "online", since: null };
    },
    lastOffline() {
      if (last === null || clock.now() - last.to > rememberedMs) return null;
      return { from: isoOf(last.from), to: isoOf(last.to) };
    },
    stop: () => timer.clear(),
  };
}
