export { approvalRoute } from "./approval/approval-route.ts";
export type {
  AmountLimit,
  ApprovalCondition,
  ApprovalRule,
  ApprovalTier,
  Decider,
  ExchangeRate,
  OrderToApprove,
  RouteTier,
  RuleName,
} from "./approval/approval-rule.ts";
export type { GivenApproval, PendingApproval } from "./approval/decide-approval.ts";
export { decideApproval } from "./approval/decide-approval.ts";
export { convertAmount } from "./approval/exchange.ts";
export type { Delegation, Person } from "./approval/tier-approvals.ts";
export { capacityOf } from "./approval/tier-approvals.ts";
export { catalogueRules } from "./matching/catalogue-rules.ts";
export type { CatalogueRow } from "./matching/cloned-catalogues.ts";
export { clonedShare, rowKey } from "./matching/cloned-catalogues.ts";
export type { MatchVerdict } from "./matching/compare-products.ts";
export { compareProducts } from "./matching/compare-products.ts";
export type { MatchProduct } from "./matching/match-product.ts";
export { pairVariants } from "./matching/pair-variants.ts";
export { partNumberKey } from "./matching/part-number-key.ts";
export type { OfferQuantities } from "./offers/check-terms.ts";
export { checkOfferTerms } from "./offers/check-terms.ts";
export type { CartLine } from "./orders/cart-lines.ts";
export { withLine } from "./orders/cart-lines.ts";
export { chargesTaxOf } from "./orders/charges-tax.ts";
export type { Commission, CommissionRule } from "./orders/commission.ts";
export { commissionOf, commissionOn, commissionRuleFor } from "./orders/commission.ts";
export { budgetKept, creditOf, dueOf, settlementOf } from "./orders/credit.ts";
export type { DocumentTotals, TaxCategory, TaxProfile } from "./orders/document-totals.ts";
export { totalsOf } from "./orders/document-totals.ts";
export type { FrozenLine, SeenPrice } from "./orders/freeze-line.ts";
export { freezeLine, weighLine } from "./orders/freeze-line.ts";
export { splitByWeight } from "./orders/largest-remainder.ts";
export type { LineAmounts } from "./orders/line-amounts.ts";
export { amountOf, lineAmounts, netUnitPrice } from "./orders/line-amounts.ts";
export type { Fulfilment, LineProgress, ProgressStep } from "./orders/line-progress.ts";
export { fulfilmentOf, openOf, paidForOf, progressAfter, returnableOf, underwayOf } from "./orders/line-progress.ts";
export type { Money } from "./orders/money.ts";
export { splitDiscount } from "./orders/order-discount.ts";
export type { OrderMinimum } from "./orders/order-minimum.ts";
export { checkOrderMinimum } from "./orders/order-minimum.ts";
export { refundOf } from "./orders/refund.ts";
export { splitByVendor } from "./orders/vendor-orders.ts";
export type { AgreementRecord } from "./prices/agreement-chain.ts";
export { agreementChainOf, buyerNodeOf } from "./prices/agreement-chain.ts";
export type { OfferPrice } from "./prices/cheapest-price.ts";
export { cheapestOf, netPerBaseUnit } from "./prices/cheapest-price.ts";
export { indexPriceBook } from "./prices/index-price-book.ts";
export type { Period } from "./prices/period.ts";
export { periodOfLocalDates } from "./prices/period.ts";
export type { PriceBook, PricedOffer, PriceList, PriceRecords, PriceRow } from "./prices/price-book.ts";
export type { LadderQuestion } from "./prices/price-ladder.ts";
export { checkLadder, checkOfferLadders, checkStoredLadder } from "./prices/price-ladder.ts";
export type { AgreementLink, BuyerContext, LockedPrice, PriceQuestion } from "./prices/price-question.ts";
export type { QuotedLine } from "./prices/quoted-price.ts";
export { lockQuoted } from "./prices/quoted-price.ts";
export type { Priced, PriceResolution, TraceEntry } from "./prices/resolution.ts";
export type { PricedLine } from "./prices/resolve-cart.ts";
export { resolveCart } from "./prices/resolve-cart.ts";
export { resolvePrice } from "./prices/resolve-price.ts";
export type { DefinedAttribute } from "./products/check-attributes.ts";
export { checkAttributes, missingAttributes, partingFault } from "./products/check-attributes.ts";
export { checkUnit } from "./products/check-unit.ts";
export type { VariantMeasures } from "./products/check-variant.ts";
export { checkVariant } from "./products/check-variant.ts";
export type { CodeLists } from "./products/code-lists.ts";
export type { Judged, MemberFault } from "./products/told-faults.ts";
export type { AppliedPromotion, Promotion } from "./promotions/promotion.ts";
export { promotionCosts } from "./promotions/promotion-costs.ts";
export { checkQuantity } from "./quantities/check-quantity.ts";
export { priceText, quantityText } from "./quantities/exact-text.ts";
export type { AgentOverride } from "./quantities/override.ts";
export { judge } from "./quantities/override.ts";
export type { QuantityTerms } from "./quantities/quantity-terms.ts";
export { effectiveTerms } from "./quantities/quantity-terms.ts";
export type { Rounding } from "./quantities/rounding.ts";
export { roundRatio } from "./quantities/rounding.ts";
export { one, percentScale, priceScale, quantityScale } from "./quantities/scales.ts";
export { leastOf, sellableQuantities } from "./quantities/sellable-quantities.ts";
export type { VariantUnits } from "./quantities/units.ts";
export { ratioBetween } from "./quantities/units.ts";
export { compareQuotes } from "./quotes/compare-quotes.ts";
export type { ComparedLine, ComparedQuote, QuoteToCompare, SourcedRate } from "./quotes/quote-to-compare.ts";
export type {
  Assortment,
  AssortmentRule,
  BuyerPartNumbers,
  ClassNode,
  ClassRef,
  OfferDocument,
  ProductAttribute,
  ProductDocument,
  ProductText,
} from "./search/documents.ts";
export type { SearchCounts, SearchSetup } from "./search/memory-search.ts";
export { MemorySearch } from "./search/memory-search.ts";
export type { ChainedList, PriceChain, PriceColumns, PriceListShape } from "./search/offers/price-columns.ts";
export type { PriceView } from "./search/offers/price-view.ts";
export { ASK_RESOLVER, NO_PRICE } from "./search/offers/price-view.ts";
export type {
  CatalogPage,
  CatalogQuery,
  CatalogSearch,
  Cursor,
  FacetAsk,
  FacetCounts,
  Hit,
  NumberFilter,
  NumberRange,
  SortOrder,
  ValueCount,
  ValueFilter,
  Visibility,
  VisibilityRule,
} from "./search/query.ts";
export type { SupplierDocument, SupplierPage, SupplierQuery } from "./search/supplier-search.ts";
export { SupplierSearch } from "./search/supplier-search.ts";
export type { RankingRules } from "./search/text/ranking.ts";
export { rankingRules } from "./search/text/ranking-rules.ts";
export type { SynonymRule } from "./search/text/synonyms.ts";
export { needsPriceConsent } from "./standing/price-consent.ts";
export type { StandingDate, StandingSchedule } from "./standing/standing-dates.ts";
export { standingDates } from "./standing/standing-dates.ts";
