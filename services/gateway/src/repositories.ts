import type { Database } from "@kontor/db";
import {
  createAllocationRepository,
  createApiKeyRepository,
  createAssetRequestRepository,
  createAwardRepository,
  createBidRepository,
  createBooksRepository,
  createCompanyRepository,
  createContractRepository,
  createInstrumentRepository,
  createLotRepository,
  createMarketDataRepository,
  createMarketplaceRepository,
  createNoticeRepository,
  createOrderRepository,
  createParticipationRepository,
  createSettlementRepository,
  createStaffRepository,
  createStandingRepository,
  createStatementRepository,
  createSweepRepository,
  createTenderRepository,
} from "@kontor/db";
import type { Repositories } from "./dependencies.ts";

/** All repositories on one pool. */
export function createRepositories(db: Database): Repositories {
  return {
    allocations: createAllocationRepository(db),
    apiKeys: createApiKeyRepository(db),
    assetRequests: createAssetRequestRepository(db),
    books: createBooksRepository(db),
    standings: createStandingRepository(db),
    marketplaces: createMarketplaceRepository(db),
    settlements: createSettlementRepository(db),
    staff: createStaffRepository(db),
    statements: createStatementRepository(db),
    sweeps: createSweepRepository(db),
    participations: createParticipationRepository(db),
    companies: createCompanyRepository(db),
    tenders: createTenderRepository(db),
    lots: createLotRepository(db),
    bids: createBidRepository(db),
    awards: createAwardRepository(db),
    contracts: createContractRepository(db),
    instruments: createInstrumentRepository(db),
    marketData: createMarketDataRepository(db),
    orders: createOrderRepository(db),
    notices: createNoticeRepository(db),
  };
}
