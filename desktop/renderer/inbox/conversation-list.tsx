import { memo, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConversationLine } from "../../bridge/inbox.ts";
import type { QueryOutput } from "../../bridge/index.ts";
import { useCommands } from "../commands/context.tsx";
import { useLive, useLivePages } from "../live.tsx";
import { tenantsOf, useSession } from "../session/session-context.tsx";
import { useRemembered } from "../memory/memory-context.tsx";
import { useTicker } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { useLasting } from "../ui/use-lasting.ts";
import { VirtualList, type VirtualListHandle } from "../ui/virtual-list.tsx";
import { useStable } from "../use-stable.ts";
import { cleanFilter, isFiltered, ListFilterButton, readFilter, type ListFilter } from "./list-filter.tsx";
import { ListRow } from "./list-row.tsx";
import { listItems } from "./list-items.ts";
import type { SectionName } from "./list-sections.ts";
import { ListAnnouncer } from "./list-announcer.tsx";
import { QueueBlock } from "./queue-block.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { useCalm } from "./use-calm.ts";
import styles from "./conversation-list.module.css";

export type QueueTab = "mine" | "queue" | "team" | "closed";

export interface ConversationListProps {
  readonly tab: QueueTab;
  readonly onTab: (tab: QueueTab) => void;
  /** Number of the pane a conversation is open in. */
  readonly paneOf: (line: ConversationLine) => number | undefined;
  readonly focusedId: string | undefined;
  readonly onOpen: (line: ConversationLine, beside: boolean) => void;
  readonly onPeek: (line: ConversationLine) => void;
  readonly onTakeNext: () => void;
}

type ListSort = "waiting" | "newest";
interface ListChoice {
  readonly filter: ListFilter;
  readonly sort: ListSort;
}
const usualList: ListChoice = { filter: {}, sort: "waiting" };

function repairLists(value: unknown): Readonly<Record<string, ListChoice>> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, choice]: [string, unknown]) =>
      typeof choice === "object" && choice !== null && "filter" in choice
        ? [[key, { filter: readFilter(choice.filter), sort: "sort" in choice && choice.sort === "newest" ? "newest" : "waiting" }]]
        : [],
    ),
  );
}

const rowPx = { comfortable: 60, compact: 52 } as const;
const sectionPx = 32;

export const ConversationList = memo(function ConversationList(props: ConversationListProps) {
  const { tab, onTab, paneOf, focusedId, onOpen, onPeek, onTakeNext } = props;
  const { t } = useTranslation();
  const session = useSession();
  const ticker = useTicker();
  const tenants = tenantsOf(session.scope);
  // Labels, teams and people belong to a tenant, so what is chosen is remembered for each choice of tenants.
  const [lists, setLists] = useRemembered("lists", repairLists);
  const place = session.scope === "all" ? "all" : session.scope[0];
  const { filter, sort } = lists[place] ?? usualList;
  const setFilter = (next: ListFilter) => setLists({ ...lists, [place]: { filter: next, sort } });
  const setSort = (next: ListSort) => setLists({ ...lists, [place]: { filter, sort: next } });
  const [depth, setDepth] = useState(1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<VirtualListHandle>(null);
  const root = useRef<HTMLElement>(null);

  const counts = useLive("inbox.counts", { tenants }, { keep: true }).data;
  const queue = useLive("inbox.list", { tenants, queue: "queue", limit: 3 }, { enabled: tab === "mine", keep: true }).data;
  const pages = useListPages({ tenants, queue: tab, filter: cleanFilter(filter), sort }, depth);
  const lines = useMemo(() => pages.lines ?? [], [pages.lines]);
  const scope = `${tab} ${JSON.stringify(tenants)} ${JSON.stringify(filter)} ${sort}`;
  const fresh = useMemo(() => listItems(tab, lines, ticker.now()), [tab, lines, ticker]);
  const calm = useCalm(fresh, scope);
  const { items } = calm;

  const rows = items.filter((item) => item.kind === "row");
  /** Where the focus goes as soon as the row is drawn; keys pressed meanwhile mean that row. */
  const underway = useRef<string | undefined>(undefined);
  const activeKey = () => underway.current ?? root.current?.querySelector<HTMLElement>("[data-command-row]:focus")?.dataset["commandRow"];
  const focusRow = (key: string): boolean => {
    const row = root.current?.querySelector<HTMLElement>(`[data-command-row="${key}"]`);
    row?.focus({ preventScroll: true });
    return row != null;
  };
  const current = () => rows.find((row) => row.key === (activeKey() ?? focusedId))?.line;
  const move = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.key === (activeKey() ?? focusedId));
    const next = rows[at < 0 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next === undefined) return undefined;
    calm.touch();
    list.current?.scrollToKey(next.key);
    underway.current = undefined;
    if (!focusRow(next.key)) {
      // It is drawn only after the list has scrolled to it.
      underway.current = next.key;
      requestAnimationFrame(() => {
        if (underway.current !== next.key) return;
        underway.current = undefined;
        focusRow(next.key);
      });
    }
    return next.line;
  };
  const toggle = useLasting((line: ConversationLine | undefined) => {
    // Nothing can be done with a sample, so not with several things and one either.
    if (line === undefined || line.status === "sample") return;
    const next = new Set(selected);
    if (!next.delete(line.id)) next.add(line.id);
    setSelected(next);
  });
  const extend = (by: 1 | -1) => {
    const from = current();
    const to = move(by);
    setSelected(new Set([...selected, ...[from, to].flatMap((line) => (line === undefined || line.status === "sample" ? [] : line.id))]));
  };
  const openCurrent = (beside: boolean) => {
    const line = current();
    if (line !== undefined) onOpen(line, beside);
  };
  useCommands({
    "list.down": () => void move(1),
    "list.up": () => void move(-1),
    "list.open": () => openCurrent(false),
    "list.openBeside": () => openCurrent(true),
    "list.peek": () => {
      const line = current();
      if (line !== undefined) onPeek(line);
    },
    "list.select": () => toggle(current()),
    "list.extendDown": () => extend(1),
    "list.extendUp": () => extend(-1),
  });

  const tabs: readonly { readonly value: QueueTab; readonly count: number | undefined }[] = [
    { value: "mine", count: counts?.mine },
    { value: "queue", count: counts?.queue },
    { value: "team", count: counts?.team },
    { value: "closed", count: undefined },
  ];
  const tenantId = session.scope === "all" ? (session.tenants.length === 1 ? session.tenants[0]?.tenantId : undefined) : session.scope[0];
  return (
    <section
      ref={root}
      className={styles.list}
      aria-label={t("inbox.list.label")}
      data-region="list"
      onPointerEnter={calm.onEnter}
      onPointerLeave={calm.onLeave}
    >
      <Tabs
        className={styles.tabs}
        look="pill"
        label={t("inbox.list.tabs")}
        value={tab}
        onValue={(next) => {
          setSelected(new Set());
          setDepth(1);
          onTab(next);
        }}
        tabs={tabs.map(({ value, count }) => ({
          value,
          label: t(`inbox.tab.${value}`),
          count,
          hot: value === "queue" && (count ?? 0) > 0,
        }))}
        end={
          <ListFilterButton
            filter={filter}
            onFilter={setFilter}
            tenantId={tenantId}
            sort={tab === "team" || tab === "closed" ? { value: sort, onSort: setSort } : undefined}
          />
        }
      >
        <ListAnnouncer waiting={counts?.queue ?? 0} longestSince={counts?.longestWaitingSince ?? null} />
        {selected.size > 0 && (
          <SelectionBar lines={rows.flatMap((row) => (selected.has(row.key) ? row.line : []))} onDone={() => setSelected(new Set())} />
        )}
        {calm.moved > 0 && (
          <div className={styles.moved}>
            <Button size="s" onClick={calm.settle}>
              {t("inbox.list.moved", { count: calm.moved })}
            </Button>
          </div>
        )}
        {pages.error ? (
          <ErrorState title={t("inbox.list.error")} onRetry={pages.retry}>
            {t("inbox.list.error_line")}
          </ErrorState>
        ) : pages.lines === undefined ? (
          <Skeleton rows={7} />
        ) : (
          <VirtualList
            handle={list}
            items={items}
            keyOf={(item) => item.key}
            heightOf={(item) =>
              item.kind === "section"
                ? sectionPx
                : document.documentElement.dataset["density"] === "compact"
                  ? rowPx.compact
                  : rowPx.comfortable
            }
            onEnd={pages.more ? () => setDepth(depth + 1) : undefined}
            before={
              <>
                {tab === "mine" && (
                  <QueueBlock
                    lines={queue?.items ?? []}
                    count={counts?.queue ?? queue?.items.length ?? 0}
                    onTakeNext={onTakeNext}
                    onOpen={onOpen}
                  />
                )}
                {rows.length === 0 && <EmptyList tab={tab} filtered={isFiltered(filter)} onClear={() => setFilter({})} />}
              </>
            }
          >
            {(item) =>
              item.kind === "section" ? (
                <SectionHead name={item.name} count={item.count} capacity={counts?.capacity ?? null} />
              ) : (
                <div className={styles.place} {...(item.first ? { "data-first": "" } : {})}>
                  <ListRow
                    line={item.line}
                    pane={paneOf(item.line)}
                    focused={item.key === focusedId}
                    inactive={item.inactive}
                    selected={selected.has(item.key)}
                    selecting={selected.size > 0}
                    onOpen={onOpen}
                    onSelect={toggle}
                  />
                </div>
              )
            }
          </VirtualList>
        )}
      </Tabs>
    </section>
  );
});

interface Pages {
  readonly lines: readonly ConversationLine[] | undefined;
  readonly more: boolean;
  readonly error: boolean;
  readonly retry: () => void;
}

/** As many pages as were scrolled to; each page's cursor comes from the one above it. */
function useListPages(
  question: {
    readonly tenants: "all" | string[];
    readonly queue: QueueTab;
    readonly filter: ListFilter;
    readonly sort: "waiting" | "newest";
  },
  depth: number,
): Pages {
  const [cursors, setCursors] = useState<{ readonly of: string; readonly list: readonly string[] }>({ of: "", list: [] });
  const of = JSON.stringify(question);
  const mine = cursors.of === of ? cursors.list : [];
  const results = useLivePages(
    "inbox.list",
    [undefined, ...mine.slice(0, depth - 1)].map((cursor) => ({ ...question, ...(cursor === undefined ? {} : { cursor }) })),
  );
  const first = results[0];
  const data = useStable(results.map((result) => result.data).filter((page): page is QueryOutput<"inbox.list"> => page !== undefined));
  // The cursor after each page that is there; kept as state because asking for the next page depends on it.
  const found = data.flatMap((page) => page.next ?? []);
  if (found.length > 0 && found.length < depth + 1 && found.join() !== mine.slice(0, found.length).join()) setCursors({ of, list: found });
  const lines = useMemo(() => {
    const once = new Map<string, ConversationLine>();
    for (const page of data) for (const line of page.items) once.set(line.id, line);
    return [...once.values()];
  }, [data]);
  return {
    lines: first?.data === undefined ? undefined : lines,
    more: data.at(-1)?.next != null,
    error: first?.isError === true && first.data === undefined,
    retry: () => void first?.refetch(),
  };
}

function SectionHead(props: {
  readonly name: SectionName;
  readonly count: number;
  readonly capacity: { readonly used: number; readonly of: number } | null;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.section}>
      <h2>{t(`inbox.section.${props.name}`)}</h2>
      <span className={styles.count}>{props.count}</span>
      <span className="grow" />
      {props.name === "waiting" && (
        <span className={styles.side}>
          <Icon name="sort" size="s" />
          {t("inbox.section.longest")}
        </span>
      )}
      {props.name === "inactive" && props.capacity !== null && (
        <span className={styles.side}>{t("inbox.section.not_counted", { used: props.capacity.used, of: props.capacity.of })}</span>
      )}
    </div>
  );
}

function EmptyList({ tab, filtered, onClear }: { readonly tab: QueueTab; readonly filtered: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation();
  if (filtered)
    return (
      <EmptyState
        icon="filter"
        title={t("inbox.list.empty.filter")}
        action={
          <Button size="s" onClick={onClear}>
            {t("inbox.filter.clear")}
          </Button>
        }
      />
    );
  return (
    <EmptyState icon={tab === "queue" ? "done" : tab === "closed" ? "search" : "inbox"} title={t(`inbox.list.empty.${tab}`)}>
      {t(`inbox.list.empty.${tab}_line`)}
    </EmptyState>
  );
}
