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
 * Args    `country` (ISO 3166-1 alpha-2, or a prefix) is asked where the text begins with none.
 * Errors  `country_unknown` for prefixes that are not in `vatPrefixes`. Whether the number is registered only the
 *         country's register tells.
 */
export function checkVatId(text: string, country?: string): Checked {
  const written = withoutSeparators(text);
  const hinted = country?.toUpperCase();
  const own = prefixOf(written.slice(0, 2));
  const prefix = own ?? (hinted === undefined ? undefined : prefixOf(hinted));
  const rule = prefix === undefined ? undefined : rules[prefix];
  if (prefix === undefined || rule === undefined) return checked(written, "country_unknown");
  const judged = judge(prefix, rule, own === undefined ? written : written.slice(2));
  if (judged.ok || own === undefined) return judged;
  return withoutRepeatedPrefix(written, rule) ?? judged;
}

function prefixOf(letters: string): string | undefined {
  const prefix = prefixByCountry[letters] ?? letters;
  return Object.hasOwn(rules, prefix) ? prefix : undefined;
}

function judge(prefix: string, rule: VatNumberRule, number: string): Checked {
  const full = rule.full?.(number) ?? number;
  return checked(prefix + full, rule.fault(full));
}

/** Forms that print the prefix before what people type, who type it as well, give it twice. */
function withoutRepeatedPrefix(written: string, rule: VatNumberRule): Checked | undefined {
  const letters = written.startsWith("AT") ? "ATU" : written.slice(0, 2);
  if (!written.startsWith(letters + letters)) return undefined;
  const rest = judge(prefixOf(letters.slice(0, 2)) ?? "", rule, written.slice(letters.length + 2));
  return rest.ok ? rest : undefined;
}
