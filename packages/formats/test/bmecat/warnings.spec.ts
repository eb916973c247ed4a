import { expect, test } from "vitest";
import { readBmecat } from "../../src/index.ts";
import { collected, piecesOf } from "../bytes.ts";

const start =
  '<?xml version="1.0"?><BMECAT version="2005"><HEADER><CATALOG><LANGUAGE>xyz</LANGUAGE><LANGUAGE>deu</LANGUAGE></CATALOG></HEADER>';
const details = "<PRODUCT_DETAILS><DESCRIPTION_SHORT>a</DESCRIPTION_SHORT>";
const order = "<PRODUCT_ORDER_DETAILS><ORDER_UNIT>C62</ORDER_UNIT></PRODUCT_ORDER_DETAILS>";

async function warningsOf(product: string, transaction = "T_UPDATE_PRODUCTS"): Promise<readonly string[]> {
  const text = `${start}<${transaction}><PRODUCT${product}</PRODUCT></${transaction}></BMECAT>`;
  const items = await collected(readBmecat(piecesOf(text)).items);
  return items.flatMap((item) =>
    item.kind === "warning" ? [`${item.warning.code} ${item.warning.value}`.trim()] : [],
  );
}

const priced = (inner: string): string =>
  ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}</PRODUCT_DETAILS>${order}<PRODUCT_PRICE_DETAILS>${inner}</PRODUCT_PRICE_DETAILS>`;
const net = (inner: string): string => `<PRODUCT_PRICE price_type="net_customer">${inner}</PRODUCT_PRICE>`;

test.each([
  [` mode="add"><SUPPLIER_PID>A</SUPPLIER_PID>${details}</PRODUCT_DETAILS>${order}`, "mode_unknown add"],
  [
    ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}<DESCRIPTION_SHORT>b</DESCRIPTION_SHORT></PRODUCT_DETAILS>${order}`,
    "element_repeated b",
  ],
  [
    ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}<DESCRIPTION_LONG lang="xx">b</DESCRIPTION_LONG></PRODUCT_DETAILS>${order}`,
    "language_unknown xx",
  ],
  [
    ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}<EAN>4006209796857</EAN></PRODUCT_DETAILS>${order}`,
    "gtin_wrong 4006209796857",
  ],
  [
    ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}<DESCRIPTION_LONG>a\u0001b</DESCRIPTION_LONG></PRODUCT_DETAILS>${order}`,
    "character_disallowed",
  ],
  [
    ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}</PRODUCT_DETAILS>${order}<PRODUCT_FEATURES><FEATURE><FNAME>F</FNAME><FVALUE>1</FVALUE></FEATURE><FEATURE><FNAME>F</FNAME><FVALUE>2</FVALUE></FEATURE></PRODUCT_FEATURES>`,
    "feature_repeated F: 2",
  ],
  [
    ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}</PRODUCT_DETAILS>${order}<PRODUCT_LOGISTIC_DETAILS><TRANSPORT><INCOTERM>DAT</INCOTERM></TRANSPORT></PRODUCT_LOGISTIC_DETAILS>`,
    "delivery_term_unknown DAT",
  ],
  [priced(net("<PRICE_AMOUNT>5</PRICE_AMOUNT>")), "currency_missing 5"],
  [priced(`<DAILY_PRICE>true</DAILY_PRICE>${net("<PRICE_AMOUNT>5</PRICE_AMOUNT>")}`), "price_on_request 5"],
  [
    priced(
      `<VALID_START_DATE>31.31.2026</VALID_START_DATE>${net("<PRICE_AMOUNT>5</PRICE_AMOUNT><PRICE_CURRENCY>EUR</PRICE_CURRENCY>")}`,
    ),
    "date_wrong 31.31.2026",
  ],
])("%s", async (product, warning) => {
  expect(await warningsOf(product)).toEqual(["language_unknown xyz", warning]);
});

test("a transaction that nobody knows is read as an update", async () => {
  expect(
    await warningsOf(
      ` mode="new"><SUPPLIER_PID>A</SUPPLIER_PID>${details}</PRODUCT_DETAILS>${order}`,
      "T_UPDATE_STOCK",
    ),
  ).toEqual(["language_unknown xyz", "transaction_unknown T_UPDATE_STOCK"]);
});

test("an element that is never closed ends the reading before memory does", async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${start}<T_NEW_CATALOG><PRODUCT>`);
    for (;;) {
      await Promise.resolve();
      yield Buffer.from("<A/>".repeat(20_000));
    }
  }
  await expect(collected(readBmecat(endless()).items)).rejects.toMatchObject({ code: "file_too_large" });
});
