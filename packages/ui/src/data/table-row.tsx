import { Checkbox } from "../controls/choices.tsx";
import { fill, useLabels } from "../labels/labels.tsx";
import type { DataTableProps } from "./data-table.tsx";
import { isOwnKey } from "./row-cursor.ts";

export type TableRowProps<Row> = {
  readonly table: DataTableProps<Row>;
  readonly row: Row;
  readonly index: number;
  readonly isCursor: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly measure: (element: HTMLTableRowElement | null) => void;
};

export function TableRow<Row>(props: TableRowProps<Row>) {
  const { table, row, index, isCursor, onFocus, onToggle } = props;
  const { columns, rowId, rowName, onOpen, onSelect, selected } = table;
  const labels = useLabels();
  const isSelected = selected?.has(rowId(row)) ?? false;
  return (
    <tr
      ref={props.measure}
      data-index={index}
      data-cursor={isCursor || undefined}
      data-openable={onOpen !== undefined || undefined}
      aria-rowindex={index + 2}
      {...(onSelect ? { "data-selected": isSelected } : {})}
      tabIndex={props.isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={(event) =>
        isOwnKey(event.target) || event.currentTarget.contains(labelOf(event.target)) || onOpen?.(row)
      }
    >
      {onSelect && (
        <td className="k-cell-select">
          <Checkbox aria-label={fill(labels.selectRow, rowName(row))} isSelected={isSelected} onChange={onToggle} />
        </td>
      )}
      {columns.map((column, at) => (
        <td key={column.id} className={column.isNumber ? "k-cell-number" : ""}>
          {at > 0 && <span className="k-cell-label">{column.header}</span>}
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** The label of a checkbox that was pressed, if it was one. */
function labelOf(target: EventTarget): Element | null {
  return target instanceof Element ? target.closest("label") : null;
}
