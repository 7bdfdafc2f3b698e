/**
 * Keeps what the eye is on where it is. A timeline either sticks to its end or holds one row at its height on screen, whatever
 * comes in above, below or is drawn anew. Plain arithmetic over measured places, so that it is tested without a browser.
 */
export interface Anchor {
  readonly key: string;
  /** From the top of what is seen to the top of the row. */
  readonly offset: number;
}

export interface Measured {
  readonly key: string;
  readonly top: number;
  readonly height: number;
}

/** Within so many pixels of the end counts as being there. */
export const endPx = 32;

export function isAtEnd(scrollTop: number, height: number, scrollHeight: number): boolean {
  return scrollHeight - height - scrollTop <= endPx;
}

/** The first row that is seen, wholly or in part. */
export function anchorOf(rows: readonly Measured[], scrollTop: number): Anchor | undefined {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && row.top + row.height <= scrollTop) low = middle + 1;
    else high = middle;
  }
  const row = rows[low];
  return row === undefined ? undefined : { key: row.key, offset: row.top - scrollTop };
}

/** Where to scroll so that the anchor stands where it stood; undefined when its row is gone. */
export function restored(rows: readonly Measured[], anchor: Anchor): number | undefined {
  const row = rows.find((candidate) => candidate.key === anchor.key);
  return row === undefined ? undefined : row.top - anchor.offset;
}
