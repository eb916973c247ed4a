import type { KeyboardEvent, ReactNode } from "react";
import { useRef, useState } from "react";
import { fill, useLabels } from "../labels/labels.tsx";
import type { Sort } from "./row-cursor.ts";
import { isOwnKey, rowKey, toggled } from "./row-cursor.ts";
import type { Column } from "./table-column.ts";
import { TableHead } from "./table-head.tsx";
import { TableRow } from "./table-row.tsx";
import { useRowWindow } from "./use-row-window.ts";

export type DataTableProps<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** In the order in which they are shown: whoever holds the data sorts them. */
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** How the row is called: beside its checkbox, for who cannot see it. */
  readonly rowName: (row: Row) => string;
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  readonly bulkActions?: ReactNode;
  readonly onOpen?: (row: Row) => void;
  /** Stands in place of the rows when there are none. */
  readonly empty?: ReactNode;
  /** A CSS length; with it the table scrolls in itself and long ones draw only what is seen. */
  readonly maxBlockSize?: string;
};

/** Rows of one kind of thing. On a phone each row is a card with the same names and actions. Keys: j k Enter x. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, onOpen, selected, onSelect, maxBlockSize, empty } = props;
  const labels = useLabels();
  const frame = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(-1);
  const shown = useRowWindow({ frame, count: rows.length, isWindowed: maxBlockSize !== undefined });
  const select = (id: string): void => onSelect?.(toggled(selected ?? new Set(), id));
  const goTo = (index: number): void => {
    setCursor(index);
    shown.reveal(index);
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus());
  };
  const press = (event: KeyboardEvent): void => {
    if (isOwnKey(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const does = rowKey(event.key, cursor, rows.length);
    const row = rows[cursor];
    if (does === null) return;
    event.preventDefault();
    if ("move" in does) goTo(does.move);
    else if (row !== undefined && does.action === "open") onOpen?.(row);
    else if (row !== undefined) select(rowId(row));
  };
  if (rows.length === 0) return <>{empty ?? <p className="k-list-empty">{labels.noRows}</p>}</>;
  const columnCount = columns.length + (onSelect ? 1 : 0);
  return (
    <>
      {onSelect && selected !== undefined && selected.size > 0 && (
        <div className="k-table-bulk">
          <span>{fill(labels.rowsSelected, selected.size)}</span>
          {props.bulkActions}
        </div>
      )}
      <div className="k-table-frame" ref={frame} style={maxBlockSize === undefined ? {} : { maxBlockSize }}>
        <table className="k-table k-table-cards" aria-label={label} aria-rowcount={rows.length + 1} onKeyDown={press}>
          <TableHead {...props} />
          <tbody>
            <Spacer blockSize={shown.before} columns={columnCount} />
            {shown.indexes.map((index) => {
              const row = rows[index];
              return row === undefined ? null : (
                <TableRow
                  key={rowId(row)}
                  table={props}
                  row={row}
                  index={index}
                  isCursor={index === cursor}
                  isTabStop={index === Math.max(0, cursor)}
                  onFocus={() => setCursor(index)}
                  onToggle={() => select(rowId(row))}
                  measure={shown.measure}
                />
              );
            })}
            <Spacer blockSize={shown.after} columns={columnCount} />
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The room of rows that are not drawn. */
function Spacer({ blockSize, columns }: { readonly blockSize: number; readonly columns: number }) {
  if (blockSize === 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ blockSize, padding: 0, border: 0 }} />
    </tr>
  );
}
