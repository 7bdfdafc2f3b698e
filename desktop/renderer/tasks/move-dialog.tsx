import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog.tsx";
import { Keys } from "../ui/kbd.tsx";
import { boardColumns, type ColumnId } from "./board-columns.ts";
import type { TaskLine } from "./task-filter.ts";
import { StatusMark } from "./task-marks.tsx";
import dialogs from "../inbox/dialogs.module.css";

/** `M`, then a digit or an arrow and Enter: the same as a drag. */
export function MoveDialog({
  task,
  onMove,
  onClose,
}: {
  readonly task: TaskLine;
  readonly onMove: (to: ColumnId) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  return (
    <Dialog open={true} onClose={onClose} title={t("tasks.move.title", { title: task.title })} width="s" first={first}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        ref={list}
        className={dialogs.choices}
        onKeyDown={(event) => {
          const column = /^[1-4]$/.test(event.key) ? boardColumns[Number(event.key) - 1] : undefined;
          if (column !== undefined) {
            event.preventDefault();
            onMove(column);
          }
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
          const at = buttons.findIndex((button) => button === document.activeElement);
          buttons[(at + (event.key === "ArrowDown" ? 1 : buttons.length - 1)) % buttons.length]?.focus();
        }}
      >
        {boardColumns.map((column, index) => (
          <li key={column}>
            <button
              type="button"
              ref={column === task.status ? first : undefined}
              className={dialogs.choice}
              aria-pressed={column === task.status}
              onClick={() => onMove(column)}
            >
              <StatusMark status={column} />
              <span className="grow">{t(`tasks.status.${column}`)}</span>
              <Keys keys={[String(index + 1)]} />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
