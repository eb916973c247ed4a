import type { Checked } from "../checked.ts";
import { checked, withoutSeparators } from "../checked.ts";
import { bulgaria, czechia, hungary, poland, romania, slovakia } from "./eastern-europe.ts";
import {
  denmark,
  estonia,
  finland,
  ireland,
  latvia,
  lithuania,
  norway,
  sweden,
  unitedKingdom,
} from "./northern-europe.ts";
import type { VatNumberRule } from "./number-rule.ts";
import { croatia, cyprus, greece, italy, malta, portugal, slovenia, spain } from "./southern-europe.ts";
import {
  austria,
  belgium,
  france,
  germany,
  luxembourg,
  netherlands,
  oneStopShop,
  switzerland,
} from "./western-europe.ts";

/** By the prefix that the number begins with: EL is Greece, XI Northern Ireland, EU a registration for one-stop shop. */
const rules: Readonly<Record<string, VatNumberRule>> = {
  AT: austria,
  BE: belgium,
  BG: bulgaria,
  CH: switzerland,
  CY: cyprus,
  CZ: czechia,
  DE: germany,
  DK: denmark,
  EE: estonia,
  EL: greece,
  ES: spain,
  EU: oneStopShop,
  FI: finland,
  FR: france,
  GB: unitedKingdom,
  HR: croatia,
  HU: hungary,
  IE: ireland,
  IT: italy,
  LT: lithuania,
  LU: luxembourg,
  LV: latvia,
  MT: malta,
  NL: netherlands,
  NO: norway,
  PL: poland,
  PT: portugal,
  RO: romania,
  SE: sweden,
  SI: slovenia,
  SK: slovakia,
  XI: unitedKingdom,
};

/** Prefixes of the numbers that `checkVatId` judges. */
export const vatPrefixes: readonly string[] = Object.keys(rules);

/** Greece has a prefix of its own, and Monaco and the Isle of Man are taxed with a neighbour. */
const prefixByCountry: Readonly<Record<string, string>> = { GR: "EL", MC: "FR", IM: "GB" };

/**
 * A VAT identification number with its prefix, as it stands on invoices.
 *
 * Shape   the value begins with the prefix and holds no separators; Greek ones begin with EL, Swiss ones end in MWST,
 *         short forms of old (Belgium, Greece, the Netherlands) are filled up.
 * Args    `country` (ISO 3166-1 alpha-2, or a prefix) is asked where the text begins with no prefix, or with letters
 *         that only look like one, as some French numbers do.
 * Errors  `country_unknown` for prefixes that are not in `vatPrefixes`. Whether the number is registered only the
 *         country's register tells.
 */
export function checkVatId(text: string, country?: string): Checked {
  const written = withoutSeparators(text);
  const readings = [...readingsByPrefix(written), ...readingsByCountry(written, country)];
  const judged = readings.map(({ prefix, number }) => judge(prefix, number));
  return judged.find(({ ok }) => ok) ?? judged[0] ?? checked(written, "country_unknown");
}

type Reading = { readonly prefix: string; readonly number: string };

/** Forms that print the prefix before what people type, who type it as well, give it twice. */
function readingsByPrefix(written: string): Reading[] {
  const prefix = prefixOf(written.slice(0, 2));
  if (prefix === undefined) return [];
  const letters = written.startsWith("AT") ? "ATU" : written.slice(0, 2);
  const twice = written.startsWith(letters + letters) ? [written.slice(letters.length)] : [];
  return [written, ...twice].map((text) => ({ prefix, number: text.slice(2) }));
}

function readingsByCountry(written: string, country: string | undefined): Reading[] {
  const prefix = country === undefined ? undefined : prefixOf(country.toUpperCase());
  return prefix === undefined ? [] : [{ prefix, number: written }];
}

function prefixOf(letters: string): string | undefined {
  const prefix = prefixByCountry[letters] ?? letters;
  return Object.hasOwn(rules, prefix) ? prefix : undefined;
}

function judge(prefix: string, number: string): Checked {
  const rule = rules[prefix];
  if (rule === undefined) return checked(prefix + number, "country_unknown");
  const full = rule.full?.(number) ?? number;
  return checked(prefix + full, rule.fault(full));
}
