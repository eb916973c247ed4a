import { expect, test } from "vitest";
import { readTable, suggestMapping } from "../../src/index.ts";
import { piecesOf } from "../bytes.ts";

async function suggestedFor(header: string, row = ""): Promise<ReturnType<typeof suggestMapping>> {
  const table = await readTable(piecesOf(`${header}\n${row}\n`), { separator: ";", headerRow: 1 });
  return suggestMapping(table, { language: "de" });
}

test.each([
  ["Artikel-Nr.", { field: "part_number" }],
  ["Lieferanten Artikelnummer", { field: "part_number" }],
  ["SUPPLIER_PID", { field: "part_number" }],
  ["vendorSku", { field: "part_number" }],
  ["Bezeichnung", { field: "name", language: "de" }],
  ["Bezeichnung (EN)", { field: "name", language: "en" }],
  ["description_fr", { field: "description", language: "fr" }],
  ["EAN-Code", { field: "gtin", unit: null }],
  ["GTIN Karton", { field: "gtin", unit: "XCT" }],
  ["Hersteller", { field: "manufacturer" }],
  ["Hersteller-Art.Nr.", null],
  ["MPN", { field: "manufacturer_part_number" }],
  ["ECLASS 11.1", { field: "class", scheme: "ECLASS" }],
  ["UNSPSC", { field: "class", scheme: "UNSPSC" }],
  ["Mengeneinheit", { field: "order_unit" }],
  ["Unit of measure", { field: "order_unit" }],
  ["Preis", { field: "price", tier: 0 }],
  ["Preis (EUR)", { field: "price", tier: 0 }],
  ["Unit price", { field: "price", tier: 0 }],
  ["Staffelpreis 2", { field: "price", tier: 2 }],
  ["Preis ab 100", { field: "price", tier: 100 }],
  ["Preiseinheit", { field: "price_base_quantity" }],
  ["Mindestbestellmenge", { field: "min_quantity" }],
  ["MOQ", { field: "min_quantity" }],
  ["VPE", { field: "multiple" }],
  ["Währung", { field: "currency" }],
  ["Lieferzeit (Tage)", { field: "lead_time_days" }],
  ["Lead time days", { field: "lead_time_days" }],
  ["Incoterm", { field: "delivery_term" }],
  ["Bestand", { field: "stock" }],
  ["Kunden-Artikelnummer", { field: "buyer_part_number", buyer: null }],
  ["Bild 2", { field: "file", kind: "picture" }],
  ["Image URL", { field: "file", kind: "picture" }],
  ["Gültig bis", { field: "valid_until" }],
  ["Irgendwas", null],
])("a column called %s", async (header, target) => {
  const { mapping, unmapped } = await suggestedFor(`${header};x`);
  expect(mapping.columns.map(({ column: _, ...told }) => told)).toEqual(target === null ? [] : [target]);
  expect(unmapped).toEqual(target === null ? [header, "x"] : ["x"]);
});

test("currencies and quantities that stand in headers are told for all rows; a quantity without its price is left", async () => {
  const { mapping } = await suggestedFor("SKU;Preis EUR;Preis ab 10 EUR;Staffelmenge 3;Preis");
  expect(mapping.constants).toEqual([
    { field: "tier_quantity", tier: 10, constant: "10" },
    { field: "currency", constant: "EUR" },
  ]);
  expect(mapping.columns.map(({ column }) => column)).toEqual(["SKU", "Preis EUR", "Preis ab 10 EUR"]);
});

test("columns whose names tell nothing are known by their cells", async () => {
  const rows = ["A1;4006209796856;EUR", "A2;4042146228586;EUR", "A3;5901234123457;EUR"].join("\n");
  const { mapping, byContent } = await suggestedFor("SKU;Code;X", rows);
  expect(mapping.columns.slice(1)).toEqual([
    { field: "gtin", unit: null, column: "Code" },
    { field: "currency", column: "X" },
  ]);
  expect(byContent).toEqual(["Code", "X"]);
});
