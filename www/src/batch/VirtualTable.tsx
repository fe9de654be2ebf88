import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import classes from "./VirtualTable.module.css";

interface Props {
  label: string;
  headers: readonly { readonly label: ReactNode; readonly width: number }[];
  /** The number of rows. */
  count: number;
  /** Identifies a row when other rows are removed. */
  keyOf: (index: number) => number;
  /** The cells of a row. */
  children: (index: number) => ReactNode;
}

/**
 * A table that renders the visible rows only. The rows may differ in height. On a narrow screen, the cells of a row are one
 * below the other; then the roles keep it a table for screen readers.
 */
export function VirtualTable({ label, headers, count, keyOf, children }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 41,
    getItemKey: keyOf,
    overscan: 8,
  });
  const rows = virtualizer.getVirtualItems();
  const above = rows[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className={classes.scroller} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table} role="table" aria-label={label} aria-rowcount={count + 1}>
        <colgroup>
          {headers.map(({ width }, column) => (
            <col key={column} style={{ width }} />
          ))}
        </colgroup>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {headers.map(({ label }, column) => (
              <th key={column} role="columnheader" scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          <Space height={above} columns={headers.length} />
          {rows.map(({ key, index }) => (
            <tr key={key} ref={virtualizer.measureElement} data-index={index} role="row" aria-rowindex={index + 2}>
              {children(index)}
            </tr>
          ))}
          <Space height={below} columns={headers.length} />
        </tbody>
      </table>
    </div>
  );
}

/** In place of the rows that are not rendered. */
function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} className={classes.space} style={{ height }} />
    </tr>
  );
}
