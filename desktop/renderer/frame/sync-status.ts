/** What the sync bar says, decided in one place from what the core reports (INTERFACE 3.5). */

export interface SyncFacts {
  readonly link: "online" | "reconnecting" | "offline" | "signed-out" | "update-needed";
  readonly since: number | null;
  readonly pending: number;
  readonly sending: number;
  readonly rejected: number;
  readonly receiving: { readonly kind: "bootstrap" | "catch-up"; readonly done: number; readonly total: number | null } | null;
  readonly trouble: "disk_full" | "cache_rebuilt" | "clock_wrong" | "not_saved" | null;
  readonly nextTryAt: number | null;
  readonly lastOffline: { readonly from: number; readonly to: number } | null;
}

export type Lamp = "ok" | "busy" | "off" | "bad";

export type SyncLine =
  | { readonly kind: "calm" }
  | { readonly kind: "sending"; readonly count: number }
  | { readonly kind: "receiving"; readonly first: boolean; readonly back: boolean; readonly done: number; readonly total: number | null }
  | { readonly kind: "reconnecting" }
  | { readonly kind: "offline"; readonly since: number | null; readonly nextTryAt: number | null }
  | { readonly kind: "signed-out" }
  | { readonly kind: "update-needed" }
  | { readonly kind: "trouble"; readonly code: NonNullable<SyncFacts["trouble"]> };

export interface SyncStatus {
  readonly lamp: Lamp;
  readonly line: SyncLine;
  /** Said beside the line; nothing when the line already says it. */
  readonly waiting: number;
  readonly needsYou: number;
  readonly lastOffline: { readonly from: number; readonly to: number } | null;
}

/** The last offline period stays visible for an hour. */
const offlineShownMs = 3_600_000;

export function syncStatus(facts: SyncFacts, now: number): SyncStatus {
  const line = lineOf(facts, now);
  return {
    line,
    lamp: lampOf(line, facts.rejected),
    waiting: line.kind === "sending" ? Math.max(0, facts.pending - line.count) : facts.pending,
    needsYou: facts.rejected,
    lastOffline:
      facts.lastOffline !== null && facts.link === "online" && now - facts.lastOffline.to < offlineShownMs ? facts.lastOffline : null,
  };
}

function lineOf(facts: SyncFacts, now: number): SyncLine {
  if (facts.trouble === "disk_full" || facts.trouble === "not_saved") return { kind: "trouble", code: facts.trouble };
  switch (facts.link) {
    case "signed-out":
      return { kind: "signed-out" };
    case "update-needed":
      return { kind: "update-needed" };
    case "offline":
      return { kind: "offline", since: facts.since, nextTryAt: facts.nextTryAt };
    case "reconnecting":
      return { kind: "reconnecting" };
    case "online":
      break;
  }
  if (facts.receiving !== null) {
    const back = facts.lastOffline !== null && now - facts.lastOffline.to < 60_000;
    return {
      kind: "receiving",
      first: facts.receiving.kind === "bootstrap",
      back,
      done: facts.receiving.done,
      total: facts.receiving.total,
    };
  }
  if (facts.sending > 0) return { kind: "sending", count: facts.sending };
  if (facts.trouble !== null) return { kind: "trouble", code: facts.trouble };
  return { kind: "calm" };
}

function lampOf(line: SyncLine, rejected: number): Lamp {
  switch (line.kind) {
    case "trouble":
      return "bad";
    case "offline":
    case "signed-out":
    case "update-needed":
    case "reconnecting":
      return "off";
    case "receiving":
    case "sending":
      return "busy";
    case "calm":
      return rejected > 0 ? "bad" : "ok";
  }
}
