import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { cellText, type Block } from "./report-blocks.ts";
import styles from "./block-table.module.css";

/** All columns of a block: those that are drawn, and those that are not. */
export function BlockTable({ block }: { readonly block: Block }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, rowsAre, columns, rows } = block;
  return (
    // What scrolls and holds nothing that takes the focus must take it itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroller} tabIndex={0} role="group" aria-label={title}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{rowsAre}</th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={styles.number}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {columns.map((column, index) => (
                <td key={column.id} className={styles.number}>
                  {cellText(row.values[index] ?? null, column, format, t("reports.figure.none"))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
