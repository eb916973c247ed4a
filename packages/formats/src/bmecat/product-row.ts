import { isIncoterm } from "@kontor/standards";
import { ratioOf } from "../cells/word-cells.ts";
import type { CatalogueRow } from "../rows/catalogue-row.ts";
import { inOrder } from "../rows/row-hash.ts";
import type { RecordReading, XmlElement } from "./element.ts";
import { detailsOf } from "./product-details.ts";
import { featuresOf } from "./product-features.ts";
import { filesOf } from "./product-files.ts";
import { pricesOf } from "./product-prices.ts";
import type { ReadingContext } from "./reading-context.ts";
import { decimalOf, unitOfElement } from "./reading-context.ts";

/** The row of an article; null, and told, where it has no number. Everything in it that is not taken is told. */
export function productRow(product: XmlElement, reading: RecordReading, context: ReadingContext): CatalogueRow | null {
  const partNumber = reading.textOf(product, "SUPPLIER_PID");
  reading.partNumber = partNumber;
  if (partNumber === null) {
    reading.warn(product, "part_number_missing", product.children.map(({ name }) => name).join(" "));
    return null;
  }
  const mode = modeOf(product, reading, context);
  const row = mode === "withdraw" ? { partNumber, mode } : rowOf(product, { partNumber, mode }, { reading, context });
  if (mode !== "withdraw") reading.tellUnused(product);
  return inOrder(row);
}

function modeOf(product: XmlElement, reading: RecordReading, { catalogue }: ReadingContext): CatalogueRow["mode"] {
  if (catalogue.transaction === "update_prices") return "merge";
  const written = product.attributes["mode"] ?? "new";
  if (written === "delete") return "withdraw";
  if (written !== "new" && written !== "update") reading.warn(product, "mode_unknown", written);
  return "replace";
}

/** What a member is where it is told of something. */
type Told<Key extends keyof CatalogueRow> = NonNullable<CatalogueRow[Key]>;
type Known = Pick<CatalogueRow, "partNumber" | "mode">;
type Reading = { readonly reading: RecordReading; readonly context: ReadingContext };

function rowOf(product: XmlElement, known: Known, { reading, context }: Reading): CatalogueRow {
  const pricesOnly = context.catalogue.transaction === "update_prices";
  const order = reading.one(product, "PRODUCT_ORDER_DETAILS");
  const ordered = order === null ? {} : orderDetailsOf(order, reading);
  const { base = pricesOnly ? null : "1", ...orderMembers } = ordered;
  const prices = pricesOf(product, base, { reading, context });
  const details = reading.one(product, "PRODUCT_DETAILS");
  if (details === null && !pricesOnly) reading.warn(product, "element_missing", "PRODUCT_DETAILS");
  if (order === null && !pricesOnly) reading.warn(product, "element_missing", "PRODUCT_ORDER_DETAILS");
  const files = filesOf(product, reading, context);
  const deliveryTerm = deliveryTermOf(product, reading);
  return {
    ...known,
    ...(details !== null && detailsOf(details, reading, context)),
    ...featuresOf(product, reading, context),
    ...orderMembers,
    prices,
    ...(pricesOnly && { replacesPrices: true }),
    ...(files.length > 0 && { files }),
    ...(deliveryTerm !== null && { deliveryTerm }),
  };
}

type OrderMembers = Pick<CatalogueRow, "orderUnit" | "content" | "minQuantity" | "multiple" | "maxQuantity"> & {
  readonly base?: string | null;
};

function orderDetailsOf(order: XmlElement, reading: RecordReading): OrderMembers {
  const unitElement = reading.one(order, "ORDER_UNIT");
  const orderUnit = unitElement === null || unitElement.value === "" ? null : unitOfElement(unitElement, reading);
  if (unitElement === null || unitElement.value === "") reading.warn(order, "element_missing", "ORDER_UNIT");
  const quantity = (name: string): string | null => {
    const element = reading.one(order, name);
    return element === null || element.value === "" ? null : decimalOf(element, reading, "positive");
  };
  const content = contentOf(order, reading, quantity("NO_CU_PER_OU"));
  const base = quantity("PRICE_QUANTITY");
  const [minQuantity, multiple, maxQuantity] = ["QUANTITY_MIN", "QUANTITY_INTERVAL", "QUANTITY_MAX"].map(quantity);
  return {
    ...(orderUnit !== null && { orderUnit }),
    ...(content !== null && { content }),
    ...(base !== null && { base }),
    ...(minQuantity != null && { minQuantity }),
    ...(multiple != null && { multiple }),
    ...(maxQuantity != null && { maxQuantity }),
  };
}

function contentOf(order: XmlElement, reading: RecordReading, count: string | null): Told<"content"> | null {
  const element = reading.one(order, "CONTENT_UNIT");
  if (element === null || element.value === "") {
    if (count !== null && count !== "1") reading.warn(order, "element_missing", `CONTENT_UNIT of ${count}`);
    return null;
  }
  const unit = unitOfElement(element, reading);
  const ratio = ratioOf(count ?? "1", "1");
  return unit === null || ratio === null ? null : { unit, ratio };
}

function deliveryTermOf(product: XmlElement, reading: RecordReading): Told<"deliveryTerm"> | null {
  const transport = reading.one(product, "PRODUCT_LOGISTIC_DETAILS")?.all("TRANSPORT")[0];
  const element = transport === undefined ? null : reading.one(transport, "INCOTERM");
  if (transport === undefined || element === null) return null;
  const term = element.value.toUpperCase();
  if (isIncoterm(term)) return { term, place: reading.textOf(transport, "LOCATION") };
  reading.warn(element, "delivery_term_unknown", element.value);
  return null;
}
