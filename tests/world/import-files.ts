import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";

/* Files of vendors for imports, made of a row's number alone: the same number, the same row. */

export const importColumns = [
  "sku",
  "name",
  "brand",
  "part",
  "gtin",
  "unit",
  "price",
  "qty10",
  "price10",
  "min",
  "stock",
] as const;

const column = <Target>(name: (typeof importColumns)[number], target: Target) => ({ column: name, ...target });

/** What the columns tell; prices in euros. */
export const importMapping = {
  columns: [
    column("sku", { field: "part_number" as const }),
    column("name", { field: "name" as const, language: "en" }),
    column("brand", { field: "brand" as const }),
    column("part", { field: "manufacturer_part_number" as const }),
    column("gtin", { field: "gtin" as const, unit: null }),
    column("unit", { field: "order_unit" as const }),
    column("price", { field: "price" as const, tier: 0 }),
    column("qty10", { field: "tier_quantity" as const, tier: 1 }),
    column("price10", { field: "price" as const, tier: 1 }),
    column("min", { field: "min_quantity" as const }),
    column("stock", { field: "stock" as const }),
  ],
  constants: [{ field: "currency" as const, constant: "EUR" }],
  decimalMark: "." as const,
};

/** Fourteen digits with the check digit that fits. */
export function gtinOf(no: number): string {
  const digits = `04${String(no).padStart(11, "0")}`;
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) sum += Number(digits[place]) * (place % 2 === 0 ? 3 : 1);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

export type FileRow = Partial<Record<(typeof importColumns)[number], string>>;

/** An article of its own for each number; `prefix` keeps the articles of two files apart. */
export function fileRow(no: number, prefix = "A"): FileRow {
  const cents = 100 + ((no * 7_919) % 90_000);
  const text = (value: number): string => `${Math.trunc(value / 100)}.${String(value % 100).padStart(2, "0")}`;
  return {
    sku: `${prefix}-${no}`,
    name: `Hex bolt ${prefix} ${no} zinc plated`,
    brand: `Brand ${no % 50}`,
    part: `${prefix}${no}`,
    gtin: gtinOf(no),
    unit: "H87",
    price: text(cents),
    qty10: "10",
    price10: text(cents - 10),
    min: "1",
    stock: String(no % 500),
  };
}

export function csvOf(rows: Iterable<FileRow>): string {
  const cell = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [importColumns.join(";")];
  for (const row of rows) lines.push(importColumns.map((name) => cell(row[name] ?? "")).join(";"));
  return `${lines.join("\n")}\n`;
}

type Client = Pick<Kontor, "imports">;
type Options = Partial<Omit<Parameters<Client["imports"]["start"]>[1], "fileBytes">>;
type Sent = { readonly marketplaceId: string; readonly importId: string };

/** Sends a file whole; what is left is to start it. */
export async function sendFile(
  { imports }: Client,
  marketplaceId: string,
  { fileName, text }: { readonly fileName: string; readonly text: string },
): Promise<Sent & { readonly fileBytes: number }> {
  const { importId } = requireValue(await imports.create(marketplaceId, { fileName }));
  const bytes = new TextEncoder().encode(text);
  const fileBytes = requireValue(await imports.upload({ marketplaceId, importId }, new Blob([bytes])));
  return { marketplaceId, importId, fileBytes };
}

/** Sends and starts a file. */
export async function startFile(
  client: Client,
  marketplaceId: string,
  { text, fileName = "articles.csv", ...options }: Options & { readonly text: string; readonly fileName?: string },
): Promise<Sent> {
  const { fileBytes, ...key } = await sendFile(client, marketplaceId, { fileName, text });
  requireValue(await client.imports.start(key, { fileBytes, mapping: importMapping, ...options }));
  return key;
}
