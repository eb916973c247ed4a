import type * as catalog from "@kontor/catalog";

/** The rules of the catalogue's engine that buying asks: given by whoever may run it, so that the database need not. */
export type BuyingEngine = Pick<
  typeof catalog,
  | "agreementChainOf"
  | "amountOf"
  | "approvalRoute"
  | "capacityOf"
  | "checkOrderMinimum"
  | "checkQuantity"
  | "commissionOf"
  | "commissionRuleFor"
  | "compareQuotes"
  | "convertAmount"
  | "decideApproval"
  | "freezeLine"
  | "indexPriceBook"
  | "lineAmounts"
  | "lockQuoted"
  | "needsPriceConsent"
  | "refundOf"
  | "resolveCart"
  | "splitByVendor"
  | "splitByWeight"
  | "standingDates"
> & {
  /** Decimal places of a currency by ISO 4217. */
  readonly exponentOf: (currency: string) => number;
};
