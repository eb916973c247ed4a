import type { HeldImport, RejectedRow, StagedBatch, StagedRow, ToldClasses } from "@kontor/db";
import type { BmecatItem, BmecatWarning, CatalogueRow } from "@kontor/formats";
import { readBmecat } from "@kontor/formats";
import { fittedRows } from "./fitted-rows.ts";

/** What of an article is kept beside what is wrong with it. */
const columns = ["SUPPLIER_PID", "DESCRIPTION_SHORT"];

export type BmecatImport = {
  readonly held: Pick<HeldImport, "stagedTo" | "fileBytes" | "priceListId">;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly classes: ToldClasses;
  readonly rowsPerBatch: number;
  readonly signal: AbortSignal;
};

type Warning = StagedBatch["warnings"][number];
type Read = Omit<StagedRow, "row"> & { readonly row: CatalogueRow };

/**
 * Articles of a BMEcat file in batches, numbered from 1 in the file's order, from behind the last one that is staged.
 * What is not taken is a warning of the article that it stands in or behind; before the first one, of number 0.
 *
 * @throws UnreadableFile
 */
export async function* readBmecatBatches(reading: BmecatImport): AsyncGenerator<StagedBatch> {
  const { held, bytes, signal, rowsPerBatch } = reading;
  const file = readBmecat(bytes, { bytesTotal: held.fileBytes ?? 0, signal });
  const batch = new Gathering(held);
  for await (const item of file.items) {
    if (item.kind === "row" && batch.size >= rowsPerBatch) yield await batch.taken(reading, file.progress().bytesRead);
    batch.take(item);
  }
  if (batch.size > 0) yield await batch.taken(reading, file.progress().bytesRead);
}

class Gathering {
  #rows: Read[] = [];
  #rejected: RejectedRow[] = [];
  #warnings: Warning[] = [];
  #rowNo = 0;
  readonly #stagedTo: number;

  constructor({ stagedTo }: Pick<HeldImport, "stagedTo">) {
    this.#stagedTo = stagedTo;
  }

  get size(): number {
    return this.#rows.length + this.#rejected.length;
  }

  take(item: BmecatItem): void {
    switch (item.kind) {
      case "row":
        this.#rowNo += 1;
        if (this.#isNew()) this.#rows.push({ rowNo: this.#rowNo, cells: cellsOf(item.row), row: item.row });
        return;
      case "warning":
        return this.#warn(item.warning);
      case "group":
        return this.#leave("CATALOG_STRUCTURE", `${item.group.id} ${item.group.names[0]?.text ?? ""}`);
      case "class":
        return this.#leave("CLASSIFICATION_GROUP", `${item.class.scheme} ${item.class.code}`);
      case "member":
        return this.#leave("PRODUCT_TO_CATALOGGROUP_MAP", `${item.partNumber} ${item.group}`);
      case "catalogue":
        return;
    }
  }

  async taken({ classes, held }: BmecatImport, bytesRead: number): Promise<StagedBatch> {
    const [read, rejected, warnings] = [this.#rows, this.#rejected, this.#warnings];
    [this.#rows, this.#rejected, this.#warnings] = [[], [], []];
    const rows: StagedRow[] = [];
    for (const { rowNo, cells, row, left } of await fittedRows(read, { classes, held })) {
      rows.push({ rowNo, cells, row });
      warnings.push(...left.map((one) => ({ rowNo, ...one })));
    }
    return { to: this.#rowNo, rows, rejected, columns, warnings, bytesRead };
  }

  /** An article without a number is none that could be found again: it fails, and is counted with the others. */
  #warn(warning: BmecatWarning): void {
    const problem = problemOf(warning);
    if (warning.code === "part_number_missing") {
      this.#rowNo += 1;
      if (this.#isNew()) this.#rejected.push({ rowNo: this.#rowNo, cells: ["", ""], problems: [problem] });
    } else if (this.#isNew()) this.#warnings.push({ rowNo: this.#rowNo, ...problem });
  }

  #leave(element: string, value: string): void {
    if (!this.#isNew()) return;
    const message = "This is not taken: offers have the classes of the marketplace.";
    const told = { column: element, value: value.trim().slice(0, 200), code: "element_unused", message };
    this.#warnings.push({ rowNo: this.#rowNo, ...told, hint: "Tell the class of each article in its features." });
  }

  #isNew(): boolean {
    return this.#rowNo > this.#stagedTo || this.#stagedTo === 0;
  }
}

function cellsOf({ partNumber, texts = [] }: CatalogueRow): readonly string[] {
  return [partNumber, texts.find(({ name }) => name != null)?.name ?? ""];
}

function problemOf({ code, path, line, value, message }: BmecatWarning) {
  return { column: path, value, code, message, hint: `It stands in line ${line} of the file.` };
}
