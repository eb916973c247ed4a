import { currencyOf } from "@kontor/standards";
import { checkAmount } from "../cells/amount.ts";
import { compare } from "../mapping/finish-row.ts";
import type { PriceRung } from "../rows/catalogue-row.ts";
import { rungKey } from "../rows/row-hash.ts";
import { bmecatDate } from "./bmecat-date.ts";
import { productOf } from "./decimal-product.ts";
import type { RecordReading, XmlElement } from "./element.ts";
import type { ReadingContext } from "./reading-context.ts";
import { decimalOf } from "./reading-context.ts";

type Priced = { readonly price: XmlElement; readonly validFrom?: string; readonly validUntil?: string };

/**
 * Rungs of an article's prices. Of the types of prices that an article has, those of the first in the context's list are
 * taken and the others told with their amounts: list prices beside net prices are no rungs of one ladder.
 *
 * Args    `base` the quantity that prices are for; null where the record does not tell it.
 */
export function pricesOf(
  product: XmlElement,
  base: string | null,
  { reading, context }: PriceReading,
): readonly PriceRung[] {
  const priced = product.all("PRODUCT_PRICE_DETAILS").flatMap((details) => pricesIn(details, reading));
  const types = new Set(priced.map(({ price }) => price.attributes["price_type"] ?? ""));
  const used = context.priceTypes.find((type) => types.has(type));
  const rungs = new Map<string, PriceRung>();
  for (const { price, ...period } of priced) {
    price.taken = true;
    const type = price.attributes["price_type"] ?? "";
    if (type === "on_request") continue;
    if (type !== used) {
      tellUnusedPrice(price, type, reading);
      continue;
    }
    const rung = rungOf(price, reading, context);
    if (rung === null) continue;
    const whole = { ...rung, ...(base !== null && { baseQuantity: base }), ...period };
    const key = rungKey(whole);
    if (rungs.has(key)) reading.warn(price, "price_repeated", `${rung.amount} ${rung.currency}`);
    else rungs.set(key, whole);
  }
  return withoutRises([...rungs.values()], product, reading);
}

export type PriceReading = { readonly reading: RecordReading; readonly context: ReadingContext };

function pricesIn(details: XmlElement, reading: RecordReading): readonly Priced[] {
  const period = {
    ...dated("validFrom", dateElement(details, "VALID_START_DATE", reading), reading),
    ...dated("validUntil", dateElement(details, "VALID_END_DATE", reading), reading),
  };
  const prices = details.all("PRODUCT_PRICE");
  const daily = reading.one(details, "DAILY_PRICE");
  if (daily?.value.toLowerCase() !== "true") return prices.map((price) => ({ price, ...period }));
  for (const price of prices) {
    reading.warn(price, "price_on_request", price.children.map(({ value }) => value).join(" "));
    for (const child of price.children) child.taken = true;
  }
  return [];
}

/** The date in the way of 2005, or in that of 1.2. */
function dateElement(details: XmlElement, name: string, reading: RecordReading): XmlElement | null {
  const own = reading.one(details, name);
  if (own !== null) return own;
  const typed = details.children.find(
    (child) => child.name === "DATETIME" && child.attributes["type"] === name.toLowerCase(),
  );
  if (typed !== undefined) typed.taken = true;
  return typed ?? null;
}

function dated<Key extends "validFrom" | "validUntil">(
  key: Key,
  element: XmlElement | null,
  reading: RecordReading,
): { readonly [K in Key]?: string } {
  if (element === null) return {};
  for (const child of element.children) child.taken = true;
  const written = element.children.length === 0 ? element.value : element.children.map(({ value }) => value).join(" ");
  const date = bmecatDate(element);
  if (date === null && written.trim() !== "") reading.warn(element, "date_wrong", written);
  return date === null ? {} : ({ [key]: date } as { readonly [K in Key]: string });
}

function tellUnusedPrice(price: XmlElement, type: string, reading: RecordReading): void {
  const parts = ["PRICE_AMOUNT", "PRICE_CURRENCY", "LOWER_BOUND"].flatMap((name) =>
    price.all(name).map(({ value }) => value),
  );
  reading.warn(price, "price_type_unused", [type, ...parts].join(" "));
  for (const child of price.children) child.taken = true;
}

function rungOf(price: XmlElement, reading: RecordReading, { catalogue }: ReadingContext): PriceRung | null {
  const amountElement = reading.one(price, "PRICE_AMOUNT");
  const currencyElement = reading.one(price, "PRICE_CURRENCY");
  const boundElement = reading.one(price, "LOWER_BOUND");
  const factorElement = reading.one(price, "PRICE_FACTOR");
  if (amountElement === null) {
    reading.warn(price, "element_missing", "PRICE_AMOUNT");
    return null;
  }
  const currency = currencyElement?.value.toUpperCase() || catalogue.currency;
  const written = decimalOf(amountElement, reading, "zero_or_more");
  const minQuantity =
    boundElement === null || boundElement.value === "" ? "1" : decimalOf(boundElement, reading, "positive");
  const factor =
    factorElement === null || factorElement.value === "" ? "1" : decimalOf(factorElement, reading, "positive");
  if (written === null || minQuantity === null || factor === null) return null;
  if (currency === null) {
    reading.warn(price, "currency_missing", written);
    return null;
  }
  const known = currencyOf(currency);
  if (known === null || known.decimals === null || known.withdrawn !== null) {
    reading.warn(currencyElement ?? price, "currency_wrong", `${written} ${currency}`);
    return null;
  }
  const amount = checkAmount(productOf(written, factor), "zero_or_more");
  if (!amount.ok) {
    reading.warn(factorElement ?? amountElement, "number_wrong", `${written} × ${factor}`);
    return null;
  }
  if (factorElement !== null && factor !== "1")
    reading.warn(factorElement, "price_factor_applied", `${written} × ${factor} = ${amount.value}`);
  return { currency, minQuantity, amount: amount.value };
}

/** Rungs at which more costs more per unit could not be stored: they are told and left out. */
function withoutRises(rungs: readonly PriceRung[], product: XmlElement, reading: RecordReading): readonly PriceRung[] {
  const ladders = Map.groupBy(
    rungs,
    ({ currency, validFrom = "", validUntil = "" }) => `${currency} ${validFrom} ${validUntil}`,
  );
  return [...ladders.values()].flatMap((ladder) => {
    const kept: PriceRung[] = [];
    for (const rung of ladder.toSorted((a, b) => compare(a.minQuantity, b.minQuantity))) {
      const before = kept.at(-1);
      if (before === undefined || compare(rung.amount ?? "0", before.amount ?? "0") <= 0) kept.push(rung);
      else reading.warn(product, "price_ladder_rises", `${rung.amount} ${rung.currency} from ${rung.minQuantity}`);
    }
    return kept;
  });
}
