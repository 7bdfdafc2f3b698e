/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import { useImperativeHandle, useRef, useState, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../session/session-context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { scriptLanguage } from "../text/script.ts";
import { IconButton } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { DataTable, type Column, type RowGroup } from "../ui/data-table.tsx";
import { Chip } from "../ui/marks.tsx";
import { useMinute } from "../text/now.tsx";
import { groupByDue, stateOf } from "./due.ts";
import type { TaskLine } from "./task-filter.ts";
import { Assignee, PriorityFlag, StatusMark, useDueWords, useZone, WaitingChip } from "./task-marks.tsx";
import { useWork } from "./work-context.ts";
import styles from "./task-table.module.css";

export type TaskSort = "due" | "priority";

export interface TaskTableHandle {
  /** Puts the focus on the next row and tells which it is. */
  readonly move: (by: 1 | -1) => TaskLine | undefined;
  readonly current: () => TaskLine | undefined;
}

export interface TaskTableProps {
  readonly lines: readonly TaskLine[];
  readonly done: readonly TaskLine[];
  readonly sort: TaskSort;
  readonly onSort: (sort: TaskSort) => void;
  readonly openId: string | undefined;
  readonly onOpen: (task: TaskLine) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelected: (selected: ReadonlySet<string>) => void;
  readonly handle: Ref<TaskTableHandle>;
  /** Little room: what the opened task shows anyway is left out, so that titles can be read. */
  readonly narrow: boolean;
}

export function TaskTable({ lines, done, sort, onSort, openId, onOpen, selected, onSelected, handle, narrow }: TaskTableProps) {
  const { t } = useTranslation();
  const session = useSession();
  const work = useWork();
  const now = useMinute();
  const zone = useZone();
  const dueWords = useDueWords();
  const root = useRef<HTMLDivElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(["done"]));

  const groups: readonly RowGroup<TaskLine>[] | undefined =
    sort !== "due"
      ? undefined
      : [
          ...groupByDue(lines, now, zone).map(({ id, rows }) => ({
            id,
            label: t(`tasks.group.${id}`),
            tone: id === "overdue" ? ("bad" as const) : undefined,
            open: !closed.has(id),
            count: rows.length,
            rows,
          })),
          ...(done.length === 0
            ? []
            : [{ id: "done", label: t("tasks.board.done_this_week"), open: !closed.has("done"), count: done.length, rows: done }]),
        ];
  const rows = groups === undefined ? lines : groups.flatMap((group) => (group.open ? group.rows : []));

  const idOf = (element: Element | null | undefined) => element?.closest("tr")?.querySelector<HTMLElement>("[data-task]")?.dataset["task"];
  const current = () => {
    const id = root.current?.contains(document.activeElement) === true ? idOf(document.activeElement) : undefined;
    return rows.find((row) => row.id === (id ?? openId));
  };
  useImperativeHandle(handle, () => ({
    current,
    move(by) {
      const from = current();
      const at = from === undefined ? -1 : rows.indexOf(from);
      const next = rows[at < 0 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
      if (next !== undefined) root.current?.querySelector(`[data-task="${next.id}"]`)?.closest("button")?.focus();
      return next;
    },
  }));

  const missing = (task: TaskLine) =>
    task.contact === null ? (
      <span className={styles.quiet}>–</span>
    ) : task.contact.phone === null || task.contact.phone === "" ? (
      <Chip tone="missing" icon="warning">
        {t("common.missing")}
      </Chip>
    ) : (
      task.contact.phone
    );
  const columns: readonly Column<TaskLine>[] = [
    {
      id: "task",
      label: t("tasks.table.task"),
      header: true,
      cell: (task) => (
        <span className={styles.task} data-task={task.id}>
          <StatusMark status={task.status} named={true} />
          <span className="clip" lang={scriptLanguage(task.title)}>
            {task.title}
          </span>
          {task.pending && <WaitingChip />}
        </span>
      ),
    },
    {
      id: "contact",
      label: t("tasks.table.contact"),
      width: "22%",
      cell: (task) => (
        <span className={styles.line}>
          <TenantMark tenantId={task.tenantId} />
          <span
            className={cx("clip", task.contact === null && styles.quiet)}
            lang={task.contact === null ? undefined : scriptLanguage(task.contact.name)}
          >
            {task.contact?.name ?? t("tasks.card.no_contact")}
          </span>
        </span>
      ),
    },
    { id: "phone", label: t("common.phone"), width: "150px", cell: missing },
    {
      id: "priority",
      label: t("tasks.filter.priority"),
      width: "96px",
      sortable: true,
      cell: (task) => <PriorityFlag priority={task.priority} always={true} />,
    },
    {
      id: "assignee",
      label: t("tasks.filter.assignee"),
      width: "140px",
      cell: (task) => <Assignee person={task.assignee} me={session.tenant(task.tenantId)?.memberId} />,
    },
    {
      id: "due",
      label: t("tasks.filter.due"),
      width: "150px",
      sortable: true,
      cell: (task) => (
        <span className={cx(stateOf(task, now, zone) === "overdue" && styles.overdue, task.due === null && styles.quiet)}>
          {dueWords(task)}
          {stateOf(task, now, zone) === "overdue" && <span className="vh"> {t("tasks.due.overdue")}</span>}
        </span>
      ),
    },
    {
      id: "link",
      label: t("tasks.table.link"),
      labelHidden: true,
      width: "52px",
      cell: (task) =>
        task.conversationId !== null && (
          <IconButton
            icon="link"
            size="s"
            label={t("tasks.detail.conversation")}
            onClick={() => work.openConversation({ tenantId: task.tenantId, conversationId: task.conversationId ?? "" })}
          />
        ),
    },
  ];
  return (
    <div ref={root} className={styles.table}>
      <DataTable
        label={t("console.section.tasks")}
        columns={narrow ? columns.filter(({ id }) => id !== "phone" && id !== "link") : columns}
        {...(groups === undefined ? { rows: lines } : { groups })}
        onGroup={(id, open) => {
          const next = new Set(closed);
          if (open) next.delete(id);
          else next.add(id);
          setClosed(next);
        }}
        keyOf={(task) => task.id}
        rowName={(task) => task.title}
        sort={{ column: sort, direction: sort === "due" ? "ascending" : "descending" }}
        onSort={({ column }) => onSort(column === "priority" ? "priority" : "due")}
        current={openId}
        onOpen={onOpen}
        selected={selected}
        onSelected={onSelected}
      />
    </div>
  );
}
