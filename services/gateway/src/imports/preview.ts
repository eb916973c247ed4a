import type { ImportFile } from "@kontor/db";
import type { Mapping, RowProblem, Table, TableOptions } from "@kontor/formats";
import { compileMapping, readTable, suggestMapping, toldApart, UnreadableFile } from "@kontor/formats";
import type { ImportPreview, ImportPreviewQuery, ImportProblem } from "@kontor/protocol";
import { ImportMapping } from "@kontor/protocol";
import { Refusal } from "../refusal.ts";
import { bmecatPreview } from "./bmecat-preview.ts";

/** What a file seems to be. @throws Refusal `import_file_unreadable` with the reason's code */
export async function previewOf(file: ImportFile, asked: ImportPreviewQuery): Promise<ImportPreview> {
  const { bytesTotal, format, reading } = file;
  // What is stored came over the wire, through a schema of the same members.
  const told = { ...reading, ...(format === null ? {} : { format }), bytesTotal } as TableOptions;
  try {
    const { isXml, bytes } = await toldApart(file.bytes);
    if (format === "bmecat" || (format === null && isXml)) return await bmecatPreview(bytes, asked.rows);
    const table = await readTable(bytes, told);
    const shown = shownOf(table, asked);
    await table.close();
    return shown;
  } catch (error) {
    if (error instanceof UnreadableFile) throw unreadable(error.code, error.hint);
    throw error;
  }
}

const unreadable = (reason: string, hint: string): Refusal => new Refusal("import_file_unreadable", { reason, hint });

function shownOf(table: Table, { rows, language }: ImportPreviewQuery): ImportPreview {
  const { format, encoding, separator, sheet, sheets, headerRow, columns, sample } = table;
  const { mapping: proposed, byContent, unmapped } = suggestMapping(table, { language });
  const { mapping, left } = takenOf(proposed);
  const first = sample.slice(0, rows);
  const compiled = compileMapping(mapping, table);
  const problems = compiled.ok ? first.map(compiled.mapRow).flatMap((read) => (read.ok ? [] : read.problems)) : [];
  const sent = ImportMapping.safeParse(mapping);
  return {
    format,
    sheets: [...sheets],
    columns: columns.map(({ name, decimalMark }) => ({ name, ...(decimalMark === null ? {} : { decimalMark }) })),
    rows: first.map(({ number, cells }) => ({ row: number, cells: [...cells] })),
    byContent: [...byContent],
    unmapped: [...unmapped, ...left],
    mappingProblems: compiled.ok ? [] : compiled.problems.map((problem) => ({ ...problem })),
    problems: problems.map(problemOf),
    ...(sent.success ? { mapping: sent.data } : {}),
    ...(encoding === null ? {} : { encoding }),
    ...(separator === null ? {} : { separator }),
    ...(sheet === null ? {} : { sheet }),
    ...(headerRow === null ? {} : { headerRow }),
  };
}

/** Without the columns that an import does not take: files, and what buyers call an article. */
function takenOf(mapping: Mapping): { readonly mapping: Mapping; readonly left: readonly string[] } {
  const isTaken = ({ field }: { readonly field: string }) => field !== "file" && field !== "buyer_part_number";
  const left = mapping.columns.filter((column) => !isTaken(column)).map(({ column }) => column);
  return { mapping: { ...mapping, columns: mapping.columns.filter(isTaken) }, left };
}

function problemOf({ row, column, value, code, message, hint }: RowProblem): ImportProblem {
  return { row, value, severity: "error", code, message, hint, ...(column === null ? {} : { column }) };
}
