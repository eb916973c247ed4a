import {
  agreementChainOf,
  amountOf,
  approvalRoute,
  capacityOf,
  checkOrderMinimum,
  checkQuantity,
  commissionOf,
  commissionRuleFor,
  compareQuotes,
  convertAmount,
  decideApproval,
  freezeLine,
  indexPriceBook,
  lineAmounts,
  lockQuoted,
  needsPriceConsent,
  refundOf,
  resolveCart,
  splitByVendor,
  splitByWeight,
  standingDates,
} from "@kontor/catalog";
import type { BuyingEngine } from "@kontor/db";
import { currencyDecimals } from "../pricing/currency-decimals.ts";

/** Of what has none by ISO 4217, and of codes that are none: the books of such a currency are kept in hundredths. */
const unlistedDecimals = 2;

/** What the database asks of the catalogue's engine when somebody buys. */
export const buyingEngine: BuyingEngine = {
  agreementChainOf,
  amountOf,
  approvalRoute,
  capacityOf,
  checkOrderMinimum,
  checkQuantity,
  commissionOf,
  commissionRuleFor,
  compareQuotes,
  convertAmount,
  decideApproval,
  freezeLine,
  indexPriceBook,
  lineAmounts,
  lockQuoted,
  needsPriceConsent,
  refundOf,
  resolveCart,
  splitByVendor,
  splitByWeight,
  standingDates,
  exponentOf: (currency) => currencyDecimals(currency) ?? unlistedDecimals,
};
