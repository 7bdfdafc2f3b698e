import { useEffect, useRef, useState, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { ContextMenu, type MenuEntry } from "../ui/menu.tsx";
import { Skeleton } from "../ui/states.tsx";
import { boardColumns, cardBeside, columnAt, isDrag, type ColumnBox, type ColumnId } from "./board-columns.ts";
import { CardFace, TaskCard } from "./task-card.tsx";
import type { TaskLine } from "./task-filter.ts";
import { StatusMark } from "./task-marks.tsx";
import styles from "./board.module.css";

export interface BoardColumn {
  readonly id: ColumnId;
  readonly lines: readonly TaskLine[] | undefined;
  readonly total: number;
  readonly more: (() => void) | undefined;
}

export interface BoardProps {
  readonly columns: readonly BoardColumn[];
  readonly openId: string | undefined;
  readonly onOpen: (task: TaskLine) => void;
  readonly onFocus: (task: TaskLine) => void;
  readonly onMove: (task: TaskLine, to: ColumnId) => void;
  readonly mayMove: (task: TaskLine) => boolean;
  readonly onNew: ((column: ColumnId) => void) | undefined;
  readonly entriesOf: (task: TaskLine) => readonly MenuEntry[];
}

interface Held {
  readonly task: TaskLine;
  readonly startX: number;
  readonly startY: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly boxes: readonly ColumnBox[];
}
interface Dragging extends Held {
  readonly dx: number;
  readonly dy: number;
  readonly over: ColumnId | undefined;
}

/** Four columns of cards. A card is moved by the pointer, by `M`, or from its menu. */
export function Board({ columns, openId, onOpen, onFocus, onMove, mayMove, onNew, entriesOf }: BoardProps) {
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const held = useRef<Held | undefined>(undefined);
  const moved = useRef(false);
  const [drag, setDrag] = useState<Dragging | undefined>(undefined);
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const [menuOf, setMenuOf] = useState<TaskLine | undefined>(undefined);

  const all = columns.flatMap((column) => column.lines ?? []);
  const taskOf = (target: EventTarget | null) => {
    const id = target instanceof Element ? target.closest<HTMLElement>("[data-command-row]")?.dataset["commandRow"] : undefined;
    return all.find((task) => task.id === id);
  };
  const reachable = all.some((task) => task.id === focused) ? focused : all[0]?.id;

  const press = (event: PointerEvent) => {
    const task = event.button === 0 ? taskOf(event.target) : undefined;
    moved.current = false;
    if (task === undefined || !mayMove(task) || root.current === null) return;
    const card = (event.target as Element).closest("[data-command-row]")?.getBoundingClientRect(); // a press has an element
    if (card === undefined) return;
    const boxes = [...root.current.querySelectorAll<HTMLElement>("[data-column]")].flatMap((element): ColumnBox[] => {
      const id = boardColumns.find((column) => column === element.dataset["column"]);
      const { left, right } = element.getBoundingClientRect();
      return id === undefined ? [] : [{ id, left, right }];
    });
    held.current = { task, startX: event.clientX, startY: event.clientY, left: card.left, top: card.top, width: card.width, boxes };
  };
  const drop = () => {
    held.current = undefined;
    if (drag?.over !== undefined) onMove(drag.task, drag.over);
    setDrag(undefined);
  };
  const follow = (event: PointerEvent) => {
    const from = held.current;
    if (from === undefined) return;
    const dx = event.clientX - from.startX;
    const dy = event.clientY - from.startY;
    if (drag === undefined && !isDrag(dx, dy)) return;
    if (drag === undefined) event.currentTarget.setPointerCapture(event.pointerId);
    moved.current = true;
    setDrag({ ...from, dx, dy, over: columnAt(event.clientX, from.boxes) });
  };
  const dragging = drag !== undefined;
  useEffect(() => {
    if (!dragging) return undefined;
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      held.current = undefined;
      setDrag(undefined);
    };
    globalThis.addEventListener("keydown", cancel, true);
    return () => globalThis.removeEventListener("keydown", cancel, true);
  }, [dragging]);

  const arrows = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" } as const;
  const nameOf = (id: ColumnId) => (id === "completed" ? t("tasks.board.done_this_week") : t(`tasks.status.${id}`));
  return (
    <ContextMenu entries={menuOf === undefined ? [] : entriesOf(menuOf)}>
      {/* The cards are the controls; the board only hears where a press on one of them goes. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={root}
        className={cx(styles.board, dragging && styles.dragging)}
        onPointerDown={press}
        onPointerMove={follow}
        onPointerUp={drop}
        onPointerCancel={() => {
          held.current = undefined;
          setDrag(undefined);
        }}
        onClickCapture={(event) => {
          // The click that ends a drag opens nothing.
          if (!moved.current) return;
          moved.current = false;
          event.stopPropagation();
          event.preventDefault();
        }}
        onContextMenuCapture={(event) => {
          const task = taskOf(event.target);
          setMenuOf(task);
          if (task === undefined) event.stopPropagation();
        }}
        onKeyDown={(event) => {
          const by = arrows[event.key as keyof typeof arrows] as (typeof arrows)[keyof typeof arrows] | undefined;
          const task = taskOf(event.target);
          if (by === undefined || task === undefined || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          const side = getComputedStyle(event.currentTarget).direction === "rtl" ? { left: "right", right: "left" } : undefined;
          const turned = by === "left" || by === "right" ? ((side?.[by] ?? by) as "left" | "right") : by;
          const next = cardBeside(
            columns.map((column) => (column.lines ?? []).map(({ id }) => id)),
            task.id,
            turned,
          );
          root.current?.querySelector<HTMLElement>(`[data-command-row="${next ?? ""}"]`)?.focus();
        }}
      >
        {columns.map((column) => (
          <section key={column.id} data-column={column.id} className={cx(styles.column, drag?.over === column.id && styles.over)}>
            <header className={styles.head}>
              <StatusMark status={column.id} />
              <h2>{nameOf(column.id)}</h2>
              <span className={styles.count}>{column.total}</span>
              <span className="grow" />
              {column.id !== "completed" && onNew !== undefined && (
                <IconButton
                  icon="plus"
                  size="s"
                  label={t("tasks.board.add", { column: nameOf(column.id) })}
                  onClick={() => onNew(column.id)}
                />
              )}
            </header>
            <div className={styles.cards}>
              {column.lines === undefined && <Skeleton rows={3} />}
              <ul>
                {column.lines?.map((task) => (
                  <li key={task.id}>
                    <TaskCard
                      task={task}
                      open={task.id === openId}
                      dragged={drag?.task.id === task.id}
                      reachable={task.id === reachable}
                      onOpen={onOpen}
                      onFocus={(next) => {
                        setFocused(next.id);
                        onFocus(next);
                      }}
                    />
                  </li>
                ))}
              </ul>
              {column.lines?.length === 0 && <p className={styles.nothing}>{t("tasks.board.nothing")}</p>}
              {column.more !== undefined && column.lines !== undefined && (
                <Button kind="quiet" size="s" onClick={column.more}>
                  {t("tasks.board.more", { count: Math.max(1, column.total - column.lines.length) })}
                </Button>
              )}
            </div>
          </section>
        ))}
        {drag !== undefined && (
          <div
            className={styles.ghost}
            style={{ left: drag.left + drag.dx, top: drag.top + drag.dy, width: drag.width }}
            aria-hidden="true"
          >
            <CardFace task={drag.task} />
          </div>
        )}
        <output className="vh">
          {drag?.over !== undefined && t("tasks.board.dragging", { title: drag.task.title, column: nameOf(drag.over) })}
        </output>
      </div>
    </ContextMenu>
  );
}
