/** Where the bars of a chart stand, without drawing anything. */
import type { Block } from "./report-blocks.ts";

export const plotHeight = 160;
const barWidth = 14;
const barGap = 3;
const groupGap = 28;
/** Names below need this much to be read. */
const narrowestGroup = 64;
export const axisWidth = 36;

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly series: number;
  readonly value: number;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly middle: number;
  readonly width: number;
  readonly bars: readonly Bar[];
}

export interface Plot {
  readonly width: number;
  readonly series: readonly { readonly id: string; readonly label: string }[];
  readonly groups: readonly Group[];
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
}

/** The smallest of 1, 2, 5, 10, 20 … of which four reach the highest bar: an axis that people can count on. */
export function tickStep(highest: number): number {
  for (let step = 1; ; step *= 10) for (const times of [1, 2, 5]) if (step * times * 4 >= highest) return step * times;
}

export function plotOf({ columns, rows }: Pick<Block, "columns" | "rows">): Plot {
  const drawn = columns.flatMap(({ id, label, drawn: isDrawn }, index) => (isDrawn === true ? [{ id, label, index }] : []));
  const value = (row: Block["rows"][number], index: number) => row.values[index] ?? 0;
  const highest = Math.max(1, ...rows.flatMap((row) => drawn.map(({ index }) => value(row, index))));
  const step = tickStep(highest);
  const top = step * 4;
  const heightOf = (counted: number) => (counted / top) * plotHeight;
  const bars = drawn.length * barWidth + (drawn.length - 1) * barGap;
  const groupWidth = Math.max(narrowestGroup, bars + groupGap);
  return {
    width: axisWidth + rows.length * groupWidth,
    series: drawn.map(({ id, label }) => ({ id, label })),
    groups: rows.map((row, at) => {
      const left = axisWidth + at * groupWidth;
      const first = left + (groupWidth - bars) / 2;
      return {
        id: row.id,
        name: row.name,
        middle: left + groupWidth / 2,
        width: groupWidth,
        bars: drawn.map(({ index }, series) => {
          const counted = value(row, index);
          const height = heightOf(counted);
          return { x: first + series * (barWidth + barGap), y: plotHeight - height, width: barWidth, height, series, value: counted };
        }),
      };
    }),
    ticks: [0, 1, 2, 3, 4].map((tick) => ({ value: tick * step, y: plotHeight - heightOf(tick * step) })),
  };
}
