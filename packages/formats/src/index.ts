export type {
  BmecatCatalogue,
  BmecatClass,
  BmecatGroup,
  BmecatItem,
  BmecatWarning,
} from "./bmecat/bmecat-item.ts";
export { bmecatWarningCodes } from "./bmecat/bmecat-item.ts";
export type { ExportProblem } from "./bmecat/export-problem.ts";
export { exportProblemCodes } from "./bmecat/export-problem.ts";
export type { BmecatOptions, BmecatReading } from "./bmecat/read-bmecat.ts";
export { readBmecat } from "./bmecat/read-bmecat.ts";
export type { BmecatExport, GroupMember } from "./bmecat/write-bmecat.ts";
export { writeBmecat } from "./bmecat/write-bmecat.ts";
export type { DateFormat } from "./cells/date-text.ts";
export type { FailedRow } from "./failed-rows/write-failed-rows.ts";
export { writeFailedRows } from "./failed-rows/write-failed-rows.ts";
export type { Progress } from "./files/byte-source.ts";
export { toldApart } from "./files/told-apart.ts";
export type { UnreadableFileCode } from "./files/unreadable-file.ts";
export { UnreadableFile, unreadableFileCodes } from "./files/unreadable-file.ts";
export type { CompiledMapping } from "./mapping/compile-mapping.ts";
export { compileMapping } from "./mapping/compile-mapping.ts";
export type { ColumnMapping, ConstantMapping, FieldTarget, Mapping, MappingProblem } from "./mapping/mapping.ts";
export { mappingProblemCodes } from "./mapping/mapping.ts";
export type { MappedRow, RowMapper } from "./mapping/row-mapper.ts";
export type { SuggestedMapping, SuggestionOptions } from "./mapping/suggest-mapping.ts";
export { suggestMapping } from "./mapping/suggest-mapping.ts";
export { orderColumnsOf } from "./quick-order/order-columns.ts";
export { parseQuickOrder } from "./quick-order/parse-quick-order.ts";
export type { QuickOrder } from "./quick-order/quick-order.ts";
export { quickOrderProblemCodes, quickOrderRowsMax } from "./quick-order/quick-order.ts";
export { readQuickOrder } from "./quick-order/read-quick-order.ts";
export type { CatalogueRow, PriceRung } from "./rows/catalogue-row.ts";
export { rowHash } from "./rows/row-hash.ts";
export type { RowProblem, RowProblemCode } from "./rows/row-problem.ts";
export { rowProblemCodes } from "./rows/row-problem.ts";
export { readTable } from "./table/read-table.ts";
export type { Column, Table, TableFormat, TableOptions, TableRow } from "./table/table.ts";
