/** Where a window was, as far as it can still be seen there. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const smallest = { width: 880, height: 560 };
export const usual = { width: 1440, height: 900 };

/** The saved bounds when enough of the title bar lies on a screen to take hold of it; else only the size, for the system to place. */
export function visibleBounds(saved: unknown, screens: readonly Bounds[]): Partial<Bounds> {
  if (!isBounds(saved)) return usual;
  const size = { width: Math.max(smallest.width, saved.width), height: Math.max(smallest.height, saved.height) };
  const reachable = screens.some((screen) => {
    const across = Math.min(saved.x + saved.width, screen.x + screen.width) - Math.max(saved.x, screen.x);
    return across >= 120 && saved.y >= screen.y && saved.y <= screen.y + screen.height - 40;
  });
  return reachable ? { x: saved.x, y: saved.y, ...size } : size;
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, width, height } = value as Record<string, unknown>;
  return [x, y, width, height].every((number) => Number.isInteger(number));
}
