import type { Rounding } from "../quantities/rounding.ts";

/** The money of one document: amounts are whole numbers of its smallest unit, `10^-exponent` of the currency (ISO 4217). */
export type Money = {
  readonly currency: string;
  readonly exponent: number;
  readonly rounding: Rounding;
};

/** Smallest units in one of the currency. */
export function smallestUnits({ exponent }: Money): bigint {
  return 10n ** BigInt(exponent);
}
