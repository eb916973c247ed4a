import { currencyOf } from "@kontor/standards";

/** Decimal places of amounts in a currency (ISO 4217); null where there is no such currency, or it has none. */
export function currencyDecimals(currency: string): number | null {
  return currencyOf(currency)?.decimals ?? null;
}
