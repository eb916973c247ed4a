export type { AgreementApi, AgreementVersion, DivisionApi } from "./api/agreement-api.ts";
export type { ApiKeyApi } from "./api/api-key-api.ts";
export type { AuthApi, Session, SignedIn, User } from "./api/auth-api.ts";
export type {
  BuyingApi,
  CartApi,
  CartKey,
  OrderMoneyApi,
  PurchaseOrderApi,
  RequisitionListApi,
} from "./api/buying-api.ts";
export type { BuyingTermsApi } from "./api/buying-terms-api.ts";
export type { ClassApi } from "./api/class-api.ts";
export type { Company, CompanyApi, Invitation, Member } from "./api/company-api.ts";
export type { CatalogueExport, ExportApi } from "./api/export-api.ts";
export type { FileSource, ImportApi, ImportKey } from "./api/import-api.ts";
export type { InstrumentApi } from "./api/instrument-api.ts";
export type { AssetRequestApi, LedgerApi, ObligationKey, SettlementKey } from "./api/ledger-api.ts";
export type { LotApi, LotDocument, RecordApi } from "./api/lot-api.ts";
export type { MarketplaceApi } from "./api/marketplace-api.ts";
export type { Me, MeApi, OwnPermission } from "./api/me-api.ts";
export type { NoticeApi } from "./api/notice-api.ts";
export type { OfferApi } from "./api/offer-api.ts";
export type { ParticipationApi } from "./api/participation-api.ts";
export type { PriceApi } from "./api/price-api.ts";
export type { ProductApi } from "./api/product-api.ts";
export type { EstimateApi, QuoteApi } from "./api/quote-api.ts";
export type { CatalogueSearchQuery, SearchApi } from "./api/search-api.ts";
export type { StandingOrderApi } from "./api/standing-order-api.ts";
export type { SupplierApi, SuppliersQuery } from "./api/supplier-api.ts";
export type { TaxApi } from "./api/tax-api.ts";
export type { LiveDocument, TenderApi, TenderDocument } from "./api/tender-api.ts";
export type { RetryPolicy } from "./backoff.ts";
export type { ClientClock } from "./clock.ts";
export type { CommandMethods, CommandOptions, SendCommand } from "./commander.ts";
export type { Credentials, Kontor, KontorOptions } from "./create-kontor.ts";
export { createKontor } from "./create-kontor.ts";
export type { Pages } from "./http/pages.ts";
export { newId } from "./ids.ts";
export type { BookLevel } from "./live/book-side.ts";
export type { ConnectionState } from "./live/connection.ts";
export type { LiveClient } from "./live/live-client.ts";
export type { BookListener, BookStream, Doubt, LocalBook } from "./live/local-book.ts";
export type { StreamChange } from "./live/stream-follower.ts";
export type { OwnOf, Stream, ViewOf } from "./live/stream-types.ts";
export type { Condition, ListenerOf, StateOf, Subscription } from "./live/subscription.ts";
export { WaitTimeout } from "./live/subscription.ts";
export type { CommandOutcome, Result } from "./result.ts";
export { ProblemError, requireReceipt, requireValue } from "./result.ts";
