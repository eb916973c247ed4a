import type { ReactNode } from "react";

export type Column<Row> = {
  readonly id: string;
  /** With the unit: "Price, €/t". */
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** To the end of the cell, digits of one width. */
  readonly isNumber?: boolean;
  readonly isSortable?: boolean;
  /** A CSS length. */
  readonly width?: string;
};
