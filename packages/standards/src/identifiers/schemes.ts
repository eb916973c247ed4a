import { checkBic } from "./bic.ts";
import type { Checked } from "./checked.ts";
import { checkAbn, checkEdrpou, checkSwissUid, checkUscc, checkVkn } from "./company-numbers.ts";
import { checkEic } from "./eic.ts";
import { checkGln, checkSscc } from "./gs1-keys.ts";
import { checkGtin } from "./gtin.ts";
import { checkIban } from "./iban.ts";
import { checkIsin } from "./isin.ts";
import { checkLei } from "./lei.ts";
import { checkVatId } from "./vat/vat-id.ts";

/** Every check by the name under which records keep such a number. */
export const identifierChecks = {
  gtin: checkGtin,
  gln: checkGln,
  sscc: checkSscc,
  vat_id: (text: string): Checked => checkVatId(text),
  lei: checkLei,
  iban: checkIban,
  bic: checkBic,
  isin: checkIsin,
  eic: checkEic,
  au_abn: checkAbn,
  ch_uid: checkSwissUid,
  cn_uscc: checkUscc,
  tr_vkn: checkVkn,
  ua_edrpou: checkEdrpou,
} as const satisfies Readonly<Record<string, (text: string) => Checked>>;

export type IdentifierScheme = keyof typeof identifierChecks;
