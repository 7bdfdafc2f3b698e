/** Which conversations stand in which panes. Pure, so that restoring, keys and clicks obey the same rules (INTERFACE 3.3). */

export interface ConversationRef {
  readonly tenantId: string;
  readonly conversationId: string;
}

export interface Pane {
  /** Stays with the pane while others open and close beside it. */
  readonly key: string;
  readonly shown: ConversationRef | undefined;
  /** Never replaced by opening another conversation. */
  readonly pinned: boolean;
}

export interface Layout {
  readonly panes: readonly Pane[];
  readonly focused: number;
  /** Widths as shares of one; undefined is equal. */
  readonly shares: readonly number[] | undefined;
  readonly nextKey: number;
}

export const mostPanes = 4;
export const paneMinPx = 340;

export const emptyLayout: Layout = { panes: [{ key: "p0", shown: undefined, pinned: false }], focused: 0, shares: undefined, nextKey: 1 };

export const sameConversation = (a: ConversationRef | undefined, b: ConversationRef | undefined): boolean =>
  a !== undefined && b !== undefined && a.conversationId === b.conversationId && a.tenantId === b.tenantId;

export function paneOf(layout: Layout, ref: ConversationRef): number {
  return layout.panes.findIndex((pane) => sameConversation(pane.shown, ref));
}

export function focusedRef(layout: Layout): ConversationRef | undefined {
  return layout.panes[layout.focused]?.shown;
}

export function focusPane(layout: Layout, index: number): Layout {
  return index === layout.focused || index < 0 || index >= layout.panes.length ? layout : { ...layout, focused: index };
}

export function focusBy(layout: Layout, by: 1 | -1): Layout {
  const count = layout.panes.length;
  return focusPane(layout, (layout.focused + by + count) % count);
}

function show(layout: Layout, index: number, ref: ConversationRef): Layout {
  return {
    ...layout,
    focused: index,
    panes: layout.panes.map((pane, place) => (place === index ? { ...pane, shown: ref, pinned: false } : pane)),
  };
}

function insert(layout: Layout, at: number, shown: ConversationRef | undefined): Layout {
  const pane: Pane = { key: `p${layout.nextKey}`, shown, pinned: false };
  return { panes: layout.panes.toSpliced(at, 0, pane), focused: at, shares: undefined, nextKey: layout.nextKey + 1 };
}

/** A conversation that is already open is focused, never shown twice. Else the focused pane shows it, unless it is pinned. */
export function openConversation(layout: Layout, ref: ConversationRef): Layout {
  const known = paneOf(layout, ref);
  if (known >= 0) return focusPane(layout, known);
  if (layout.panes[layout.focused]?.pinned === false) return show(layout, layout.focused, ref);
  const free = layout.panes.findIndex((pane) => !pane.pinned);
  if (free >= 0) return show(layout, free, ref);
  return layout.panes.length < mostPanes ? insert(layout, layout.panes.length, ref) : layout;
}

/** Beside the focused pane: an empty pane first, then a new one, then the next that is not pinned. */
export function openBeside(layout: Layout, ref: ConversationRef): Layout {
  const known = paneOf(layout, ref);
  if (known >= 0) return focusPane(layout, known);
  if (focusedRef(layout) === undefined) return openConversation(layout, ref);
  const empty = layout.panes.findIndex((pane) => pane.shown === undefined);
  if (empty >= 0) return show(layout, empty, ref);
  if (layout.panes.length < mostPanes) return insert(layout, layout.focused + 1, ref);
  for (let step = 1; step < layout.panes.length; step += 1) {
    const index = (layout.focused + step) % layout.panes.length;
    if (layout.panes[index]?.pinned === false) return show(layout, index, ref);
  }
  return layout;
}

/** The last pane stays, empty. */
export function closePane(layout: Layout, index: number): Layout {
  if (layout.panes[index] === undefined) return layout;
  if (layout.panes.length === 1) return { ...layout, panes: layout.panes.map((pane) => ({ ...pane, shown: undefined, pinned: false })) };
  const focused = layout.focused > index || layout.focused === layout.panes.length - 1 ? Math.max(0, layout.focused - 1) : layout.focused;
  return { ...layout, panes: layout.panes.toSpliced(index, 1), focused, shares: undefined };
}

/** A conversation that is gone (lost right, erased) leaves its pane empty where it is, so that nothing else moves. */
export function forgetConversation(layout: Layout, ref: ConversationRef): Layout {
  const index = paneOf(layout, ref);
  return index < 0
    ? layout
    : { ...layout, panes: layout.panes.map((pane, place) => (place === index ? { ...pane, shown: undefined, pinned: false } : pane)) };
}

/** A tenant that is gone from this computer leaves all its panes empty. */
export function forgetTenant(layout: Layout, tenantId: string): Layout {
  return layout.panes.reduce((left, { shown }) => (shown?.tenantId === tenantId ? forgetConversation(left, shown) : left), layout);
}

/** More panes come empty on the right. Fewer: empty ones go first, then from the right, never the focused one, pinned ones last. */
export function setPaneCount(layout: Layout, count: number): Layout {
  const wanted = Math.max(1, Math.min(mostPanes, count));
  let next = layout;
  while (next.panes.length < wanted) next = { ...insert(next, next.panes.length, undefined), focused: layout.focused };
  while (next.panes.length > wanted) {
    const dispensable = (fits: (pane: Pane) => boolean) => next.panes.findLastIndex((pane, index) => index !== next.focused && fits(pane));
    const empty = dispensable((pane) => pane.shown === undefined);
    const loose = empty >= 0 ? empty : dispensable((pane) => !pane.pinned);
    next = closePane(next, loose >= 0 ? loose : dispensable(() => true));
  }
  return next;
}

export function pinPane(layout: Layout, index: number, pinned: boolean): Layout {
  return { ...layout, panes: layout.panes.map((pane, place) => (place === index ? { ...pane, pinned } : pane)) };
}

/**
 * The panes that fit, always with the focused one; the others keep their place and come back with the room. Four stand as two
 * by two where a row has no room for them.
 */
export function visiblePanes(layout: Layout, widthPx: number, heightPx: number): { readonly rows: readonly (readonly number[])[] } {
  const count = layout.panes.length;
  const all = layout.panes.map((_pane, index) => index);
  const fit = Math.max(1, Math.floor(widthPx / paneMinPx));
  if (fit >= count) return { rows: [all] };
  if (count === 4 && fit >= 2 && heightPx >= 720) return { rows: [all.slice(0, 2), all.slice(2)] };
  const start = Math.min(Math.max(0, layout.focused - fit + 1), count - fit);
  return { rows: [all.slice(start, start + fit)] };
}

/** What can be used of a remembered layout: at most four panes, each conversation once. */
export function repairLayout(value: unknown): Layout {
  if (typeof value !== "object" || value === null || !("panes" in value) || !Array.isArray(value.panes)) return emptyLayout;
  let layout: Layout = { ...emptyLayout, panes: [] };
  for (const pane of value.panes.slice(0, mostPanes) as unknown[]) {
    const shown = readRef(typeof pane === "object" && pane !== null && "shown" in pane ? pane.shown : undefined);
    const pinned = typeof pane === "object" && pane !== null && "pinned" in pane && pane.pinned === true && shown !== undefined;
    const repeated = shown !== undefined && paneOf(layout, shown) >= 0;
    layout = insert(layout, layout.panes.length, repeated ? undefined : shown);
    if (pinned && !repeated) layout = pinPane(layout, layout.panes.length - 1, true);
  }
  if (layout.panes.length === 0) return emptyLayout;
  const focused =
    "focused" in value && typeof value.focused === "number" && value.focused >= 0 && value.focused < layout.panes.length
      ? Math.floor(value.focused)
      : 0;
  const shares =
    "shares" in value &&
    Array.isArray(value.shares) &&
    value.shares.length === layout.panes.length &&
    value.shares.every((share) => typeof share === "number" && share > 0)
      ? (value.shares as number[])
      : undefined;
  return { ...layout, focused, shares };
}

function readRef(value: unknown): ConversationRef | undefined {
  if (typeof value !== "object" || value === null || !("tenantId" in value) || !("conversationId" in value)) return undefined;
  const { tenantId, conversationId } = value;
  return typeof tenantId === "string" && typeof conversationId === "string" ? { tenantId, conversationId } : undefined;
}
