import type { Bus } from "@kontor/bus";
import type {
  AgreementRepository,
  AllocationRepository,
  ApiKeyRepository,
  ApprovalRuleRepository,
  AssetRequestRepository,
  AssortmentRepository,
  AwardRepository,
  BidRepository,
  BooksRepository,
  BudgetRepository,
  BuyerPartNumberRepository,
  BuyingTermsRepository,
  CartRepository,
  CatalogueExportRepository,
  ClassificationRepository,
  CompanyRepository,
  ContractRepository,
  CostCenterRepository,
  CustomerGroupRepository,
  Database,
  DelegationRepository,
  DivisionRepository,
  EstimateRepository,
  ExchangeRateRepository,
  FoundProductRepository,
  ImportMappingRepository,
  ImportRepository,
  InstrumentRepository,
  LotRepository,
  MarketDataRepository,
  MarketplaceRepository,
  MatchRepository,
  NoticeRepository,
  OfferRepository,
  OfferReviewRepository,
  OrderMinimumRepository,
  OrderMoneyRepository,
  OrderRepository,
  ParticipationRepository,
  PriceLadderRepository,
  PriceListRepository,
  PriceRepository,
  ProductFileRepository,
  ProductRepository,
  PromotionRepository,
  PurchaseOrderRepository,
  QuoteRepository,
  QuoteRequestRepository,
  RequisitionListRepository,
  SearchSettingsRepository,
  SettlementRepository,
  StaffRepository,
  StandingOrderRepository,
  StandingRepository,
  StatementRepository,
  StockRepository,
  SupplierProfileRepository,
  SweepRepository,
  TaxRateRepository,
  TenderRepository,
} from "@kontor/db";
import type { AccountStore } from "@kontor/db/auth";
import type { Clock } from "@kontor/kernel";
import type { Logger } from "pino";
import type { Mailer } from "./auth/mailer.ts";
import type { CatalogueSearch } from "./catalogue/start-search.ts";
import type { GatewayConfig } from "./config.ts";
import type { LiveLimits } from "./live/live-limits.ts";
import type { SystemFigures } from "./system-figures.ts";
import type { WebAppOptions } from "./web/web-app.ts";

/** Everything the gateway reads; each read of tenant data takes an actor. */
export type Repositories = {
  readonly approvalRules: ApprovalRuleRepository;
  readonly budgets: BudgetRepository;
  readonly buyingTerms: BuyingTermsRepository;
  readonly carts: CartRepository;
  readonly catalogueExports: CatalogueExportRepository;
  readonly costCenters: CostCenterRepository;
  readonly delegations: DelegationRepository;
  readonly estimates: EstimateRepository;
  readonly standingOrders: StandingOrderRepository;
  readonly exchangeRates: ExchangeRateRepository;
  readonly orderMoney: OrderMoneyRepository;
  readonly purchaseOrders: PurchaseOrderRepository;
  readonly quoteRequests: QuoteRequestRepository;
  readonly quotes: QuoteRepository;
  readonly requisitionLists: RequisitionListRepository;
  readonly allocations: AllocationRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly assetRequests: AssetRequestRepository;
  readonly books: BooksRepository;
  readonly classification: ClassificationRepository;
  readonly searchSettings: SearchSettingsRepository;
  readonly suppliers: SupplierProfileRepository;
  readonly taxRates: TaxRateRepository;
  readonly found: FoundProductRepository;
  readonly matches: MatchRepository;
  readonly offers: OfferRepository;
  readonly offerReviews: OfferReviewRepository;
  readonly partNumbers: BuyerPartNumberRepository;
  readonly productFiles: ProductFileRepository;
  readonly products: ProductRepository;
  readonly stock: StockRepository;
  readonly standings: StandingRepository;
  readonly marketplaces: MarketplaceRepository;
  readonly settlements: SettlementRepository;
  readonly staff: StaffRepository;
  readonly statements: StatementRepository;
  readonly sweeps: SweepRepository;
  readonly participations: ParticipationRepository;
  readonly companies: CompanyRepository;
  readonly tenders: TenderRepository;
  readonly lots: LotRepository;
  readonly bids: BidRepository;
  readonly awards: AwardRepository;
  readonly contracts: ContractRepository;
  readonly imports: ImportRepository;
  readonly importMappings: ImportMappingRepository;
  readonly instruments: InstrumentRepository;
  readonly marketData: MarketDataRepository;
  readonly orders: OrderRepository;
  readonly notices: NoticeRepository;
  readonly promotions: PromotionRepository;
  readonly prices: PriceRepository;
  readonly priceLists: PriceListRepository;
  readonly priceLadders: PriceLadderRepository;
  readonly orderMinimums: OrderMinimumRepository;
  readonly divisions: DivisionRepository;
  readonly customerGroups: CustomerGroupRepository;
  readonly assortments: AssortmentRepository;
  readonly agreements: AgreementRepository;
};

/**
 * One thing that must work before the gateway is ready. While it does not, `check` rejects, gives false, or a sentence
 * for the operator.
 */
export type ReadinessCheck = { readonly name: string; readonly check: () => Promise<boolean | string> };

/** What the gateway is composed of. It opens and closes none of it. */
export type GatewayDeps = {
  readonly config: GatewayConfig;
  readonly bus: Bus;
  readonly repositories: Repositories;
  readonly accounts: AccountStore;
  /** Where the account library keeps people, sessions, companies and keys. */
  readonly accountDatabase: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly mailer: Mailer;
  readonly readiness: readonly ReadinessCheck[];
  /** What the services behind the gateway tell of themselves, for the metrics and the warnings of `/readyz`. */
  readonly figures?: SystemFigures;
  /** Finds products; without one the catalogue cannot be searched. */
  readonly search?: CatalogueSearch;
  /** The web app and where its build is; left out, programs alone are served. */
  readonly webApp?: WebAppOptions;
  /** Replaces single limits of live connections, for measurements and tests. */
  readonly liveLimits?: Partial<LiveLimits>;
};
