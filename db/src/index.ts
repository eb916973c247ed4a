export { type ApprovalRuleRepository, createApprovalRuleRepository } from "./buying/approvals/approval-rules.ts";
export { type ApprovalDecision, expireOrders } from "./buying/approvals/approval-steps.ts";
export { createDelegationRepository, type DelegationRepository } from "./buying/approvals/delegations.ts";
export { type BudgetRepository, createBudgetRepository } from "./buying/budgets/budgets.ts";
export { type CostCenterRepository, createCostCenterRepository } from "./buying/budgets/cost-centers.ts";
export type { BuyingEngine } from "./buying/buying-engine.ts";
export { type BuyingTermsRepository, createBuyingTermsRepository } from "./buying/buying-terms.ts";
export { type CartAt, type CartRepository, createCartRepository } from "./buying/carts/carts.ts";
export type { CheckoutOrder } from "./buying/carts/checkout.ts";
export type { QuickOrderWish } from "./buying/carts/quick-order.ts";
export { createRequisitionListRepository, type RequisitionListRepository } from "./buying/carts/requisition-lists.ts";
export { createExchangeRateRepository, type ExchangeRateRepository } from "./buying/money/exchange-rates.ts";
export { createOrderMoneyRepository, type OrderMoneyRepository } from "./buying/money/vendor-payouts.ts";
export { createPurchaseOrderRepository, type PurchaseOrderRepository } from "./buying/orders/purchase-orders.ts";
export { type AgreementMove, type AgreementRepository, createAgreementRepository } from "./catalog/agreements.ts";
export { type AssortmentRepository, createAssortmentRepository } from "./catalog/assortments.ts";
export { type BuyerPartNumberRepository, createBuyerPartNumberRepository } from "./catalog/buyer-part-numbers.ts";
export type { CatalogRules } from "./catalog/catalog-rules.ts";
export type { AttributeOfClass } from "./catalog/class-attributes.ts";
export { type ClassificationRepository, createClassificationRepository } from "./catalog/class-schemes.ts";
export { type CustomerGroupRepository, createCustomerGroupRepository } from "./catalog/customer-groups.ts";
export { createDivisionRepository, type DivisionRepository } from "./catalog/divisions.ts";
export {
  createFoundProductRepository,
  type FoundProduct,
  type FoundProductRepository,
  type FoundUnit,
} from "./catalog/found-products.ts";
export type { LadderCheck } from "./catalog/ladder-check.ts";
export { createMatchRepository, type MatchRepository } from "./catalog/match-findings.ts";
export { createOfferReviewRepository, type OfferReviewRepository } from "./catalog/offer-reviews.ts";
export type { OfferStep } from "./catalog/offer-status.ts";
export { createOfferRepository, type OfferRepository } from "./catalog/offers.ts";
export {
  type CurrencyDecimals,
  createOrderMinimumRepository,
  type OrderMinimumRepository,
} from "./catalog/order-minimums.ts";
export { marketBuyerOf } from "./catalog/price-buyers.ts";
export { createPriceLadderRepository, type PriceLadderRepository } from "./catalog/price-ladders.ts";
export { createPriceListRepository, type PriceListRepository } from "./catalog/price-lists.ts";
export type { OfferSale } from "./catalog/price-offers.ts";
export {
  type BuyerGroup,
  type PriceBuyer,
  type PriceBuyerFacts,
  type PriceFacts,
  type PriceQuery,
  readPriceFacts,
} from "./catalog/price-records.ts";
export type {
  AgreementFacts,
  OrderMinimumFacts,
  PriceRecords,
  QuantityRuleFacts,
  QuantityTermsFacts,
} from "./catalog/price-shapes.ts";
export {
  createPriceRepository,
  type PriceAsking,
  type PriceRepository,
  type PricesShown,
} from "./catalog/prices-shown.ts";
export { createProductFileRepository, type ProductFileRepository } from "./catalog/product-files.ts";
export { createProductRepository, type ListedVariant, type ProductRepository } from "./catalog/products.ts";
export { createPromotionRepository, type PromotionRepository } from "./catalog/promotions.ts";
export {
  type CatalogChange,
  type ChangePlace,
  type ChangesRead,
  currentChangePlace,
  forgetChanges,
  readChanges,
} from "./catalog/search-changes.ts";
export {
  type FeedClass,
  type FeedOffer,
  type FeedPrice,
  type FeedProduct,
  productsOfVendor,
  readFeedClasses,
  readFeedPage,
  readFeedProducts,
} from "./catalog/search-feed.ts";
export { createSearchSettingsRepository, type SearchSettingsRepository } from "./catalog/search-settings.ts";
export {
  type MarketShelf,
  productsOfList,
  productsOfOffers,
  quantityRulesOf,
  readMarketShelf,
  type ShelfAssortment,
} from "./catalog/search-shelf.ts";
export { createStockRepository, type StockRepository } from "./catalog/stock-levels.ts";
export { busiestMarketplaces, type FeedSupplier, readFeedSuppliers } from "./catalog/supplier-feed.ts";
export { createSupplierProfileRepository, type SupplierProfileRepository } from "./catalog/supplier-profiles.ts";
export { createTaxRateRepository, type TaxRateRepository } from "./catalog/tax-rates.ts";
export type { CheckedVariant } from "./catalog/variant-writes.ts";
export {
  type AllocationRepository,
  type AllocationRequest,
  createAllocationRepository,
} from "./clearing/allocations.ts";
export type { Answered, Refused } from "./clearing/answered.ts";
export {
  type AssetDecision,
  type AssetDirection,
  type AssetRequest,
  type AssetRequestRepository,
  createAssetRequestRepository,
  type RequestDecision,
} from "./clearing/asset-requests.ts";
export { type BooksRepository, createBooksRepository } from "./clearing/books.ts";
export {
  createStatementRepository,
  type StatementOrder,
  type StatementRepository,
} from "./clearing/daily-statement.ts";
export {
  createSettlementRepository,
  type ObligationDecision,
  type SettlementRepository,
} from "./clearing/settlements.ts";
export type { ShardCommand, ShardPort, ShardReply, ShardView, ShardViewReply } from "./clearing/shard-port.ts";
export { createSweepRepository, type SweepOrder, type SweepRepository } from "./clearing/sweeps.ts";
export { type Connection, type ConnectOptions, connect, type Database } from "./connect.ts";
export { isDatabaseAway } from "./database-away.ts";
export {
  type CatalogueExport,
  type CatalogueExportRepository,
  createCatalogueExportRepository,
} from "./exports/catalogue-exports.ts";
export type { ExportedFile, ExportedOffer } from "./exports/exported-row.ts";
export type { AlikeProduct, Likenesses } from "./imports/alike-products.ts";
export {
  type Applying,
  type BatchPlan,
  type BatchPlanner,
  type BatchState,
  type ImportedList,
  maySell,
} from "./imports/apply-batch.ts";
export { applyAll, applyNext, beginApplying, noteRejected, RowsRejected, tellClones } from "./imports/apply-import.ts";
export type {
  BatchWrites,
  ChangedOffer,
  Finding,
  GoneRung,
  MergeTarget,
  NewProduct,
  ProductTerms,
  PutRung,
  RevisedProduct,
} from "./imports/batch-writes.ts";
export { createClassLists } from "./imports/class-lists.ts";
export type { ImportFile } from "./imports/import-files.ts";
export { createImportMappingRepository, type ImportMappingRepository } from "./imports/import-mappings.ts";
export type { FailedRows } from "./imports/import-problems.ts";
export type { ImportRow } from "./imports/import-row.ts";
export {
  createImportWork,
  type Ending,
  type HeldImport,
  ImportCancelled,
  ImportLost,
  type ImportWork,
} from "./imports/import-work.ts";
export { createImportRepository, type ImportRepository } from "./imports/imports.ts";
export { importedPlace, type KnownOffer, type OfferRow, type StockRow } from "./imports/known-offers.ts";
export {
  type RejectedRow,
  type StagedBatch,
  type StagedRow,
  stageBatch,
  stagedBatches,
} from "./imports/staged-rows.ts";
export { refreshFigures } from "./imports/table-figures.ts";
export { createToldClasses, type ToldClasses, toldKey } from "./imports/told-classes.ts";
export { createJournalStore, type JournalStoreOptions } from "./journal/create-journal-store.ts";
export { createCursorStore } from "./journal/cursors.ts";
export {
  decodeEntries,
  encodeEntries,
  findEntry,
  type JournalEntry,
  keyScopeOf,
  outcomeOf,
} from "./journal/entry.ts";
export { EntryRowsReader, EntryRowsWriter, type EntryTexts } from "./journal/entry-rows.ts";
export {
  type ChainedSegment,
  type ChainFault,
  type ChainPoint,
  type ChainVerdict,
  genesisHash,
  type SegmentHeader,
  segmentFault,
  segmentHash,
  type VerifyChainOptions,
  verifyChain,
} from "./journal/hash-chain.ts";
export {
  type Claim,
  type CursorStore,
  chainPointOf,
  type HostRow,
  type HostStore,
  type JournalStore,
  type Outcome,
  type OutcomeStore,
  type ReadAllOptions,
  type ReadOptions,
  type Segment,
  type SegmentWrite,
  type ShardHead,
  type Snapshot,
  type SnapshotStore,
} from "./journal/journal-store.ts";
export { packText, packTextAside, unpackText } from "./journal/packing.ts";
export { type Cell, textOf } from "./journal/text-column.ts";
export { classifyWriteError, JournalWriteError, type WriteOutcome } from "./journal/write-error.ts";
export { createLedgerRepository } from "./ledger/create-ledger.ts";
export type {
  AccountOpening,
  AccountQuery,
  Applied,
  Asset,
  Hold,
  HoldStatus,
  Kept,
  LedgerAccount,
  LedgerBreach,
  LedgerPosting,
  LedgerRepository,
  Posted,
  StatementEntry,
} from "./ledger/ledger-repository.ts";
export type {
  HoldPlacement,
  HoldVoid,
  Leg,
  Operation,
  Reversal,
  Transfer,
} from "./ledger/operation.ts";
export type { LedgerRefusal, LedgerRefusalCode } from "./ledger/refusal.ts";
export { migrate } from "./migrate.ts";
export { missingMigrations } from "./missing-migrations.ts";
export { tellNotices } from "./notices/outbox.ts";
export type { Accepting } from "./quotes/acceptance.ts";
export { createEstimateRepository, type EstimateKey, type EstimateRepository } from "./quotes/estimates.ts";
export { tellExpiredQuotes } from "./quotes/quote-notices.ts";
export {
  createQuoteRequestRepository,
  type QuoteRequestRepository,
  type RequestStep,
} from "./quotes/quote-requests.ts";
export { createQuoteRepository, type QuoteRepository } from "./quotes/quotes.ts";
export type {
  ApiKeyRepository,
  CompanyRepository,
  MarketplaceRepository,
  ParticipationKey,
  ParticipationRepository,
  StaffRepository,
  StandingRepository,
} from "./repositories/account-records.ts";
export { createApiKeyRepository } from "./repositories/api-keys.ts";
export { createAwardRepository } from "./repositories/awards.ts";
export { createBidRepository } from "./repositories/bids.ts";
export { createCompanyRepository } from "./repositories/companies.ts";
export { createContractRepository } from "./repositories/contracts.ts";
export { createInstrumentRepository } from "./repositories/instruments.ts";
export type { Listing, Query, Written } from "./repositories/listing.ts";
export { createLotRepository } from "./repositories/lots.ts";
export { createMarketDataRepository } from "./repositories/market-data.ts";
export type { InstrumentRepository, MarketDataRepository, OrderRepository } from "./repositories/market-records.ts";
export {
  type CandleRow,
  type FillRow,
  type InstrumentDayRow,
  type InstrumentRow,
  type MarketRowsChanged,
  type MarketRowsFound,
  type MarketRowsWanted,
  marketPriceRows,
  marketRows,
  type OrderRow,
  type PriceRowsFound,
  type PriceRowsWanted,
  type RowChanges,
  type Span,
  type TradeRow,
} from "./repositories/market-rows.ts";
export { createMarketplaceRepository } from "./repositories/marketplaces.ts";
export { createNoticeRepository, noticeRecordOf } from "./repositories/notices.ts";
export { createOrderRepository } from "./repositories/orders.ts";
export { createParticipationRepository } from "./repositories/participations.ts";
export { createProjectionReader, type ProjectionReader } from "./repositories/projection-reader.ts";
export {
  type AwardRow,
  type BidRow,
  type ContractRow,
  type FallenBids,
  type InitialPriceRow,
  type LotBidderRow,
  type LotRow,
  type NoticeRow,
  never,
  type QuestionRow,
  type RowsChanged,
  type RowsFound,
  type RowsWanted,
  type TenderRow,
  type TenderSupplierRow,
} from "./repositories/projection-rows.ts";
export {
  createProjectionStore,
  type Lag,
  type ProjectionStore,
  type ProjectionTransaction,
} from "./repositories/projection-store.ts";
export { createStaffRepository } from "./repositories/staff.ts";
export { createStandingRepository } from "./repositories/standings.ts";
export { tenderRows } from "./repositories/tender-rows.ts";
export { createTenderRepository } from "./repositories/tenders.ts";
export type {
  AwardRepository,
  BidRepository,
  ContractRepository,
  LotRepository,
  NoticeRepository,
  TenderRepository,
} from "./repositories/trading-records.ts";
export { checkServerSettings, type ServerReport, serverFaults } from "./server-settings.ts";
export { createStandingOrderRepository, type StandingOrderRepository } from "./standing/standing-orders.ts";
export { runStandingOrders } from "./standing/sweep.ts";
