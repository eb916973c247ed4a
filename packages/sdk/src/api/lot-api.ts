import type {
  AwardQuery,
  AwardRecord,
  BidQuery,
  BidRecord,
  ContractQuery,
  ContractRecord,
  InitialPriceQuery,
  InitialPriceRecord,
  LotQuery,
  LotSummary,
  LotView,
  OwnLotView,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";
import type { LiveDocument } from "./tender-api.ts";

export type LotDocument = LiveDocument<LotView, OwnLotView>;
type InLot<Query extends { tenderId?: unknown; lotId?: unknown }> = Partial<Omit<Query, "tenderId" | "lotId">>;

export type LotApi = {
  readonly list: (marketplaceId: string, query?: Partial<LotQuery>) => Pages<LotSummary>;
  readonly get: (lotId: string) => Promise<Result<LotDocument>>;
  readonly bids: (lotId: string, query?: InLot<BidQuery>) => Pages<BidRecord>;
  /** Once they are opened; a bidder sees his own. */
  readonly initialPrices: (lotId: string, query?: Partial<InitialPriceQuery>) => Pages<InitialPriceRecord>;
  readonly awards: (lotId: string, query?: InLot<AwardQuery>) => Pages<AwardRecord>;
  readonly contracts: (lotId: string, query?: InLot<ContractQuery>) => Pages<ContractRecord>;
};

/** Bids, awards and contracts of a whole marketplace, and single ones, as far as one may see them. */
export type RecordApi = {
  readonly bids: (marketplaceId: string, query?: Partial<BidQuery>) => Pages<BidRecord>;
  readonly awards: (marketplaceId: string, query?: Partial<AwardQuery>) => Pages<AwardRecord>;
  readonly contracts: (marketplaceId: string, query?: Partial<ContractQuery>) => Pages<ContractRecord>;
  readonly bid: (bidId: string) => Promise<Result<BidRecord>>;
  readonly award: (awardId: string) => Promise<Result<AwardRecord>>;
  readonly contract: (contractId: string) => Promise<Result<ContractRecord>>;
};

const inMarketplace = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;

export function createLotApi(requester: Requester): LotApi {
  const at = (lotId: string): string => `/v1/lots/${encodeURIComponent(lotId)}`;
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/lots`, query),
    get: (lotId) => readPath(requester, at(lotId)),
    bids: (lotId, query = {}) => new Pages(requester, `${at(lotId)}/bids`, query),
    initialPrices: (lotId, query = {}) => new Pages(requester, `${at(lotId)}/initial-prices`, query),
    awards: (lotId, query = {}) => new Pages(requester, `${at(lotId)}/awards`, query),
    contracts: (lotId, query = {}) => new Pages(requester, `${at(lotId)}/contracts`, query),
  };
}

export function createRecordApi(requester: Requester): RecordApi {
  return {
    bids: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/bids`, query),
    awards: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/awards`, query),
    contracts: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/contracts`, query),
    bid: (bidId) => readPath(requester, `/v1/bids/${encodeURIComponent(bidId)}`),
    award: (awardId) => readPath(requester, `/v1/awards/${encodeURIComponent(awardId)}`),
    contract: (contractId) => readPath(requester, `/v1/contracts/${encodeURIComponent(contractId)}`),
  };
}
