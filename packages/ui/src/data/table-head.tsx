import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "../controls/choices.tsx";
import { useLabels } from "../labels/labels.tsx";
import type { DataTableProps } from "./data-table.tsx";
import { nextSort } from "./row-cursor.ts";
import type { Column } from "./table-column.ts";

export function TableHead<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, selected = new Set<string>(), onSelect } = props;
  const labels = useLabels();
  const isAll = rows.length > 0 && rows.every((row) => selected.has(rowId(row)));
  return (
    <thead>
      <tr>
        {onSelect && (
          <th scope="col" className="k-cell-select">
            <Checkbox
              aria-label={labels.selectAll}
              isSelected={isAll}
              isIndeterminate={!isAll && selected.size > 0}
              onChange={(isOn) => onSelect(new Set(isOn ? rows.map(rowId) : []))}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} table={props} />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell<Row>({ column, table }: { readonly column: Column<Row>; readonly table: DataTableProps<Row> }) {
  const { sort = null, onSort } = table;
  const isSorted = sort?.column === column.id;
  const Arrow = isSorted && sort.direction === "descending" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={column.isNumber ? "k-cell-number" : ""}
      {...(isSorted ? { "aria-sort": sort.direction } : {})}
      {...(column.width === undefined ? {} : { style: { inlineSize: column.width } })}
    >
      {column.isSortable && onSort ? (
        <button type="button" className="k-sort" onClick={() => onSort(nextSort(sort, column.id))}>
          {column.header}
          <Arrow size={14} strokeWidth={1.5} aria-hidden />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}
