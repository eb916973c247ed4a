import { checkGtin, gtinFacts } from "./identifiers/gtin.ts";
import { ratioBetween } from "./units/conversion.ts";
import { unitOf } from "./units/unit.ts";
import { unitCodeOf } from "./units/unit-code.ts";

/** What catalogues ask of the lists, as the catalogue's engine asks it. */
export const codeLists = {
  isUnit: (code: string): boolean => unitOf(code)?.status === "active",
  unitMeant: unitCodeOf,
  unitRatio: ratioBetween,
  checkGtin,
  isUniqueGtin: (gtin14: string): boolean => {
    const { inHouse, coupon } = gtinFacts(gtin14);
    return !(inHouse || coupon);
  },
};
