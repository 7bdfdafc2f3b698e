import type { ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import styles from "./people.module.css";

export interface PlainColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** Read, not seen: for the column of the buttons. */
  readonly labelHidden?: boolean;
  readonly width?: string;
  readonly cell: (row: Row) => ReactNode;
  /** Names the row for the screen reader: exactly one column of a table. */
  readonly header?: boolean;
}

/** A short table in a page that scrolls itself; long lists have the `DataTable`. */
export function PlainTable<Row>(props: {
  readonly label: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly marked?: (row: Row) => boolean;
}) {
  const { label, columns, rows, keyOf, marked } = props;
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" style={column.width === undefined ? {} : { width: column.width }}>
                <span className={cx(column.labelHidden === true && "vh")}>{column.label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={cx(marked?.(row) === true && styles.marked)}>
              {columns.map((column) =>
                column.header === true ? (
                  <th key={column.id} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id}>{column.cell(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
