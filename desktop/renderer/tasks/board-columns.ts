/** The board's columns, what stands in the last one, and what a move to a column means. */
import { startOfWeek } from "@switchboard/shared/model/dates.ts";
import { boardColumns, isTaskOver, type TaskStatus } from "@switchboard/shared/model/tasks.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";

export type ColumnId = (typeof boardColumns)[number];
export { boardColumns };

interface Finished {
  readonly status: TaskStatus;
  readonly completedAt: string | null;
}

/** The last column shows what was done since Monday, whatever was changed since; what was done before is in the list. */
export function doneThisWeek<T extends Finished>(tasks: readonly T[], now: number, zone: Zone): readonly T[] {
  const monday = zone.startOf(startOfWeek(zone.dateAt(now)));
  return tasks.filter((task) => task.status === "completed" && task.completedAt !== null && Date.parse(task.completedAt) >= monday);
}

/** Leaving the last column is a reopening, which is an act of its own. Undefined where nothing would change. */
export function moveTo(
  task: { readonly id: string; readonly status: TaskStatus },
  to: TaskStatus,
): { readonly taskId: string; readonly to: TaskStatus; readonly reopen: boolean } | undefined {
  if (task.status === to) return undefined;
  return { taskId: task.id, to, reopen: isTaskOver(task.status) };
}

export interface ColumnBox {
  readonly id: ColumnId;
  readonly left: number;
  readonly right: number;
}

/** Which column a pointer is over; past the ends, the outermost one, so that a hasty drag still lands. */
export function columnAt(x: number, boxes: readonly ColumnBox[]): ColumnId | undefined {
  const inOrder = boxes.toSorted((a, b) => a.left - b.left);
  const inside = inOrder.find((box) => x >= box.left && x < box.right);
  if (inside !== undefined) return inside.id;
  const [first] = inOrder;
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (x < first.left) return first.id;
  if (x >= last.right) return last.id;
  // Between two columns: the nearer one.
  return inOrder.toSorted((a, b) => gap(x, a) - gap(x, b))[0]?.id;
}

const gap = (x: number, box: ColumnBox) => (x < box.left ? box.left - x : x - box.right);

/** A press that moves less than this is a click. */
export const dragThresholdPx = 5;
export function isDrag(dx: number, dy: number): boolean {
  return Math.hypot(dx, dy) >= dragThresholdPx;
}

/** Where the focus goes by an arrow: the same height in the next column that has cards, else the column's end. */
export function cardBeside(columns: readonly (readonly string[])[], id: string, by: "up" | "down" | "left" | "right"): string | undefined {
  const column = columns.findIndex((ids) => ids.includes(id));
  const at = columns[column]?.indexOf(id) ?? -1;
  if (at < 0) return columns.find((ids) => ids.length > 0)?.[0];
  if (by === "up" || by === "down") return columns[column]?.[at + (by === "down" ? 1 : -1)] ?? id;
  const step = by === "right" ? 1 : -1;
  for (let next = column + step; next >= 0 && next < columns.length; next += step) {
    const ids = columns[next] ?? [];
    if (ids.length > 0) return ids[Math.min(at, ids.length - 1)];
  }
  return id;
}
