import { describe, expect, test } from "vitest";
import type { BmecatItem, CatalogueRow } from "../../src/index.ts";
import { readBmecat } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";

const header = "<HEADER><CATALOG><LANGUAGE>deu</LANGUAGE><CURRENCY>EUR</CURRENCY></CATALOG></HEADER>";

async function read(
  body: string | Uint8Array,
  options: Parameters<typeof readBmecat>[1] = {},
): Promise<{
  readonly rows: readonly CatalogueRow[];
  readonly warnings: readonly string[];
  readonly items: readonly BmecatItem[];
}> {
  const items = await collected(readBmecat(piecesOf(body, 33), options).items);
  const rows = items.flatMap((item) => (item.kind === "row" ? [item.row] : []));
  const warnings = items.flatMap((item) =>
    item.kind === "warning"
      ? [`${item.warning.code} ${item.warning.path.split("/").at(-1)} ${item.warning.value}`]
      : [],
  );
  return { rows, warnings, items };
}

const catalog = (articles: string, transaction = "T_NEW_CATALOG", attributes = 'version="1.2"'): string =>
  `<?xml version="1.0"?><BMECAT ${attributes}>${header}<${transaction}>${articles}</${transaction}></BMECAT>`;

const article = (parts: string, attributes = ""): string =>
  `<ARTICLE${attributes}><SUPPLIER_AID>A1</SUPPLIER_AID><ARTICLE_DETAILS><DESCRIPTION_SHORT>Rohr</DESCRIPTION_SHORT></ARTICLE_DETAILS><ARTICLE_ORDER_DETAILS><ORDER_UNIT>C62</ORDER_UNIT></ARTICLE_ORDER_DETAILS>${parts}</ARTICLE>`;

type Price = readonly [type: string, inner: string];

const prices = (...list: Price[]): string =>
  `<ARTICLE_PRICE_DETAILS>${list.map(([type, inner]) => `<ARTICLE_PRICE price_type="${type}">${inner}</ARTICLE_PRICE>`).join("")}</ARTICLE_PRICE_DETAILS>`;

describe("files that no schema would pass", () => {
  test("wrong namespaces, versions and prefixes are read by their names", async () => {
    const text = catalog(article(""), "T_NEW_CATALOG", 'version="1.3" xmlns="http://x.example"').replaceAll(
      /<(\/?)([A-Z])/g,
      "<$1b:$2",
    );
    const { rows, warnings } = await read(text);
    expect(rows).toMatchObject([{ partNumber: "A1", orderUnit: "C62" }]);
    expect(warnings).toEqual(["namespace_unusual  http://x.example", "version_unusual  1.3"]);
  });

  test("document types are not read: their entities stay as they are written", async () => {
    const bomb = `<!DOCTYPE BMECAT [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>${catalog(article("").replace("Rohr", "Rohr &b; &f; &amp;")).slice(21)}`;
    const { rows, warnings } = await read(bomb);
    expect(rows[0]?.texts?.[0]?.name).toBe("Rohr &b; &f; &");
    expect(warnings.map((line) => line.split(" ")[0])).toEqual([
      "doctype_ignored",
      "entity_unresolved",
      "entity_unresolved",
    ]);
  });

  test("what nobody takes is told with its value, whole and once", async () => {
    const { warnings } = await read(
      catalog(
        article(
          "<USER_DEFINED_EXTENSIONS><UDX.X.A>1</UDX.X.A><UDX.X.B>2</UDX.X.B></USER_DEFINED_EXTENSIONS><ARTICLE_REFERENCE type='similar'><ART_ID_TO>B</ART_ID_TO></ARTICLE_REFERENCE><EMPTY/>",
        ),
      ),
    );
    expect(warnings).toEqual(["element_unused USER_DEFINED_EXTENSIONS 1 2", "element_unused ARTICLE_REFERENCE B"]);
  });

  test("articles that lack parts are read as far as they go; without a number they are left out", async () => {
    const { rows, warnings } = await read(
      catalog("<ARTICLE><SUPPLIER_AID>A1</SUPPLIER_AID></ARTICLE><ARTICLE><ARTICLE_DETAILS/></ARTICLE>"),
    );
    expect(rows).toEqual([{ partNumber: "A1", mode: "replace", prices: [] }]);
    expect(warnings).toEqual([
      "element_missing ARTICLE ARTICLE_DETAILS".replace("ARTICLE_DETAILS", "PRODUCT_DETAILS"),
      "element_missing ARTICLE PRODUCT_ORDER_DETAILS",
      "part_number_missing ARTICLE PRODUCT_DETAILS",
    ]);
  });

  test("files in older encodings are read as they say", async () => {
    const latin = Buffer.from(
      catalog(article("").replace("Rohr", "Größe")).replace('"1.0"', '"1.0" encoding="ISO-8859-1"'),
      "latin1",
    );
    expect((await read(latin)).rows[0]?.texts?.[0]?.name).toBe("Größe");
    const wide = Buffer.from(`\ufeff${catalog(article("").replace("Rohr", "Größe"))}`, "utf16le");
    expect((await read(wide)).rows[0]?.texts?.[0]?.name).toBe("Größe");
  });

  test("what is no BMEcat, or breaks off, is refused with a code; what was read before stands", async () => {
    await expect(read("<html/>")).rejects.toMatchObject({ code: "file_not_bmecat" });
    await expect(read("sku;price\n")).rejects.toMatchObject({ code: "file_not_bmecat" });
    await expect(read("")).rejects.toMatchObject({ code: "file_empty" });
    const seen: string[] = [];
    const broken = async (): Promise<void> => {
      for await (const item of readBmecat(
        piecesOf(catalog(article("") + article("").slice(0, 60)).replace("</BMECAT>", ""), 50),
      ).items)
        seen.push(item.kind);
    };
    await expect(broken()).rejects.toMatchObject({ code: "xml_broken" });
    expect(seen).toContain("row");
  });
});

describe("prices", () => {
  const priced = (...list: Price[]) => read(catalog(article(prices(...list))));

  test("of the types that an article has one is taken, and the others told", async () => {
    const { rows, warnings } = await priced(
      ["net_list", "<PRICE_AMOUNT>2</PRICE_AMOUNT>"],
      ["net_customer", "<PRICE_AMOUNT>1.5</PRICE_AMOUNT><LOWER_BOUND>1</LOWER_BOUND>"],
      ["nrp", "<PRICE_AMOUNT>3</PRICE_AMOUNT>"],
    );
    expect(rows[0]?.prices).toEqual([{ currency: "EUR", minQuantity: "1", amount: "1.5", baseQuantity: "1" }]);
    expect(warnings).toEqual(["price_type_unused ARTICLE_PRICE net_list 2", "price_type_unused ARTICLE_PRICE nrp 3"]);
    const listed = await read(catalog(article(prices(["nrp", "<PRICE_AMOUNT>3</PRICE_AMOUNT>"]))), {
      priceTypes: ["nrp"],
    });
    expect(listed.rows[0]?.prices?.[0]?.amount).toBe("3");
  });

  test.each([
    ["<PRICE_AMOUNT>17,5</PRICE_AMOUNT>", "17.5", ["number_rewritten PRICE_AMOUNT 17,5"]],
    ["<PRICE_AMOUNT>1.234</PRICE_AMOUNT>", "1.234", []],
    ["<PRICE_AMOUNT>.5</PRICE_AMOUNT>", "0.5", []],
    [
      "<PRICE_AMOUNT>10</PRICE_AMOUNT><PRICE_FACTOR>0.85</PRICE_FACTOR>",
      "8.5",
      ["price_factor_applied PRICE_FACTOR 10 × 0.85 = 8.5"],
    ],
    ["<PRICE_AMOUNT>-1</PRICE_AMOUNT>", undefined, ["number_wrong PRICE_AMOUNT -1"]],
    [
      "<PRICE_AMOUNT>1</PRICE_AMOUNT><PRICE_CURRENCY>DEM</PRICE_CURRENCY>",
      undefined,
      ["currency_wrong PRICE_CURRENCY 1 DEM"],
    ],
    ["<PRICE_AMOUNT>0.1234567</PRICE_AMOUNT>", undefined, ["number_wrong PRICE_AMOUNT 0.1234567"]],
  ])("%s", async (inner, amount, expected) => {
    const { rows, warnings } = await priced(["net_customer", inner]);
    expect(rows[0]?.prices?.[0]?.amount).toBe(amount);
    expect(warnings).toEqual(expected);
  });

  test("a ladder that rises, or says a rung twice, loses what cannot stand", async () => {
    const rung = (amount: string, bound: string) =>
      ["net_customer", `<PRICE_AMOUNT>${amount}</PRICE_AMOUNT><LOWER_BOUND>${bound}</LOWER_BOUND>`] as const;
    const { rows, warnings } = await priced(rung("10", "1"), rung("11", "10"), rung("9", "20"), rung("8", "20"));
    expect(rows[0]?.prices?.map(({ amount }) => amount)).toEqual(["10", "9"]);
    expect(warnings).toEqual(["price_repeated ARTICLE_PRICE 8 EUR", "price_ladder_rises ARTICLE 11 EUR from 10"]);
  });
});

test("units, features and files are read as suppliers write them", async () => {
  const parts = `<ARTICLE_FEATURES><REFERENCE_FEATURE_GROUP_NAME>Vorteile</REFERENCE_FEATURE_GROUP_NAME>
    <FEATURE><FNAME>-</FNAME><FVALUE>leicht</FVALUE></FEATURE><FEATURE><FNAME>Länge</FNAME><FVALUE>2</FVALUE><FUNIT>lfm</FUNIT></FEATURE>
    <FEATURE><FNAME>Teile</FNAME><FVALUE>3</FVALUE><FUNIT>-tlg.</FUNIT></FEATURE></ARTICLE_FEATURES>
    <MIME_INFO><MIME><MIME_SOURCE>b.pdf</MIME_SOURCE><MIME_TYPE>application/pdf</MIME_TYPE><MIME_PURPOSE>data_sheet</MIME_PURPOSE><MIME_ORDER>2</MIME_ORDER></MIME>
    <MIME><MIME_SOURCE>a.jpg</MIME_SOURCE><MIME_TYPE>image/jpeg</MIME_TYPE><MIME_PURPOSE>normal</MIME_PURPOSE><MIME_ORDER>1</MIME_ORDER></MIME></MIME_INFO>`;
  const body = catalog(article(parts).replace("C62", "PCE")).replace(
    "</CURRENCY>",
    "</CURRENCY><MIME_ROOT>https://x.example/m</MIME_ROOT>",
  );
  const { rows, warnings } = await read(body);
  expect(rows[0]).toMatchObject({
    orderUnit: "H87",
    attributes: [
      { name: "Länge", values: ["2"], unit: "MTR" },
      { name: "Teile", values: ["3"], unit: null, unitText: "-tlg." },
      { name: "Vorteile", values: ["leicht"], unit: null },
    ],
    files: [
      { kind: "picture", address: "https://x.example/m/a.jpg", mediaType: "image/jpeg" },
      { kind: "data_sheet", address: "https://x.example/m/b.pdf", mediaType: "application/pdf" },
    ],
  });
  expect(warnings).toEqual([
    "unit_replaced ORDER_UNIT PCE → H87",
    "class_without_code REFERENCE_FEATURE_GROUP_NAME Vorteile",
    "feature_unnamed FEATURE leicht",
    "unit_unknown FUNIT -tlg.",
  ]);
});

test("updates say what they change: products whole or withdrawn, prices alone", async () => {
  const products = await read(
    catalog(
      `${article("", ' mode="update"')}<ARTICLE mode="delete"><SUPPLIER_AID>A2</SUPPLIER_AID></ARTICLE>`,
      "T_UPDATE_PRODUCTS",
    ),
  );
  expect(products.rows.map(({ partNumber, mode }) => [partNumber, mode])).toEqual([
    ["A1", "replace"],
    ["A2", "withdraw"],
  ]);
  const only = `<ARTICLE mode="update"><SUPPLIER_AID>A1</SUPPLIER_AID>${prices(["net_customer", "<PRICE_AMOUNT>5</PRICE_AMOUNT>"])}</ARTICLE>`;
  const updated = await read(catalog(only, "T_UPDATE_PRICES"));
  expect(updated.rows).toEqual([
    {
      partNumber: "A1",
      mode: "merge",
      prices: [{ currency: "EUR", minQuantity: "1", amount: "5" }],
      replacesPrices: true,
    },
  ]);
  expect(updated.warnings).toEqual([]);
});

test("reading stops where its caller does, and when it is cancelled", async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from(catalog("").split("</T_NEW")[0] ?? "");
      for (;;) {
        await Promise.resolve();
        yield Buffer.from(article(""));
      }
    } finally {
      ended = true;
    }
  }
  let rows = 0;
  for await (const item of readBmecat(endless()).items) if (item.kind === "row" && ++rows === 100) break;
  expect(ended).toBe(true);
  const stop = new AbortController();
  const reading = (async () => {
    for await (const item of readBmecat(endless(), { signal: stop.signal }).items)
      if (item.kind === "row") stop.abort(new Error("cancelled"));
  })();
  await expect(reading).rejects.toThrow("cancelled");
});
