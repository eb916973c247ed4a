import type { BmecatCatalogue, BmecatItem, BmecatWarning } from "./bmecat-item.ts";
import type { XmlElement } from "./element.ts";
import { RecordReading } from "./element.ts";
import type { HeaderFacts } from "./header.ts";
import { headerFacts, noHeader } from "./header.ts";
import { productRow } from "./product-row.ts";
import type { ReadingContext } from "./reading-context.ts";
import { localTexts } from "./reading-context.ts";
import type { ParsedRecord } from "./record-parser.ts";

const transactions: Readonly<Record<string, BmecatCatalogue["transaction"]>> = {
  T_NEW_CATALOG: "new_catalog",
  T_UPDATE_PRODUCTS: "update_products",
  T_UPDATE_PRICES: "update_prices",
};

/** Makes items of records. The catalogue is told with the transaction, behind the header. */
export class RecordTranslator {
  readonly #priceTypes: readonly string[];
  #version: string | null = null;
  #header: HeaderFacts = noHeader;
  #context: ReadingContext | null = null;
  /** The class scheme whose classes are being read. */
  #scheme = "";

  constructor(priceTypes: readonly string[]) {
    this.#priceTypes = priceTypes;
  }

  *next(parsed: ParsedRecord): Generator<BmecatItem> {
    if (parsed.kind === "warning") yield { kind: "warning", warning: parsed.warning };
    else if (parsed.kind === "opened") yield* this.#opened(parsed.element);
    else {
      const reading = new RecordReading();
      yield* this.#record(parsed.element, reading);
      for (const warning of reading.warnings) yield { kind: "warning", warning };
    }
  }

  /** A file without a transaction has nothing to say. */
  *end(): Generator<BmecatItem> {
    if (this.#context === null) yield { kind: "warning", warning: missingTransaction };
  }

  *#opened(element: XmlElement): Generator<BmecatItem> {
    if (element.name === "BMECAT") this.#version = element.attributes["version"] ?? null;
    if (element.name === "CLASSIFICATION_SYSTEM") this.#scheme = "";
    if (!element.name.startsWith("T_")) return;
    const reading = new RecordReading();
    const transaction = transactions[element.name];
    if (transaction === undefined) reading.warn(element, "transaction_unknown", element.name);
    const { catalogue, mimeRoot, parties } = this.#header;
    const whole = { version: this.#version, transaction: transaction ?? "update_products", ...catalogue };
    this.#context = { catalogue: whole, mimeRoot, parties, priceTypes: this.#priceTypes };
    yield { kind: "catalogue", catalogue: whole };
    for (const warning of reading.warnings) yield { kind: "warning", warning };
  }

  *#record(element: XmlElement, reading: RecordReading): Generator<BmecatItem> {
    const context = this.#context;
    if (element.name === "HEADER") this.#header = headerFacts(element, reading);
    else if (element.name === "CLASSIFICATION_SYSTEM_NAME") this.#scheme = element.value;
    else if (context === null) tellAll(element, reading);
    else if (element.name === "PRODUCT") {
      const row = productRow(element, reading, context);
      if (row !== null) yield { kind: "row", row, line: element.line };
    } else if (element.name === "CATALOG_STRUCTURE") yield* group(element, reading, context);
    else if (element.name === "CLASSIFICATION_GROUP") yield* this.#class(element, reading, context);
    else if (element.name === "PRODUCT_TO_CATALOGGROUP_MAP") yield* member(element, reading);
    else tellAll(element, reading);
  }

  *#class(element: XmlElement, reading: RecordReading, context: ReadingContext): Generator<BmecatItem> {
    const code = reading.textOf(element, "CLASSIFICATION_GROUP_ID");
    const parent = reading.textOf(element, "CLASSIFICATION_GROUP_PARENT_ID");
    const names = localTexts(element.all("CLASSIFICATION_GROUP_NAME"), reading, context);
    if (code === null) reading.warn(element, "element_missing", "CLASSIFICATION_GROUP_ID");
    else yield { kind: "class", class: { scheme: this.#scheme, code, parent, names } };
    reading.tellUnused(element);
  }
}

const missingTransaction: BmecatWarning = {
  code: "element_missing",
  path: "BMECAT",
  line: 0,
  value: "T_NEW_CATALOG",
  partNumber: null,
  message: "This should be there and is not.",
};

function* group(element: XmlElement, reading: RecordReading, context: ReadingContext): Generator<BmecatItem> {
  const id = reading.textOf(element, "GROUP_ID");
  const parent = reading.textOf(element, "PARENT_ID");
  const names = localTexts(element.all("GROUP_NAME"), reading, context);
  const isRoot =
    parent === null ||
    (parent === "0" && element.attributes["type"] !== "node" && element.attributes["type"] !== "leaf");
  if (id === null) reading.warn(element, "element_missing", "GROUP_ID");
  else yield { kind: "group", group: { id, parent: isRoot ? null : parent, names } };
  reading.tellUnused(element);
}

function* member(element: XmlElement, reading: RecordReading): Generator<BmecatItem> {
  const partNumber = reading.textOf(element, "PROD_ID");
  const id = reading.textOf(element, "CATALOG_GROUP_ID");
  reading.one(element, "PRODUCT_TO_CATALOGGROUP_MAP_ORDER");
  if (partNumber === null || id === null)
    reading.warn(element, "element_missing", partNumber === null ? "PROD_ID" : "CATALOG_GROUP_ID");
  else yield { kind: "member", group: id, partNumber, withdrawn: element.attributes["mode"] === "delete" };
  reading.tellUnused(element);
}

/** A record that nobody reads: all that it says is told. */
function tellAll(element: XmlElement, reading: RecordReading): void {
  const value = element.value;
  if (value !== "") reading.warn(element, "element_unused", value);
  reading.tellUnused(element);
}
