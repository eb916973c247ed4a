import type * as catalog from "@kontor/catalog";

/** The rules of the catalogue's engine that buying asks: given by whoever may run it, so that the database need not. */
export type BuyingEngine = Pick<
  typeof catalog,
  | "agreementChainOf"
  | "amountOf"
  | "approvalRoute"
  | "budgetKept"
  | "capacityOf"
  | "chargesTaxOf"
  | "checkOrderMinimum"
  | "checkQuantity"
  | "commissionOf"
  | "commissionOn"
  | "commissionRuleFor"
  | "compareQuotes"
  | "convertAmount"
  | "creditOf"
  | "decideApproval"
  | "dueOf"
  | "freezeLine"
  | "fulfilmentOf"
  | "indexPriceBook"
  | "lineAmounts"
  | "lockQuoted"
  | "needsPriceConsent"
  | "openOf"
  | "paidForOf"
  | "progressAfter"
  | "refundOf"
  | "resolveCart"
  | "returnableOf"
  | "settlementOf"
  | "splitByVendor"
  | "splitByWeight"
  | "standingDates"
> & {
  /** Decimal places of a currency by ISO 4217. */
  readonly exponentOf: (currency: string) => number;
};
