import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "./choices.tsx";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import styles from "./data-table.module.css";

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  readonly labelHidden?: boolean;
  /** A CSS width; the columns without one share the rest. */
  readonly width?: string;
  readonly align?: "start" | "end";
  readonly sortable?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Names the row for the screen reader: exactly one column of a table. */
  readonly header?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly direction: "ascending" | "descending";
}

export interface RowGroup<Row> {
  readonly id: string;
  readonly label: string;
  readonly tone?: "bad" | undefined;
  readonly open: boolean;
  readonly count: number;
  readonly rows: readonly Row[];
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows?: readonly Row[];
  readonly groups?: readonly RowGroup<Row>[];
  readonly onGroup?: (id: string, open: boolean) => void;
  readonly keyOf: (row: Row) => string;
  readonly sort?: Sort | undefined;
  readonly onSort?: ((sort: Sort) => void) | undefined;
  readonly current?: string | undefined;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly selected?: ReadonlySet<string> | undefined;
  readonly onSelected?: ((selected: ReadonlySet<string>) => void) | undefined;
  readonly rowName?: ((row: Row) => string) | undefined;
  /** Two lines a row. */
  readonly tall?: boolean;
}

type Line<Row> = { readonly kind: "row"; readonly row: Row } | { readonly kind: "group"; readonly group: RowGroup<Row> };

/** A real table whose unseen rows are two spacers, so that ten thousand rows cost as much as fifty. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, keyOf, sort, onSort, current, onOpen, selected, onSelected, rowName, tall = false } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const lines: readonly Line<Row>[] =
    props.groups === undefined
      ? (props.rows ?? []).map((row) => ({ kind: "row", row }))
      : props.groups.flatMap((group): Line<Row>[] => [
          { kind: "group", group },
          ...(group.open ? group.rows.map((row): Line<Row> => ({ kind: "row", row })) : []),
        ]);
  const height = tall ? 48 : 36;
  // The rule is about the React Compiler, which this build does not use.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === "group" ? 32 : height),
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const allKeys = lines.flatMap((line) => (line.kind === "row" ? [keyOf(line.row)] : []));
  const width = columns.length + (selected === undefined ? 0 : 1);

  const toggle = (key: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(key);
    else next.delete(key);
    onSelected?.(next);
  };

  return (
    <div ref={scroller} className={styles.scroller}>
      <table className={cx(styles.table, tall && styles.tall)} aria-label={props.label} aria-rowcount={lines.length + 1}>
        <thead>
          <tr>
            {selected !== undefined && (
              <th className={styles.select} scope="col">
                <Checkbox
                  checked={allKeys.length > 0 && allKeys.every((key) => selected.has(key))}
                  mixed={selected.size > 0 && !allKeys.every((key) => selected.has(key))}
                  onChecked={(on) => onSelected?.(new Set(on ? allKeys : []))}
                  label={t("ui.table.select_all")}
                  labelHidden={true}
                />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                style={column.width === undefined ? {} : { width: column.width }}
                className={cx(column.align === "end" && styles.end)}
                {...(sort?.column === column.id ? { "aria-sort": sort.direction } : {})}
              >
                <Head column={column} sort={sort} onSort={onSort} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {shown.map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            if (line.kind === "group")
              return (
                <tr key={`group ${line.group.id}`} className={styles.group} aria-rowindex={item.index + 2}>
                  <th colSpan={width} scope="colgroup">
                    <button
                      type="button"
                      aria-expanded={line.group.open}
                      onClick={() => props.onGroup?.(line.group.id, !line.group.open)}
                      className={cx(line.group.tone === "bad" && styles.bad)}
                    >
                      <Icon name={line.group.open ? "chevronDown" : "chevronRight"} size="s" mirrored={true} />
                      {line.group.label} <span className={styles.count}>{line.group.count}</span>
                    </button>
                  </th>
                </tr>
              );
            const key = keyOf(line.row);
            return (
              <tr
                key={key}
                aria-rowindex={item.index + 2}
                className={cx(styles.row, current === key && styles.current)}
                {...(selected === undefined ? {} : { "aria-selected": selected.has(key) })}
                onDoubleClick={() => onOpen?.(line.row)}
              >
                {selected !== undefined && (
                  <td className={styles.select}>
                    <Checkbox
                      checked={selected.has(key)}
                      onChecked={(on) => toggle(key, on)}
                      label={t("ui.table.select", { name: rowName?.(line.row) ?? key })}
                      labelHidden={true}
                    />
                  </td>
                )}
                {columns.map((column) =>
                  column.header === true ? (
                    <th key={column.id} scope="row" className={styles.cell}>
                      {onOpen === undefined ? (
                        column.cell(line.row)
                      ) : (
                        <button type="button" className={styles.open} onClick={() => onOpen(line.row)}>
                          {column.cell(line.row)}
                        </button>
                      )}
                    </th>
                  ) : (
                    <td key={column.id} className={cx(styles.cell, column.align === "end" && styles.end)}>
                      {column.cell(line.row)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}) {
  const words = <span className={cx(column.labelHidden === true && "vh")}>{column.label}</span>;
  if (column.sortable !== true || onSort === undefined) return words;
  const direction = sort?.column === column.id ? sort.direction : undefined;
  return (
    <button
      type="button"
      className={styles.sort}
      onClick={() => onSort({ column: column.id, direction: direction === "ascending" ? "descending" : "ascending" })}
    >
      {words}
      <Icon
        name={direction === "descending" ? "chevronDown" : "chevronUp"}
        size="xs"
        className={cx(direction === undefined && styles.unsorted)}
      />
    </button>
  );
}
