import type {
  AccountRecord,
  AllocationInput,
  AllocationQuery,
  AllocationRecord,
  AssetInput,
  AssetQuery,
  AssetRecord,
  AssetRequestInput,
  AssetRequestQuery,
  AssetRequestRecord,
  BuyInInput,
  DailyStatement,
  DisputeDecision,
  HoldQuery,
  HoldRecord,
  LedgerAccountQuery,
  ObligationQuery,
  ObligationRecord,
  PostingQuery,
  PostingRecord,
  SettlementQuery,
  SettlementRecord,
  SweepInstruction,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";

type AssetRequest = Omit<AssetRequestInput, "note"> & { readonly note?: string };
type Allocation = Pick<AllocationInput, "allocationId" | "direction"> & Partial<AllocationInput>;
type RequestKey = { readonly marketplaceId: string; readonly requestId: string };
type AccountKey = { readonly marketplaceId: string; readonly accountId: string };
type StatementKey = { readonly marketplaceId: string; readonly day: string; readonly companyId?: string };
export type SettlementKey = { readonly instrumentId: string; readonly tradeDate: string };
export type ObligationKey = SettlementKey & { readonly companyId: string };

/** Deposits or withdrawals: a company asks, the operator decides. The same request again changes nothing. */
export type AssetRequestApi = {
  readonly list: (marketplaceId: string, query?: Partial<AssetRequestQuery>) => Pages<AssetRequestRecord>;
  readonly get: (key: RequestKey) => Promise<Result<AssetRequestRecord>>;
  readonly request: (marketplaceId: string, request: AssetRequest) => Promise<Result<AssetRequestRecord>>;
  readonly confirm: (key: RequestKey) => Promise<Result<AssetRequestRecord>>;
  readonly refuse: (key: RequestKey, reason: string) => Promise<Result<AssetRequestRecord>>;
  readonly reverse: (key: RequestKey, reason: string) => Promise<Result<AssetRequestRecord>>;
};

/** The books of marketplaces, and what moves between them and instruments. Amounts are decimal text. */
export type LedgerApi = {
  readonly assets: (marketplaceId: string, query?: Partial<AssetQuery>) => Pages<AssetRecord>;
  readonly registerAsset: (marketplaceId: string, asset: AssetInput) => Promise<Result<AssetRecord>>;
  readonly accounts: (marketplaceId: string, query?: Partial<LedgerAccountQuery>) => Pages<AccountRecord>;
  readonly account: (key: AccountKey) => Promise<Result<AccountRecord>>;
  readonly postings: (key: AccountKey, query?: Partial<PostingQuery>) => Pages<PostingRecord>;
  readonly holds: (key: AccountKey, query?: Partial<HoldQuery>) => Pages<HoldRecord>;
  readonly setCreditLimit: (key: AccountKey, creditLimit: string) => Promise<Result<AccountRecord>>;
  readonly deposits: AssetRequestApi;
  readonly withdrawals: AssetRequestApi;
  /** Of one's own company; for staff of a company, or of the marketplace's own accounts. */
  readonly statement: (key: StatementKey) => Promise<Result<DailyStatement>>;

  readonly allocations: (instrumentId: string, query?: Partial<AllocationQuery>) => Pages<AllocationRecord>;
  /** `held` in the answer: the instrument did not answer yet; the same again, or a look at it, tells how it ended. */
  readonly allocate: (instrumentId: string, allocation: Allocation) => Promise<Result<AllocationRecord>>;
  readonly allocation: (instrumentId: string, allocationId: string) => Promise<Result<AllocationRecord>>;
  readonly sweep: (instrumentId: string) => Promise<Result<SweepInstruction>>;
  readonly instructSweep: (instrumentId: string, atClose: boolean) => Promise<Result<SweepInstruction>>;

  readonly settlements: (marketplaceId: string, query?: Partial<SettlementQuery>) => Pages<SettlementRecord>;
  readonly obligations: (marketplaceId: string, query?: Partial<ObligationQuery>) => Pages<ObligationRecord>;
  readonly settle: (key: SettlementKey) => Promise<Result<SettlementRecord>>;
  readonly dispute: (key: SettlementKey, reason: string) => Promise<Result<ObligationRecord>>;
  readonly decideDispute: (key: ObligationKey, decision: DisputeDecision) => Promise<Result<ObligationRecord>>;
  readonly buyIn: (key: ObligationKey, buyIn: BuyInInput) => Promise<Result<ObligationRecord>>;
};

const inMarketplace = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
const inInstrument = (instrumentId: string): string => `/v1/instruments/${encodeURIComponent(instrumentId)}`;

export function createLedgerApi(requester: Requester): LedgerApi {
  return {
    ...bookMethods(requester),
    deposits: assetRequestApi(requester, "deposits"),
    withdrawals: assetRequestApi(requester, "withdrawals"),
    ...allocationMethods(requester),
    ...settlementMethods(requester),
  };
}

type Books =
  | "assets"
  | "registerAsset"
  | "accounts"
  | "account"
  | "postings"
  | "holds"
  | "setCreditLimit"
  | "statement";

function bookMethods(requester: Requester): Pick<LedgerApi, Books> {
  const at = ({ marketplaceId, accountId }: AccountKey): string =>
    `${inMarketplace(marketplaceId)}/accounts/${encodeURIComponent(accountId)}`;
  return {
    assets: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/assets`, query),
    registerAsset: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${inMarketplace(marketplaceId)}/assets`, body }),
    accounts: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/accounts`, query),
    account: (key) => readPath(requester, at(key)),
    postings: (key, query = {}) => new Pages(requester, `${at(key)}/postings`, query),
    holds: (key, query = {}) => new Pages(requester, `${at(key)}/holds`, query),
    setCreditLimit: (key, creditLimit) =>
      mutate(requester, { method: "PUT", path: `${at(key)}/credit-limit`, body: { creditLimit } }),
    statement: ({ marketplaceId, day, ...query }) =>
      readPath(requester, `${inMarketplace(marketplaceId)}/statements/${encodeURIComponent(day)}`, query),
  };
}

function assetRequestApi(requester: Requester, kind: "deposits" | "withdrawals"): AssetRequestApi {
  const base = (marketplaceId: string): string => `${inMarketplace(marketplaceId)}/${kind}`;
  const at = ({ marketplaceId, requestId }: RequestKey): string =>
    `${base(marketplaceId)}/${encodeURIComponent(requestId)}`;
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    get: (key) => readPath(requester, at(key)),
    request: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    confirm: (key) => mutate(requester, { method: "POST", path: `${at(key)}/confirmation` }),
    refuse: (key, reason) => mutate(requester, { method: "POST", path: `${at(key)}/refusal`, body: { reason } }),
    reverse: (key, reason) => mutate(requester, { method: "POST", path: `${at(key)}/reversal`, body: { reason } }),
  };
}

type Allocations = "allocations" | "allocate" | "allocation" | "sweep" | "instructSweep";

function allocationMethods(requester: Requester): Pick<LedgerApi, Allocations> {
  const base = (instrumentId: string): string => `${inInstrument(instrumentId)}/allocations`;
  const sweep = (instrumentId: string): string => `${inInstrument(instrumentId)}/sweep`;
  return {
    allocations: (instrumentId, query = {}) => new Pages(requester, base(instrumentId), query),
    allocate: (instrumentId, body) => mutate(requester, { method: "POST", path: base(instrumentId), body }),
    allocation: (instrumentId, allocationId) =>
      readPath(requester, `${base(instrumentId)}/${encodeURIComponent(allocationId)}`),
    sweep: (instrumentId) => readPath(requester, sweep(instrumentId)),
    instructSweep: (instrumentId, atClose) =>
      mutate(requester, { method: "PUT", path: sweep(instrumentId), body: { atClose } }),
  };
}

type Settlements = "settlements" | "obligations" | "settle" | "dispute" | "decideDispute" | "buyIn";

function settlementMethods(requester: Requester): Pick<LedgerApi, Settlements> {
  const at = ({ instrumentId, tradeDate }: SettlementKey): string =>
    `${inInstrument(instrumentId)}/settlements/${encodeURIComponent(tradeDate)}`;
  const of = (key: ObligationKey): string => `${at(key)}/obligations/${encodeURIComponent(key.companyId)}`;
  return {
    settlements: (marketplaceId, query = {}) =>
      new Pages(requester, `${inMarketplace(marketplaceId)}/settlements`, query),
    obligations: (marketplaceId, query = {}) =>
      new Pages(requester, `${inMarketplace(marketplaceId)}/obligations`, query),
    settle: (key) => mutate(requester, { method: "POST", path: `${at(key)}/execution` }),
    dispute: (key, reason) => mutate(requester, { method: "POST", path: `${at(key)}/dispute`, body: { reason } }),
    decideDispute: (key, body) => mutate(requester, { method: "POST", path: `${of(key)}/dispute-decision`, body }),
    buyIn: (key, body) => mutate(requester, { method: "POST", path: `${of(key)}/buy-in`, body }),
  };
}
