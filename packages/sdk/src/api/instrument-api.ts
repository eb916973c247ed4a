import type {
  CandleInterval,
  CandleQuery,
  CandleRecord,
  DayStatistics,
  FillQuery,
  FillRecord,
  InstrumentQuery,
  InstrumentRecord,
  OrderExplanationView,
  OrderQuery,
  OrderRecord,
  StatisticsQuery,
  SwitchOutcome,
  TradeQuery,
  TradeRecord,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";

type Keyed = { readonly key?: string };
type TraderKey = { readonly marketplaceId: string; readonly companyId: string };

/** All from the read models, a moment behind the streams, newest first. Orders and fills are one's own company's. */
export type InstrumentApi = {
  readonly list: (marketplaceId: string, query?: Partial<InstrumentQuery>) => Pages<InstrumentRecord>;
  readonly read: (instrumentId: string) => Promise<Result<InstrumentRecord>>;
  readonly trades: (instrumentId: string, query?: Partial<TradeQuery>) => Pages<TradeRecord>;
  readonly candles: (
    instrumentId: string,
    interval: CandleInterval,
    query?: Partial<Omit<CandleQuery, "interval">>,
  ) => Pages<CandleRecord>;
  /** One entry for each trading day. */
  readonly statistics: (instrumentId: string, query?: Partial<StatisticsQuery>) => Pages<DayStatistics>;
  readonly orders: (marketplaceId: string, query?: Partial<OrderQuery>) => Pages<OrderRecord>;
  readonly order: (orderId: string) => Promise<Result<OrderRecord>>;
  /** Of a live order: its place in the queue, and why it has not traded more. */
  readonly explain: (orderId: string) => Promise<Result<OrderExplanationView>>;
  /** The operator's switches over all instruments of a marketplace; what came of it in each. */
  readonly haltAll: (marketplaceId: string, reason: string, how?: Keyed) => Promise<Result<readonly SwitchOutcome[]>>;
  readonly blockEverywhere: (
    trader: TraderKey,
    reason: string,
    how?: Keyed,
  ) => Promise<Result<readonly SwitchOutcome[]>>;
  readonly unblockEverywhere: (
    trader: TraderKey,
    reason: string,
    how?: Keyed,
  ) => Promise<Result<readonly SwitchOutcome[]>>;
  readonly fills: (marketplaceId: string, query?: Partial<FillQuery>) => Pages<FillRecord>;
};

export function createInstrumentApi(requester: Requester): InstrumentApi {
  const inMarketplace = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
  const at = (instrumentId: string): string => `/v1/instruments/${encodeURIComponent(instrumentId)}`;
  const switched = async (
    path: string,
    reason: string,
    { key }: Keyed = {},
  ): Promise<Result<readonly SwitchOutcome[]>> => {
    const result: Result<{ readonly data: readonly SwitchOutcome[] }> = await mutate(
      requester,
      { method: "POST", path, body: { reason } },
      key,
    );
    return result.ok ? { ok: true, value: result.value.data } : result;
  };
  const trader = ({ marketplaceId, companyId }: TraderKey): string =>
    `${inMarketplace(marketplaceId)}/traders/${encodeURIComponent(companyId)}`;
  return {
    haltAll: (marketplaceId, reason, how) => switched(`${inMarketplace(marketplaceId)}/trading-halt`, reason, how),
    blockEverywhere: (key, reason, how) => switched(`${trader(key)}/blocking`, reason, how),
    unblockEverywhere: (key, reason, how) => switched(`${trader(key)}/unblocking`, reason, how),
    list: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/instruments`, query),
    read: (instrumentId) => readPath(requester, at(instrumentId)),
    trades: (instrumentId, query = {}) => new Pages(requester, `${at(instrumentId)}/trades`, query),
    candles: (instrumentId, interval, query = {}) =>
      new Pages(requester, `${at(instrumentId)}/candles`, { ...query, interval }),
    statistics: (instrumentId, query = {}) => new Pages(requester, `${at(instrumentId)}/statistics`, query),
    orders: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/orders`, query),
    order: (orderId) => readPath(requester, `/v1/orders/${encodeURIComponent(orderId)}`),
    explain: (orderId) => readPath(requester, `/v1/orders/${encodeURIComponent(orderId)}/explanation`),
    fills: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/fills`, query),
  };
}
