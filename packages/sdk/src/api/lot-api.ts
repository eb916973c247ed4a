import type {
  AwardQuery,
  AwardRecord,
  BidQuery,
  BidRecord,
  ContractQuery,
  ContractRecord,
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
  readonly initialPrices: (lotId: string) => Promise<Result<readonly InitialPriceRecord[]>>;
  readonly awards: (lotId: string, query?: InLot<AwardQuery>) => Pages<AwardRecord>;
  readonly contracts: (lotId: string, query?: InLot<ContractQuery>) => Pages<ContractRecord>;
};

/** Bids, awards and contracts of a whole marketplace, as far as one may see them. */
export type RecordApi = {
  readonly bids: (marketplaceId: string, query?: Partial<BidQuery>) => Pages<BidRecord>;
  readonly awards: (marketplaceId: string, query?: Partial<AwardQuery>) => Pages<AwardRecord>;
  readonly contracts: (marketplaceId: string, query?: Partial<ContractQuery>) => Pages<ContractRecord>;
};

const inMarketplace = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;

export function createLotApi(requester: Requester): LotApi {
  const at = (lotId: string): string => `/v1/lots/${encodeURIComponent(lotId)}`;
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/lots`, query),
    get: (lotId) => readPath(requester, at(lotId)),
    bids: (lotId, query = {}) => new Pages(requester, `${at(lotId)}/bids`, query),
    initialPrices: async (lotId) => {
      const path = `${at(lotId)}/initial-prices`;
      const result = await readPath<{ data: readonly InitialPriceRecord[] }>(requester, path);
      return result.ok ? { ok: true, value: result.value.data } : result;
    },
    awards: (lotId, query = {}) => new Pages(requester, `${at(lotId)}/awards`, query),
    contracts: (lotId, query = {}) => new Pages(requester, `${at(lotId)}/contracts`, query),
  };
}

export function createRecordApi(requester: Requester): RecordApi {
  return {
    bids: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/bids`, query),
    awards: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/awards`, query),
    contracts: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/contracts`, query),
  };
}
