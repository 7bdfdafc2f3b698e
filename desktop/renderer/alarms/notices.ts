/** System notifications of a browser tab: which of what rings is told, when, and which are taken back. Pure. */

export interface Rung {
  readonly id: string;
  /** Else it only rings here: the person does not want it told, or a stronger reason tells of the same. */
  readonly system: boolean;
}

export interface Notices {
  /** Told once for as long as it rings, or told by something else. */
  readonly told: ReadonlySet<string>;
  /** Not told because the person may be looking: since when. */
  readonly pending: ReadonlyMap<string, number>;
}

export interface NoticeStep {
  readonly notices: Notices;
  readonly tell: readonly string[];
  readonly withdraw: readonly string[];
  /** When to look again. */
  readonly at: number | undefined;
}

/** INTERFACE 4: after ten seconds if not seen, at once when the window is not in front. */
export const unseenMs = 10_000;
/** A computer that was asleep does not tell of everything at once. */
const mostAtOnce = 3;

export const noNotices: Notices = { told: new Set(), pending: new Map() };

export function stepNotices(before: Notices, ringing: readonly Rung[], now: number, inFront: boolean, quiet: boolean): NoticeStep {
  const ids = new Set(ringing.map(({ id }) => id));
  const unwanted = new Set(ringing.flatMap(({ id, system }) => (system ? [] : [id])));
  const told = new Set([...[...before.told].filter((id) => ids.has(id)), ...unwanted]);
  const withdraw = [...before.told].filter((id) => !ids.has(id) || unwanted.has(id));
  const pending = new Map<string, number>();
  const due: string[] = [];
  for (const id of ids) {
    if (told.has(id)) continue;
    const since = before.pending.get(id) ?? now;
    if (quiet || (inFront && now - since < unseenMs)) pending.set(id, since);
    else due.push(id);
  }
  for (const id of due) told.add(id);
  const at = quiet || pending.size === 0 ? undefined : Math.min(...pending.values()) + unseenMs;
  return { notices: { told, pending }, tell: due.slice(0, mostAtOnce), withdraw, at };
}
