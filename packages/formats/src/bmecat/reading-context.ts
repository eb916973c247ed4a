import { unitCodeOf } from "@kontor/standards";
import { readAmount } from "../cells/amount.ts";
import { readNumber } from "../cells/number-text.ts";
import type { BmecatCatalogue, LocalText } from "./bmecat-item.ts";
import { bmecatUnits } from "./code-lists.ts";
import type { RecordReading, XmlElement } from "./element.ts";
import { languageTagOf } from "./languages.ts";

/** What records are read by, beside themselves. */
export type ReadingContext = {
  readonly catalogue: BmecatCatalogue;
  /** Where pictures and documents lie that have names alone. */
  readonly mimeRoot: string | null;
  /** Names of companies by their ids in the header. */
  readonly parties: ReadonlyMap<string, string>;
  /** Types of prices that are taken: those of the first that an article has. */
  readonly priceTypes: readonly string[];
};

/** The language of an element: its own, or the catalogue's. */
export function languageOf(element: XmlElement, reading: RecordReading, { catalogue }: ReadingContext): string {
  const usual = catalogue.languages[0] ?? "und";
  const written = element.attributes["lang"] ?? element.attributes["xml:lang"];
  if (written === undefined) return usual;
  const tag = languageTagOf(written);
  if (tag === null) reading.warn(element, "language_unknown", written);
  return tag ?? usual;
}

/** Texts of elements by their languages; of two in one language the first. */
export function localTexts(
  elements: readonly XmlElement[],
  reading: RecordReading,
  context: ReadingContext,
): readonly LocalText[] {
  const texts = new Map<string, string>();
  for (const element of elements) {
    if (element.value === "") continue;
    const language = languageOf(element, reading, context);
    if (texts.has(language)) reading.warn(element, "element_repeated", element.value);
    else texts.set(language, element.value);
  }
  return [...texts].map(([language, text]) => ({ language, text }));
}

/** A text of at most so many characters; what is beyond is told. */
export function cutTo(max: number, element: XmlElement, reading: RecordReading): string {
  const { value } = element;
  if (value.length <= max) return value;
  reading.warn(element, "text_cut", value);
  return value.slice(0, max);
}

/** The decimal of an element; a comma or thousands are read as well, and told. Null, and told, where it is none. */
export function decimalOf(
  element: XmlElement,
  reading: RecordReading,
  rule: "positive" | "zero_or_more",
): string | null {
  const { value } = element;
  // A point separates the fraction by the standard; a comma alone can only mean the same.
  const plain = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value);
  const written = value
    .replace(/^\+/, "")
    .replace(/^(-?)([.,])/, "$10$2")
    .replace(/\.$/, "");
  const number = readNumber(written, plain ? "." : ",");
  const amount = number.ok ? readAmount(number.value, ".", rule) : null;
  if (amount?.ok !== true) {
    reading.warn(element, "number_wrong", value);
    return null;
  }
  if (!plain) reading.warn(element, "number_rewritten", value);
  return amount.value;
}

/**
 * The code of an element's unit; another writing is told, and so is one that is not known. The standard's own codes of
 * packing units are what they were before they got an X.
 */
export function unitOfElement(element: XmlElement, reading: RecordReading): string | null {
  const { value } = element;
  const code = unitCodeOf(value);
  if (code === null) reading.warn(element, "unit_unknown", value);
  else if (code !== value && !(code === `X${value}` && bmecatUnits.has(value)))
    reading.warn(element, "unit_replaced", `${value} → ${code}`);
  return code;
}
