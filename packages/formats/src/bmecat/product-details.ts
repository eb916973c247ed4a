import { checkGtin } from "@kontor/standards";
import type { BuyerPartNumber, CatalogueRow, PackagedGtin, ProductText } from "../rows/catalogue-row.ts";
import type { RecordReading, XmlElement } from "./element.ts";
import type { ReadingContext } from "./reading-context.ts";
import { cutTo, decimalOf, languageOf } from "./reading-context.ts";

const nameMax = 200;
const descriptionMax = 64_000;

/** Members of a row that BMEcat's PRODUCT_DETAILS tell. */
export function detailsOf(details: XmlElement, reading: RecordReading, context: ReadingContext): Partial<CatalogueRow> {
  const gtins = gtinsOf(details, reading);
  const buyerPartNumbers = buyerNumbersOf(details);
  const leadTimeDays = leadTimeOf(details, reading);
  const condition = conditionOf(details);
  const manufacturer = manufacturerOf(details, reading, context);
  const manufacturerPartNumber = reading.textOf(details, "MANUFACTURER_PID");
  return {
    texts: textsOf(details, reading, context),
    ...(gtins.length > 0 && { gtins }),
    ...(buyerPartNumbers.length > 0 && { buyerPartNumbers }),
    ...(manufacturer !== null && { manufacturer }),
    ...(manufacturerPartNumber !== null && { manufacturerPartNumber }),
    ...(leadTimeDays !== null && { leadTimeDays }),
    ...(condition !== null && { condition }),
  };
}

function textsOf(details: XmlElement, reading: RecordReading, context: ReadingContext): readonly ProductText[] {
  const texts = new Map<string, { language: string; name?: string; description?: string; keywords?: string[] }>();
  const textIn = (language: string): { language: string; name?: string; description?: string; keywords?: string[] } => {
    const known = texts.get(language) ?? { language };
    texts.set(language, known);
    return known;
  };
  const single = (tag: string, key: "name" | "description", max: number): void => {
    for (const element of details.all(tag)) {
      if (element.value === "") continue;
      const text = textIn(languageOf(element, reading, context));
      if (text[key] === undefined) text[key] = cutTo(max, element, reading);
      else reading.warn(element, "element_repeated", element.value);
    }
  };
  single("DESCRIPTION_SHORT", "name", nameMax);
  single("DESCRIPTION_LONG", "description", descriptionMax);
  for (const element of details.all("KEYWORD")) {
    if (element.value === "") continue;
    const text = textIn(languageOf(element, reading, context));
    text.keywords ??= [];
    if (!text.keywords.includes(element.value)) text.keywords.push(element.value);
  }
  if (![...texts.values()].some(({ name }) => name !== undefined))
    reading.warn(details, "element_missing", "DESCRIPTION_SHORT");
  return [...texts.values()];
}

function gtinsOf(details: XmlElement, reading: RecordReading): readonly PackagedGtin[] {
  const numbers = details.children.filter(({ name, attributes }) => {
    return (
      name === "EAN" ||
      (name === "INTERNATIONAL_PID" && ["ean", "gtin", "upc", undefined].includes(attributes["type"]?.toLowerCase()))
    );
  });
  const found = new Set<string>();
  for (const element of numbers) {
    element.taken = true;
    if (element.value === "") continue;
    const checked = checkGtin(element.value);
    if (checked.ok) found.add(checked.value);
    else reading.warn(element, "gtin_wrong", element.value);
  }
  return [...found].map((gtin) => ({ gtin, unit: null }));
}

function buyerNumbersOf(details: XmlElement): readonly BuyerPartNumber[] {
  return details.all("BUYER_PID").flatMap((element) => {
    return element.value === "" ? [] : [{ buyer: element.attributes["type"] ?? null, partNumber: element.value }];
  });
}

function manufacturerOf(details: XmlElement, reading: RecordReading, { parties }: ReadingContext): string | null {
  const named = reading.textOf(details, "MANUFACTURER_NAME");
  if (named !== null) return named;
  const id = reading.textOf(details, "MANUFACTURER_IDREF");
  return id === null ? null : (parties.get(id) ?? id);
}

/** Whole days; what is between two is the later one. */
function leadTimeOf(details: XmlElement, reading: RecordReading): number | null {
  const element = reading.one(details, "DELIVERY_TIME");
  if (element === null || element.value === "") return null;
  const days = decimalOf(element, reading, "zero_or_more");
  if (days === null) return null;
  if (days.includes(".")) reading.warn(element, "number_rewritten", element.value);
  const whole = Math.ceil(Number(days));
  if (whole <= 3_650) return whole;
  reading.warn(element, "number_wrong", element.value);
  return null;
}

/** Other statuses praise the article; they are told as not taken. */
function conditionOf(details: XmlElement): NonNullable<CatalogueRow["condition"]> | null {
  for (const element of details.children) {
    if (element.name !== "PRODUCT_STATUS") continue;
    const type = element.attributes["type"];
    if (type !== "new" && type !== "used" && type !== "refurbished") continue;
    element.taken = true;
    return type;
  }
  return null;
}
