import type { CodeLists } from "@kontor/catalog";
import {
  checkLadder,
  clonedShare,
  compareProducts,
  indexPriceBook,
  pairVariants,
  partNumberKey,
  rowKey,
} from "@kontor/catalog";
import type { CatalogRules, LadderCheck } from "@kontor/db";
import { checkGtin, gtinFacts, ratioBetween, unitCodeOf, unitOf } from "@kontor/standards";

/* What an import asks of the catalogue's engine: the same as is asked when somebody writes by hand. */

export const codeLists: CodeLists = {
  isUnit: (code) => unitOf(code)?.status === "active",
  unitMeant: unitCodeOf,
  unitRatio: ratioBetween,
  checkGtin,
};

export const isUniqueGtin = (gtin: string): boolean => {
  const { inHouse, coupon } = gtinFacts(gtin);
  return !(inHouse || coupon);
};

export const catalogRules: CatalogRules = {
  keyOf: partNumberKey,
  compare: (found, other) => compareProducts(found, other, ratioBetween),
  pair: pairVariants,
  isUniqueGtin,
  rowKey,
  clonedShare,
};

/** Prices of rungs are compared as they stand: net with net, gross with gross. */
const taxPercent = 0n;

export const ladderRule: LadderCheck = ({ listId, offerId, records, from }) =>
  checkLadder(listId, { offerId, book: indexPriceBook(records), from, taxPercent });
