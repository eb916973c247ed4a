import type { CatalogueFile, CatalogueRow, ClassCode, PriceRung, ProductText } from "../rows/catalogue-row.ts";
import { bmecatCurrencies } from "./code-lists.ts";
import type { ExportReport } from "./export-problem.ts";
import { fits } from "./export-problem.ts";
import { languageCodeOf } from "./languages.ts";
import { writtenUnit } from "./written-unit.ts";
import { branch, cleanText, leaf } from "./xml-text.ts";

/** What the schema's patterns call word characters: no punctuation, and so no underscore. */
const nameOnly = /^[^\p{P}\p{Z}\p{C}]+$/u;
const schemeName = /^(?:[^\p{P}\p{Z}\p{C}]|[.-])+$/u;

/** A row as PRODUCT of T_NEW_CATALOG; null, and told, where it lacks what the standard demands. */
export function productXml(row: CatalogueRow, report: ExportReport): string | null {
  const partNumber = report.fitting(row.partNumber, 32, "partNumber");
  const named =
    row.texts?.filter(
      ({ name, language }) => name != null && cleanText(name) !== "" && languageCodeOf(language) !== null,
    ) ?? [];
  const orderUnit = row.orderUnit === undefined ? null : writtenUnit(row.orderUnit, "orderUnit", report);
  if (row.mode === "withdraw" || partNumber === null || named.length === 0 || orderUnit === null) {
    const lacking = orderUnit === null ? "orderUnit" : "texts";
    report.tell("row_left_out", row.mode === "withdraw" ? "mode" : lacking, row.partNumber);
    return null;
  }
  tellMembersWithoutPlace(row, report);
  return branch(
    "PRODUCT",
    [
      leaf("SUPPLIER_PID", partNumber),
      detailsXml(row, report),
      ...classesXml(row.classes ?? [], report),
      attributesXml(row, report),
      orderXml(row, orderUnit, report),
      ...pricesXml(row.prices ?? [], report),
      filesXml(row.files ?? [], report),
      deliveryXml(row, report),
    ],
    { mode: "new" },
  );
}

/** Members for which the standard has no element. */
function tellMembersWithoutPlace(row: CatalogueRow, report: ExportReport): void {
  for (const member of ["brand", "stock", "validFrom", "validUntil"] as const) {
    const value = row[member];
    if (value != null) report.tell("member_not_in_format", member, value);
  }
  for (const { gtin, unit } of row.gtins ?? [])
    if (unit !== null) report.tell("member_not_in_format", "gtins", `${gtin} ${unit}`);
}

function detailsXml(row: CatalogueRow, report: ExportReport): string {
  const texts = (row.texts ?? []).flatMap((text) => {
    const lang = languageCodeOf(text.language);
    if (lang === null) report.tell("value_left_out", "texts", text.language);
    return lang === null ? [] : [{ ...text, lang }];
  });
  const buyerNumbers = (row.buyerPartNumbers ?? []).map(({ buyer, partNumber }) => {
    const type = buyer !== null && nameOnly.test(buyer) && fits(buyer, 50) ? { type: buyer } : {};
    if (buyer !== null && !("type" in type)) report.tell("value_left_out", "buyerPartNumbers", buyer);
    return leaf("BUYER_PID", report.fitting(partNumber, 50, "buyerPartNumbers"), type);
  });
  return branch("PRODUCT_DETAILS", [
    ...texts.map(({ lang, name }) => leaf("DESCRIPTION_SHORT", name && report.cut(name, 150, "name"), { lang })),
    ...texts.map(({ lang, description }) =>
      leaf("DESCRIPTION_LONG", description && report.cut(description, 64_000, "description"), { lang }),
    ),
    ...(row.gtins ?? [])
      .filter(({ unit }) => unit === null)
      .map(({ gtin }) => leaf("INTERNATIONAL_PID", gtin, { type: "gtin" })),
    ...buyerNumbers,
    leaf(
      "MANUFACTURER_PID",
      row.manufacturerPartNumber && report.fitting(row.manufacturerPartNumber, 50, "manufacturerPartNumber"),
    ),
    leaf("MANUFACTURER_NAME", row.manufacturer && report.cut(row.manufacturer, 50, "manufacturer")),
    leaf("DELIVERY_TIME", row.leadTimeDays?.toString()),
    ...texts.flatMap(({ lang, keywords = [] }: ProductText & { readonly lang: string }) =>
      keywords.map((word) => leaf("KEYWORD", report.fitting(word, 50, "keywords"), { lang })),
    ),
    leaf("PRODUCT_STATUS", row.condition, { type: row.condition ?? "" }),
  ]);
}

function classesXml(classes: readonly ClassCode[], report: ExportReport): readonly string[] {
  return classes.map(({ scheme, code }) => {
    const known = schemeName.test(scheme) && fits(scheme, 80) && fits(code, 60);
    if (!known) report.tell("value_left_out", "classes", `${scheme} ${code}`);
    const parts = [leaf("REFERENCE_FEATURE_SYSTEM_NAME", scheme), leaf("REFERENCE_FEATURE_GROUP_ID", code)];
    return known ? branch("PRODUCT_FEATURES", parts) : "";
  });
}

function attributesXml({ attributes = [] }: CatalogueRow, report: ExportReport): string {
  const features = attributes.map(({ name, values, unit, unitText }) => {
    const member = `attributes ${name}`;
    const named = leaf("FNAME", report.cut(name, 60, member));
    const valued = values.map((value) => leaf("FVALUE", report.cut(value, 60, member))).join("");
    if (valued === "") return "";
    if (named === "") {
      report.tell("value_left_out", member, values.join(" "));
      return "";
    }
    const unitWritten = unit ?? unitText;
    const measured = leaf("FUNIT", unitWritten && report.fitting(unitWritten, 20, member));
    return branch("FEATURE", [named, valued, measured]);
  });
  return branch("PRODUCT_FEATURES", features);
}

function orderXml(row: CatalogueRow, orderUnit: string, report: ExportReport): string {
  const contentUnit = row.content == null ? null : writtenUnit(row.content.unit, "content", report);
  const count = row.content?.ratio.den === "1" ? row.content.ratio.num : null;
  if (row.content != null && count === null)
    report.tell("value_left_out", "content", `${row.content.ratio.num}/${row.content.ratio.den}`);
  const told = contentUnit !== null && count !== null;
  return branch("PRODUCT_ORDER_DETAILS", [
    leaf("ORDER_UNIT", orderUnit),
    leaf("CONTENT_UNIT", told ? contentUnit : null),
    leaf("NO_CU_PER_OU", told ? count : null),
    leaf("PRICE_QUANTITY", baseOf(row.prices ?? [])),
    leaf("QUANTITY_MIN", row.minQuantity),
    leaf("QUANTITY_INTERVAL", row.multiple),
    leaf("QUANTITY_MAX", row.maxQuantity),
  ]);
}

/** The quantity that prices are for; BMEcat has one for all of an article. */
function baseOf(prices: readonly PriceRung[]): string {
  return prices.find(({ amount }) => amount !== null)?.baseQuantity ?? "1";
}

function pricesXml(prices: readonly PriceRung[], report: ExportReport): readonly string[] {
  const base = baseOf(prices);
  const usable = prices.filter((rung) => {
    const hasPlace = bmecatCurrencies.has(rung.currency) && (rung.baseQuantity ?? "1") === base;
    if (rung.amount !== null && !hasPlace)
      report.tell("value_left_out", "prices", `${rung.amount} ${rung.currency} for ${rung.baseQuantity ?? "1"}`);
    return rung.amount !== null && hasPlace;
  });
  if (usable.length === 0)
    return ['<PRODUCT_PRICE_DETAILS><PRODUCT_PRICE price_type="on_request"/></PRODUCT_PRICE_DETAILS>'];
  const byPeriod = Map.groupBy(usable, ({ validFrom = "", validUntil = "" }) => `${validFrom} ${validUntil}`);
  return [...byPeriod.values()].map((rungs) =>
    branch("PRODUCT_PRICE_DETAILS", [
      leaf("VALID_START_DATE", rungs[0]?.validFrom),
      leaf("VALID_END_DATE", rungs[0]?.validUntil),
      ...rungs.map(({ amount, currency, minQuantity }) => {
        const parts = [
          leaf("PRICE_AMOUNT", amount),
          leaf("PRICE_CURRENCY", currency),
          leaf("LOWER_BOUND", minQuantity),
        ];
        return branch("PRODUCT_PRICE", parts, { price_type: "net_customer" });
      }),
    ]),
  );
}

const mediaTypes = /^(application\/pdf|application\/xml|image\/gif|image\/jpeg|text\/html|text\/plain|url)$/;

function filesXml(files: readonly CatalogueFile[], report: ExportReport): string {
  const mimes = files.map(({ kind, address, title, mediaType }) => {
    const source = report.fitting(address, 255, "files");
    if (source === null) return "";
    const isKnown = mediaType !== undefined && mediaTypes.test(mediaType);
    if (mediaType !== undefined && !isKnown) report.tell("value_left_out", "files", mediaType);
    if (kind === "certificate" || kind === "manual") report.tell("value_left_out", "files", kind);
    return branch("MIME", [
      leaf("MIME_TYPE", isKnown ? mediaType : null),
      leaf("MIME_SOURCE", source),
      leaf("MIME_DESCR", title && report.cut(title, 250, "files")),
      leaf("MIME_PURPOSE", purposeOf(kind)),
    ]);
  });
  return branch("MIME_INFO", mimes);
}

function purposeOf(kind: CatalogueFile["kind"]): string {
  if (kind === "picture") return "normal";
  return kind === "data_sheet" || kind === "safety_data_sheet" ? kind : "others";
}

function deliveryXml({ deliveryTerm }: CatalogueRow, report: ExportReport): string {
  if (deliveryTerm == null) return "";
  const place = deliveryTerm.place && report.cut(deliveryTerm.place, 250, "deliveryTerm");
  return branch("PRODUCT_LOGISTIC_DETAILS", [
    branch("TRANSPORT", [leaf("INCOTERM", deliveryTerm.term), leaf("LOCATION", place)]),
  ]);
}
