import type { CatalogueRow } from "@kontor/formats";
import { readBmecat } from "@kontor/formats";
import type { ImportPreview, ImportProblem } from "@kontor/protocol";

/** What is shown of an article. */
const shown = ["SUPPLIER_PID", "DESCRIPTION_SHORT", "ORDER_UNIT", "PRICE_AMOUNT"];

/** The first articles of a BMEcat file, and what of them and of its header is not taken. @throws UnreadableFile */
export async function bmecatPreview(bytes: AsyncIterable<Uint8Array>, rowsMax: number): Promise<ImportPreview> {
  const rows: ImportPreview["rows"] = [];
  const problems: ImportProblem[] = [];
  for await (const item of readBmecat(bytes).items) {
    if (item.kind === "row") {
      if (rows.length === rowsMax) break;
      rows.push({ row: rows.length + 1, cells: cellsOf(item.row) });
    } else if (item.kind === "warning") {
      const { path: column, value, code, message, line } = item.warning;
      const hint = `It stands in line ${line} of the file.`;
      problems.push({ row: rows.length, column, value, severity: "warning", code, message, hint });
    }
  }
  const columns = shown.map((name) => ({ name }));
  return { format: "bmecat", sheets: [], columns, rows, byContent: [], unmapped: [], mappingProblems: [], problems };
}

function cellsOf({ partNumber, texts, orderUnit, prices }: CatalogueRow): (string | null)[] {
  const name = texts?.find((text) => text.name != null)?.name;
  const [price] = prices ?? [];
  const amount = price?.amount == null ? null : `${price.amount} ${price.currency}`;
  return [partNumber, name ?? null, orderUnit ?? null, amount];
}
