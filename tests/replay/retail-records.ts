import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseDecimal } from "@kontor/kernel";
import { parseCsv } from "./records.ts";

/** One line of the wholesaler's books; money and quantity in millionths. */
export type RetailRow = {
  readonly invoice: string;
  readonly code: string;
  readonly quantity: bigint;
  readonly price: bigint;
  readonly customer: string;
};

/**
 * What a row is, the first rule that fits:
 * `adjustment` the books' own, bad debt (invoice A…) · `stock_correction` pieces less, at no price · `credit` a cancelled
 * invoice (C…) · `carriage` postage and carriage, the order's freight · `free` goods at no price · `service` other codes
 * that are no article, charged as a line · `sale` goods
 */
export type RowClass = "adjustment" | "stock_correction" | "credit" | "carriage" | "free" | "service" | "sale";

const carriage = new Set(["POST", "DOT", "C2"]);
const services = new Set(["M", "D", "S", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "B"]);

export function classOf({ invoice, code, quantity, price }: RetailRow): RowClass {
  if (invoice.startsWith("A")) return "adjustment";
  if (invoice.startsWith("C")) return "credit";
  if (quantity < 0n) return "stock_correction";
  if (carriage.has(code)) return "carriage";
  if (price === 0n) return "free";
  return services.has(code.toUpperCase()) ? "service" : "sale";
}

/** All rows, in the order in which they were booked. */
export function readRetail(folder: string): readonly RetailRow[] {
  const [header = [], ...rows] = parseCsv(
    gunzipSync(readFileSync(join(folder, "transactions.csv.gz"))).toString("utf8"),
  );
  const at = (name: string): number => header.indexOf(name);
  const places = [at("InvoiceNo"), at("StockCode"), at("Quantity"), at("UnitPrice"), at("CustomerID")] as const;
  const [invoice, code, quantity, price, customer] = places;
  return rows.map((row) => ({
    invoice: row[invoice] ?? "",
    code: row[code] ?? "",
    quantity: millionths(row[quantity]),
    price: millionths(row[price]),
    customer: row[customer] ?? "",
  }));
}

/** @throws Error where the record has no decimal number there */
function millionths(text = ""): bigint {
  const value = parseDecimal(text, 6);
  if (typeof value !== "bigint") throw new Error(`"${text}" is no decimal number`);
  return value;
}
