import { useCallback, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCommands, useKeysOf } from "../commands/context.tsx";
import { useMedia } from "../inbox/use-size.ts";
import { useSession } from "../session/session-context.tsx";
import { Button } from "../ui/button.tsx";
import { Segmented } from "../ui/choices.tsx";
import { Chip } from "../ui/marks.tsx";
import type { MenuEntry } from "../ui/menu.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { useMinute } from "../text/now.tsx";
import { Board } from "./board.tsx";
import { boardColumns, doneThisWeek, moveTo, type ColumnId } from "./board-columns.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { stateOf } from "./due.ts";
import { FilterBar } from "./filter-bar.tsx";
import { MoveDialog } from "./move-dialog.tsx";
import type { Opened } from "./opened.ts";
import { SavedViews } from "./saved-views.tsx";
import { isNarrowed, noFilter, questionsOf, statusesOf, type TaskFilter, type TaskLine } from "./task-filter.ts";
import { StatusMark, useZone } from "./task-marks.tsx";
import { TaskPanel } from "./task-panel.tsx";
import { TaskTable, type TaskSort, type TaskTableHandle } from "./task-table.tsx";
import { useWorkTenants } from "./use-people.tsx";
import { useTaskLines } from "./use-task-lines.ts";
import { useWorkActs } from "./use-work-acts.ts";
import { useWork } from "./work-context.ts";
import styles from "./tasks-page.module.css";

export interface TasksPageProps {
  readonly view: "board" | "list";
  readonly onView: (view: "board" | "list") => void;
  readonly opened: Opened | undefined;
  readonly onOpened: (opened: Opened | undefined) => void;
  readonly offline: boolean;
}

const pageRows = 50;

export function TasksPage({ view, onView, opened, onOpened, offline }: TasksPageProps) {
  const { t } = useTranslation();
  const session = useSession();
  const keysOf = useKeysOf();
  const work = useWork();
  const { act } = useWorkActs();
  const now = useMinute();
  const zone = useZone();
  const [filter, setFilter] = useState<TaskFilter>(noFilter);
  const [sort, setSort] = useState<TaskSort>("due");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [moving, setMoving] = useState<TaskLine | undefined>(undefined);
  const focused = useRef<TaskLine | undefined>(undefined);
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<TaskTableHandle>(null);
  const page = useRef<HTMLDivElement>(null);
  const overlay = useMedia("(max-width: 1279px)");

  // Only where the person may: rows of other tenants are not on this computer anyway.
  const mine = useWorkTenants("tasks.manage");
  const tenantIds = mine.map((tenant) => tenant.tenantId);
  const ask = (given: Partial<TaskFilter>, rest: Parameters<typeof questionsOf>[3]) =>
    tenantIds.length === 0 ? [] : questionsOf({ ...filter, ...given }, tenantIds, session.tenants, { limit: pageRows, ...rest });
  const board = view === "board";
  const open = useTaskLines(board ? ask({}, { status: ["open"], sort: "due" }) : [], "due");
  const started = useTaskLines(board ? ask({}, { status: ["in_progress"], sort: "due" }) : [], "due");
  const waiting = useTaskLines(board ? ask({}, { status: ["waiting"], sort: "due" }) : [], "due");
  const completed = useTaskLines(ask({}, { status: ["completed"], sort: "updated" }), "updated");
  const statuses = statusesOf(filter);
  const list = useTaskLines(board ? [] : ask({}, { ...(statuses === undefined ? {} : { status: statuses }), sort }), sort);
  const done = doneThisWeek(completed.lines ?? [], now, zone);
  const asked = board ? [open, started, waiting, completed] : [list];
  const lines = asked.flatMap((each) => each.lines ?? []);
  const failed = asked.find((each) => each.error !== undefined && each.lines === undefined);
  const loading = asked.some((each) => each.lines === undefined);
  const overdue = lines.filter((task) => stateOf(task, now, zone) === "overdue").length;
  const writable = mine.some((tenant) => tenant.state !== "suspended");

  const mayChange = (task: TaskLine) => mine.some((tenant) => tenant.tenantId === task.tenantId && tenant.state !== "suspended");
  const openTask = useCallback((task: TaskLine) => onOpened({ tenantId: task.tenantId, id: task.id }), [onOpened]);
  const onFocus = useCallback((task: TaskLine) => {
    focused.current = task;
  }, []);
  const move = (task: TaskLine, to: ColumnId) => {
    const args = moveTo(task, to);
    if (args === undefined || !mayChange(task)) return;
    const said =
      to === "completed" ? t("tasks.act.done", { title: task.title }) : t("tasks.act.moved", { column: t(`tasks.status.${to}`) });
    void act({ tenantId: task.tenantId, name: "moveTask", args }, said);
  };
  /** The task the keys mean: under the focus, else the opened one. */
  const current = (): TaskLine | undefined => {
    if (!board) return table.current?.current();
    const id = document.activeElement?.closest<HTMLElement>("[data-command-row]")?.dataset["commandRow"] ?? opened?.id;
    return lines.find((task) => task.id === id) ?? lines.find((task) => task.id === focused.current?.id);
  };
  const withCurrent = (run: (task: TaskLine) => void) => () => {
    const task = current();
    if (task !== undefined) run(task);
  };
  const toggle = (...tasks: readonly (TaskLine | undefined)[]) => {
    const next = new Set(selected);
    for (const task of tasks) if (task !== undefined && !next.delete(task.id)) next.add(task.id);
    setSelected(next);
  };
  const extend = (by: 1 | -1) => {
    const from = table.current?.current();
    const to = table.current?.move(by);
    setSelected(new Set([...selected, ...[from, to].flatMap((task) => task?.id ?? [])]));
  };
  const newTask = (status?: ColumnId) => work.newTask({ tenantId: mine.find((tenant) => tenant.state !== "suspended")?.tenantId, status });
  const stepOnBoard = (by: 1 | -1) => {
    const cards = [...(page.current?.querySelectorAll<HTMLElement>("[data-command-row]") ?? [])];
    const at = cards.findIndex((card) => card === document.activeElement);
    cards[Math.min(cards.length - 1, Math.max(0, at + by))]?.focus();
  };
  useCommands({
    "work.new": writable ? () => newTask() : undefined,
    "list.search": () => search.current?.focus(),
    "list.down": () => (board ? stepOnBoard(1) : void table.current?.move(1)),
    "list.up": () => (board ? stepOnBoard(-1) : void table.current?.move(-1)),
    "list.open": withCurrent(openTask),
    "list.select": board ? undefined : withCurrent((task) => toggle(task)),
    "list.extendDown": board ? undefined : () => extend(1),
    "list.extendUp": board ? undefined : () => extend(-1),
    "board.move": withCurrent((task) => mayChange(task) && setMoving(task)),
  });

  const entriesOf = (task: TaskLine): readonly MenuEntry[] => [
    { id: "open", label: t("common.open"), icon: "tasks", keys: keysOf("list.open"), run: () => openTask(task) },
    ...(mayChange(task)
      ? boardColumns
          .filter((column) => column !== task.status)
          .map((column) => ({
            id: column,
            label: t("tasks.move.into", { column: t(`tasks.status.${column}`) }),
            mark: <StatusMark status={column} />,
            run: () => move(task, column),
          }))
      : []),
    ...(task.conversationId === null
      ? []
      : [
          {
            id: "conversation",
            label: t("tasks.detail.conversation"),
            icon: "chat" as const,
            run: () => work.openConversation({ tenantId: task.tenantId, conversationId: task.conversationId ?? "" }),
          },
        ]),
  ];
  const nothing = !loading && lines.length === 0 && done.length === 0;
  const retry = () => {
    for (const each of asked) each.retry();
  };
  const content = () => {
    if (failed?.error !== undefined)
      return (
        <ErrorState
          title={t("tasks.error.title")}
          onRetry={retry}
          details={{ code: failed.error.code, at: now, message: failed.error.message }}
        >
          {t("tasks.error.line")}
        </ErrorState>
      );
    if (nothing && isNarrowed(filter))
      return (
        <EmptyState
          icon="filter"
          title={t("tasks.empty.filtered")}
          action={<Button onClick={() => setFilter(noFilter)}>{t("tasks.filter.clear")}</Button>}
        />
      );
    if (nothing && (board || filter.status === "unfinished"))
      return (
        <EmptyState
          icon="tasks"
          title={t("tasks.empty.title")}
          action={
            writable && (
              <Button kind="primary" icon="plus" keys={keysOf("work.new")} onClick={() => newTask()}>
                {t("tasks.page.new")}
              </Button>
            )
          }
        >
          {t("tasks.empty.line")}
        </EmptyState>
      );
    if (board)
      return (
        <Board
          columns={[
            { id: "open", lines: open.lines, total: open.total, more: open.more },
            { id: "in_progress", lines: started.lines, total: started.total, more: started.more },
            { id: "waiting", lines: waiting.lines, total: waiting.total, more: waiting.more },
            { id: "completed", lines: completed.lines === undefined ? undefined : done, total: done.length, more: undefined },
          ]}
          openId={opened?.id}
          onOpen={openTask}
          onFocus={onFocus}
          onMove={move}
          mayMove={mayChange}
          onNew={writable ? newTask : undefined}
          entriesOf={entriesOf}
        />
      );
    if (list.lines === undefined) return <Skeleton rows={10} look="line" />;
    return (
      <div className={styles.list}>
        <TaskTable
          lines={list.lines}
          done={filter.status === "unfinished" ? done : []}
          sort={sort}
          onSort={setSort}
          openId={opened?.id}
          onOpen={openTask}
          selected={selected}
          onSelected={setSelected}
          handle={table}
          narrow={overlay || opened !== undefined}
        />
        {list.more !== undefined && (
          <Button kind="quiet" size="s" onClick={list.more}>
            {t("tasks.board.more", { count: list.total - list.lines.length })}
          </Button>
        )}
        {selected.size > 0 && (
          <BulkBar
            tasks={[...list.lines, ...done].filter((task) => selected.has(task.id) && mayChange(task))}
            onClear={() => setSelected(new Set())}
          />
        )}
      </div>
    );
  };
  const close = (task: { readonly id: string }) => {
    onOpened(undefined);
    requestAnimationFrame(() => page.current?.querySelector<HTMLElement>(`[data-command-row="${task.id}"]`)?.focus());
  };
  /** Esc closes the panel from the task and from within; what opened over it, and a list of choices below a field, close first. */
  const closeByKey = (event: KeyboardEvent<HTMLElement>) => {
    const { target, currentTarget } = event;
    if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing || opened === undefined) return;
    if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return;
    if (target.closest('[data-region="context"], [data-command-row]') === null) return;
    if (target.matches('[role="combobox"][aria-expanded="true"]')) return;
    event.preventDefault();
    // A field is saved when it is left.
    target.blur();
    close(opened);
  };
  return (
    // Esc is heard for what stands in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.page} ref={page} data-region="page" tabIndex={-1} onKeyDown={closeByKey}>
      <div className={styles.main}>
        <header className={styles.head}>
          <h1>{t("console.section.tasks")}</h1>
          <Chip icon="lock">{t("tasks.page.admins_only")}</Chip>
          <span className="grow" />
          <Segmented
            label={t("tasks.page.view")}
            value={view}
            onValue={onView}
            segments={[
              { value: "board", label: t("tasks.page.board"), icon: "board" },
              { value: "list", label: t("tasks.page.list"), icon: "list" },
            ]}
          />
          <Button
            kind="primary"
            icon="plus"
            keys={keysOf("work.new")}
            blocked={writable ? undefined : t("tasks.read_only.suspended", { tenant: mine[0]?.name ?? "" })}
            onClick={() => newTask()}
          >
            {t("tasks.page.new")}
          </Button>
        </header>
        <FilterBar
          tenantIds={tenantIds}
          filter={filter}
          onFilter={setFilter}
          withStatus={!board}
          search={search}
          end={
            <>
              {overdue > 0 && <span className={styles.overdue}>{t("tasks.page.overdue", { count: overdue })}</span>}
              <SavedViews tenantIds={tenantIds} filter={filter} onFilter={setFilter} />
            </>
          }
        />
        <div className={styles.content}>{content()}</div>
      </div>
      {opened !== undefined && (
        <TaskPanel tenantId={opened.tenantId} taskId={opened.id} overlay={overlay} offline={offline} onClose={() => close(opened)} />
      )}
      {moving !== undefined && (
        <MoveDialog
          task={moving}
          onClose={() => setMoving(undefined)}
          onMove={(to) => {
            setMoving(undefined);
            move(moving, to);
          }}
        />
      )}
    </div>
  );
}
