import { InstrumentTerms } from "@kontor/protocol";
import type {
  CandleRow,
  FillRow,
  InstrumentDayRow,
  InstrumentRow,
  MarketRowsChanged,
  OrderRow,
  RowChanges,
  TradeRow,
} from "../../src/index.ts";
import { createProjectionStore, marketRows } from "../../src/index.ts";
import type { Records } from "./given-records.ts";
import { at } from "./given-records.ts";

export const instrumentIdOf = (number: number): string => `00000000-0000-4000-9000-${String(number).padStart(12, "0")}`;
export const instrumentId = instrumentIdOf(1);
const place = { instrumentId, marketplaceId: "metals", seq: 1 };

const terms = InstrumentTerms.parse({
  title: "Copper cathode, Rotterdam, December",
  grade: "Grade A",
  place: "Rotterdam",
  period: "2026-12",
  deliveryTerm: "In warehouse",
  unit: "TNE",
  currency: "EUR",
  tickSize: "0.5",
  quantityStep: "1",
  minPrice: "1000",
  maxPrice: "20000",
  maxQuantity: "10000",
});

export function instrument(changes: Partial<InstrumentRow> = {}): InstrumentRow {
  const { title, grade, place: where } = terms;
  const prices = { last: "9400.5", lastAt: at("09:30"), reference: "9400.0" };
  return {
    id: instrumentId,
    marketplaceId: "metals",
    createdBy: "operator",
    state: "listed",
    version: 2,
    title,
    grade,
    place: where,
    terms,
    phase: "continuous",
    ...prices,
    draftedAt: at("07:00"),
    listedAt: at("08:00"),
    delistedAt: null,
    seq: 1,
    ...changes,
  };
}

export function order(number: number, changes: Partial<OrderRow> = {}): OrderRow {
  const ended = { cause: null, replacedBy: null, endedAt: null };
  return {
    id: `${changes.instrumentId ?? instrumentId}-o${number}`,
    ...place,
    companyId: "one",
    userId: "u-one",
    side: "buy",
    kind: "limit",
    tif: "gtc",
    price: "9400.5",
    stopPrice: null,
    quantity: "10",
    filled: "0",
    leaves: "10",
    state: "open",
    countedQuantity: "0",
    countedValue: "0.00",
    at: at("09:00"),
    ...ended,
    ...changes,
  };
}

export function trade(number: number, changes: Partial<TradeRow> = {}): TradeRow {
  return {
    id: `${instrumentId}-t${number}`,
    ...place,
    price: "9400.5",
    quantity: "4",
    takerSide: "buy",
    auction: false,
    at: at("09:30"),
    place: number,
    busted: false,
    replaces: null,
    ...changes,
  };
}

export function fill(tradeNumber: number, side: "buy" | "sell", changes: Partial<FillRow> = {}): FillRow {
  return {
    id: `${instrumentId}-t${tradeNumber}-${side}`,
    tradeId: `${instrumentId}-t${tradeNumber}`,
    orderId: `${instrumentId}-o1`,
    ...place,
    companyId: side === "buy" ? "one" : "two",
    side,
    role: side === "buy" ? "taker" : "maker",
    price: "9400.5",
    quantity: "4",
    value: "37602.00",
    fee: "-0.10",
    currency: "EUR",
    unit: "TNE",
    at: at("09:30"),
    busted: false,
    ...changes,
  };
}

export function candle(start: string, changes: Partial<CandleRow> = {}): CandleRow {
  return {
    ...place,
    interval: "5m",
    start: at(start),
    open: "9400.0",
    high: "9401.5",
    low: "9399.5",
    close: "9400.5",
    volume: "40",
    turnover: "376020.00",
    trades: 10,
    auction: false,
    version: 1,
    ...changes,
  };
}

export function tradingDay(day: string, changes: Partial<InstrumentDayRow> = {}): InstrumentDayRow {
  const prices = { open: "9400.0", high: "9401.5", low: "9399.5", close: "9400.5" };
  return { ...place, day, ...prices, volume: "40", turnover: "376020.00", trades: 10, orders: 21, ...changes };
}

type Given = { readonly [Table in keyof MarketRowsChanged]?: readonly RowOf<MarketRowsChanged[Table]>[] };
type RowOf<Rows> = Rows extends RowChanges<infer Row> ? Row : Rows extends readonly (infer Row)[] ? Row : never;

/** Writes rows as a projection would. */
export async function keepMarket({ db }: Records, given: Given): Promise<void> {
  const { instruments = [], orders = [], fills = [], trades = [], candles = [], days = [] } = given;
  const made = <Row>(rows: readonly Row[]) => ({ made: rows, altered: [] });
  const parts = { orders: made(orders), fills: made(fills), trades: made(trades) };
  await createProjectionStore(db).project("given", (tx) =>
    tx.save(marketRows, { instruments, ...parts, candles, days }),
  );
}
