import { columnsOf } from "../shipped-lines.ts";
import iso4217 from "./iso4217.json" with { type: "json" };

export type Currency = {
  /** ISO 4217 alphabetic code. */
  readonly code: string;
  /** Numeric code as text, with leading zeros; empty where none was given. */
  readonly number: string;
  readonly name: string;
  /** Decimal places of the smallest amount: JPY 0, EUR 2, KWD 3. Null for gold and the like, and where nobody tells. */
  readonly decimals: number | null;
  /** Year and month, or year alone, since which the code is no longer in force; null while it is. */
  readonly withdrawn: string | null;
};

/** Decimal places of withdrawn currencies, which the list of those no longer tells, as they were in force. */
const formerDecimals: Readonly<Record<number, string>> = {
  0: "ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE TPE TRL",
  2: `AFA ANG ATS AYM AZM BGL BGN CSD CUC CYP DEM EEK FIM FRF GHC GWP HRK IEP LTL LVL MRO MTL MZM NLG ROL RUR SDD SIT
    SKK SLL SRG STD TMM VEB VEF YUM ZMK ZWD ZWL ZWN ZWR`,
};

function formerDecimalsOf(code: string): number | null {
  const found = Object.entries(formerDecimals).find(([, codes]) => codes.split(/\s+/).includes(code));
  return found === undefined ? null : Number(found[0]);
}

let byCode: ReadonlyMap<string, Currency> | undefined;

/** Every currency, in force or withdrawn, by its alphabetic code; read when it is first asked for. */
export function currenciesByCode(): ReadonlyMap<string, Currency> {
  byCode ??= new Map(
    columnsOf(iso4217).map(([code = "", number = "", decimals = "", withdrawn = "", name = ""]) => {
      const told = decimals === "" ? formerDecimalsOf(code) : Number(decimals);
      const ended = withdrawn === "" ? null : withdrawn;
      return [code, { code, number, name, decimals: told, withdrawn: ended }] as const;
    }),
  );
  return byCode;
}

/** The currency of a code in capitals, or null. */
export function currencyOf(code: string): Currency | null {
  return currenciesByCode().get(code) ?? null;
}

/**
 * Whether amounts may be told in a currency on a day: it is on the list, has decimals, and was not yet withdrawn.
 *
 * Args    `day` as `YYYY-MM-DD`. The month of withdrawal no longer counts. Since when a code is in force the list does
 *         not tell.
 */
export function isCurrencyInForce(code: string, day: string): boolean {
  const currency = currencyOf(code);
  if (currency === null || currency.decimals === null) return false;
  return currency.withdrawn === null || day.slice(0, currency.withdrawn.length) < currency.withdrawn;
}
