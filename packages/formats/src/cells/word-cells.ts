import { currencyOf, incoterms, isIncoterm } from "@kontor/standards";
import type { CatalogueRow, RatioText } from "../rows/catalogue-row.ts";
import type { DecimalMark } from "../table/table.ts";
import type { CellReading } from "./cell.ts";
import { read, wrong } from "./cell.ts";
import { readNumber } from "./number-text.ts";

const currencyWords: Readonly<Record<string, string>> = { "€": "EUR", EURO: "EUR", "£": "GBP", SFR: "CHF", ZŁ: "PLN" };

/** A currency in force, by its code, or by a sign that only one has. */
export function readCurrency(text: string): CellReading<string> {
  const written = text.trim().toUpperCase();
  const code = currencyWords[written] ?? written;
  const currency = currencyOf(code);
  if (currency === null || currency.decimals === null)
    return wrong("currency_unknown", "Write its code of three letters, such as EUR.");
  if (currency.withdrawn !== null)
    return wrong(
      "currency_withdrawn",
      `${code} ended in ${currency.withdrawn}: write the currency that is paid in now.`,
    );
  return read(code);
}

type Condition = NonNullable<CatalogueRow["condition"]>;

const conditionWords: Readonly<Record<Condition, string>> = {
  new: "new neu neuware nuevo neuf nowy n",
  refurbished:
    "refurbished refurb renewed reconditioned generalüberholt überholt aufbereitet reacondicionado reconditionné",
  used: "used gebraucht second-hand secondhand usado occasion używany u",
};

export function readCondition(text: string): CellReading<Condition> {
  const word = text.trim().toLowerCase();
  const found = (Object.keys(conditionWords) as Condition[]).find((condition) =>
    conditionWords[condition].split(" ").includes(word),
  );
  return found === undefined ? wrong("condition_unknown", "Write new, refurbished or used.") : read(found);
}

/** A rule and the place behind it: `DAP Hamburg`. */
export function readDeliveryTerm(text: string): CellReading<{ readonly term: string; readonly place: string | null }> {
  const [, code = "", place = ""] = /^([A-Za-z]{3})(?:[\s,(-]+(.*?))?\)?$/s.exec(text.trim()) ?? [];
  const term = code.toUpperCase();
  if (isIncoterm(term)) return read({ term, place: place.trim() === "" ? null : place.trim() });
  const hint =
    term === "DAT" ? "DAT became DPU in 2020: write DPU." : `Write one of ${Object.keys(incoterms).join(", ")}.`;
  return wrong("delivery_term_unknown", hint);
}

/** How much of one in another: `6`, `0,5`, `1/3`; above zero. */
export function readRatio(text: string, mark: DecimalMark | null): CellReading<RatioText> {
  const [over = "", under, more] = text.split("/");
  const [top, bottom] = [readNumber(over, mark), readNumber(under ?? "1", mark)];
  if (!top.ok && under === undefined) return wrong(top.code, top.hint);
  if (!top.ok || !bottom.ok || more !== undefined)
    return wrong("ratio_malformed", "Write a number such as 6 or 0.5, or a fraction such as 1/3.");
  const ratio = ratioOf(top.value, bottom.value);
  return ratio === null ? wrong("number_not_positive", "Write a number above 0.") : read(ratio);
}

/** The reduced fraction of two canonical decimals; null unless both are above zero. */
export function ratioOf(over: string, under: string): RatioText | null {
  const places = Math.max(placesOf(over), placesOf(under));
  const [num, den] = [scaled(over, places), scaled(under, places)];
  if (num <= 0n || den <= 0n) return null;
  let [a, b] = [num, den];
  while (b !== 0n) [a, b] = [b, a % b];
  return { num: (num / a).toString(), den: (den / a).toString() };
}

function placesOf(decimal: string): number {
  return decimal.split(".")[1]?.length ?? 0;
}

function scaled(decimal: string, places: number): bigint {
  const [whole = "", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}

/** Addresses of files, several with blanks, semicolons or bars between them. */
export function readAddresses(text: string): CellReading<readonly string[]> {
  const addresses = text.split(/[\s;|]+|,(?=https?:)/).filter((each) => each !== "");
  const bad = addresses.find((each) => !/^https?:\/\/[^/\s]+\.?[^\s]*$/i.test(each) || !URL.canParse(each));
  return bad === undefined
    ? read(addresses)
    : wrong("address_malformed", "Write whole addresses, beginning with https://.");
}
