import { Anchor, Paper, UnstyledButton } from "@mantine/core";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import type { TenantSummary } from "omicall-partner";
import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { type Format, useFormat } from "../display/format";
import { Icon } from "../display/Icon";
import { StatusBadge } from "../display/StatusBadge";
import { useLanguage } from "../language/language";
import { tenantPath } from "../tenant/tenantPath";
import { cellText, type TenantColumn } from "./columns";
import { offsetOf, rememberOffset } from "./scrollOffsets";
import classes from "./TenantTable.module.css";
import type { Sort } from "./tenantsPath";

const rowHeight = 44;
/** The row of the header is the first one. */
const ariaIndex = (index: number) => index + 2;

interface Props {
  /** Identifies the view, whose scroll position is kept. */
  path: string;
  tenants: readonly TenantSummary[];
  columns: readonly TenantColumn[];
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}

/** The list on wide screens. It has the rows that are visible, of as many as there are. */
export function TenantTable({ path, tenants, columns, sort, onSort }: Props) {
  const { t } = useLanguage();
  const format = useFormat();
  const scroll = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(-1);
  const virtualizer = useVirtualizer({
    count: tenants.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The header covers the first row's height.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    initialOffset: () => offsetOf(path),
    // The row with the focus stays, wherever the table is scrolled.
    rangeExtractor: useCallback(
      (range: Range) => {
        const visible = defaultRangeExtractor(range);
        const isExtra = focused >= 0 && focused < range.count && !visible.includes(focused);
        return isExtra ? [...visible, focused].sort((a, b) => a - b) : visible;
      },
      [focused],
    ),
  });

  useLayoutEffect(() => {
    scroll.current?.scrollTo({ top: offsetOf(path) });
  }, [path]);
  useEffect(() => {
    const row = scroll.current?.querySelector(`[aria-rowindex="${ariaIndex(focused)}"]`);
    row?.querySelector("a")?.focus({ preventScroll: true });
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.floor((scroll.current?.clientHeight ?? 0) / rowHeight) - 2;
    const target = {
      ArrowDown: focused + 1,
      ArrowUp: focused - 1,
      PageDown: focused + page,
      PageUp: focused - page,
      Home: 0,
      End: tenants.length - 1,
    }[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(tenants.length - 1, target));
    virtualizer.scrollToIndex(index);
    setFocused(index);
  };

  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const template = columns.map((column) => `minmax(${column.width}px, ${column.width}fr)`).join(" ");
  return (
    <Paper
      withBorder
      ref={scroll}
      __vars={{ "--columns": template }}
      className={classes.scroll}
      role="region"
      aria-label={t.list.title}
      tabIndex={0}
      onScroll={({ currentTarget }) => rememberOffset(path, currentTarget.scrollTop)}
    >
      {/* The roles are written out, because browsers drop those of tables with another display. */}
      <table
        role="table"
        className={classes.table}
        style={{ minWidth: width }}
        aria-label={t.list.title}
        aria-rowcount={tenants.length + 1}
      >
        <thead role="rowgroup" className={classes.head}>
          <tr role="row" className={classes.row} style={{ height: rowHeight }} aria-rowindex={1}>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody
          role="rowgroup"
          className={classes.body}
          style={{ height: virtualizer.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const tenant = tenants[index];
            if (!tenant) return null;
            const top = start - rowHeight;
            return <Row key={tenant.id} {...{ tenant, columns, format, index, top }} onFocus={setFocused} />;
          })}
        </tbody>
      </table>
    </Paper>
  );
}

interface HeaderCellProps {
  column: TenantColumn;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
}

/** Each click sorts in another way: ascending, descending, and in the order of the server. */
function HeaderCell({ column, sort, onSort }: HeaderCellProps) {
  const descending = sort?.column === column.id ? sort.descending : undefined;
  const next = descending ? undefined : { column: column.id, descending: descending === false };
  return (
    <th
      role="columnheader"
      className={classes.cell}
      data-end={isEnd(column) || undefined}
      aria-sort={descending === undefined ? "none" : descending ? "descending" : "ascending"}
    >
      <UnstyledButton className={classes.sort} fz="sm" onClick={() => onSort(next)}>
        {column.label}
        {descending !== undefined && <Icon name={descending ? "arrowDown" : "arrowUp"} size={14} />}
      </UnstyledButton>
    </th>
  );
}

const isEnd = ({ kind }: TenantColumn) => kind !== "text";

interface RowProps {
  tenant: TenantSummary;
  columns: readonly TenantColumn[];
  /** From the table: a format of its own for each row would cost more than the row. */
  format: Format;
  index: number;
  top: number;
  onFocus: (index: number) => void;
}

const Row = memo(function Row({ tenant, columns, format, index, top, onFocus }: RowProps) {
  const { t } = useLanguage();
  return (
    <tr
      role="row"
      className={classes.row}
      style={{ height: rowHeight, transform: `translateY(${top}px)` }}
      aria-rowindex={ariaIndex(index)}
      onFocus={() => onFocus(index)}
    >
      {columns.map((column) => {
        const text = cellText(column, tenant, format, t);
        return (
          <td key={column.id} role="cell" className={classes.cell} data-end={isEnd(column) || undefined} title={text}>
            {column.id === "name" ? (
              <Anchor component={Link} href={tenantPath(tenant.id)} fw={600} size="sm">
                {tenant.full_name || t.tenant.unnamed}
              </Anchor>
            ) : column.id === "status" ? (
              <StatusBadge tenant={tenant} />
            ) : (
              text
            )}
          </td>
        );
      })}
    </tr>
  );
});
