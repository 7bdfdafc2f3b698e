/** F6 goes from region to region of the frame: title bar, rail, list, panes, contact, sync bar. Each remembers its focus. */

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), [tabindex]:not([tabindex="-1"])';

export function regionsOf(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.getClientRects().length > 0 && region.closest("[inert]") === null,
  );
}

/** The place to go: one on, one back, round at the ends; the first (or last) when nothing has the focus. */
export function step(count: number, current: number, by: 1 | -1): number {
  if (count === 0) return -1;
  if (current < 0) return by === 1 ? 0 : count - 1;
  return (current + by + count) % count;
}

export function createRegionFocus(root: ParentNode) {
  const remembered = new WeakMap<HTMLElement, HTMLElement>();
  return {
    remember(target: EventTarget | null): void {
      if (!(target instanceof HTMLElement)) return;
      const region = target.closest<HTMLElement>("[data-region]");
      if (region !== null) remembered.set(region, target);
    },
    go(by: 1 | -1): void {
      const regions = regionsOf(root);
      const active = document.activeElement;
      const at = regions.findIndex((region) => region.contains(active));
      const region = regions[step(regions.length, at, by)];
      if (region === undefined) return;
      const before = remembered.get(region);
      const preferred = region.querySelector<HTMLElement>("[data-region-first]");
      const target =
        before?.isConnected === true && region.contains(before) ? before : (preferred ?? region.querySelector<HTMLElement>(focusable));
      (target ?? region).focus();
    },
  };
}
