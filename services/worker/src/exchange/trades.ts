import type { FillRow, InstrumentRow, TradeRow } from "@kontor/db";
import { formatDecimal } from "@kontor/kernel";
import type { ExchangeEvent, TradeSide } from "@kontor/protocol";
import { FillRecord } from "@kontor/protocol";
import { minorOf, scalesOf, worthOf } from "./amounts.ts";
import { minute, startOf } from "./buckets.ts";
import type { Fact, Projection, Records } from "./records.ts";
import type { Tally } from "./tallies.ts";
import { joined } from "./tallies.ts";

type EventOf<Type extends ExchangeEvent["type"]> = Extract<ExchangeEvent, { type: Type }>;
type Entry = Pick<Fact, "seq" | "at">;

const roles = FillRecord.shape.role.enum;

/** Trades, of an auction one for all that it traded, and the fills of both sides. */
export const projectTrades: Projection = (records, { event, seq, at }) => {
  const instrument = records.instruments.get(event.instrumentId);
  if (instrument === undefined) return;
  switch (event.type) {
    case "trade_made": {
      const { tradeId: id, price, quantity, takerSide, maker, taker } = event;
      addTrade(records, { ...tradeOf(instrument, id, { seq, at }), price, quantity, takerSide }, instrument);
      const makerSide = takerSide === "buy" ? "sell" : "buy";
      const sides = [
        { ...maker, side: makerSide, role: roles.maker },
        { ...taker, side: takerSide, role: roles.taker },
      ] as const;
      for (const part of sides) records.fills.put(fillOf(instrument, { ...event, ...part }, { seq, at }));
      return;
    }
    case "auction_held": {
      const { tradeId: id, price, quantity } = event;
      if (id === undefined || price === null) return;
      const made = { price, quantity, takerSide: null, auction: true };
      return addTrade(records, { ...tradeOf(instrument, id, { seq, at }), ...made }, instrument);
    }
    case "auction_filled":
      return records.fills.put(fillOf(instrument, { ...event, role: roles.auction }, { seq, at }));
    default:
      return;
  }
};

function tradeOf({ id: instrumentId, marketplaceId }: InstrumentRow, id: string, { seq, at }: Entry) {
  const place = Number(id.slice(id.lastIndexOf("-t") + 2));
  return { id, instrumentId, marketplaceId, auction: false, at, place, busted: false, replaces: null, seq };
}

function addTrade({ trades, traded }: Records, trade: TradeRow, instrument: InstrumentRow): void {
  trades.put(trade);
  const start = startOf(trade.at, minute);
  traded.set(start, joined(traded.get(start), tallyOfTrade(trade, instrument)));
}

export function tallyOfTrade(trade: TradeRow, { terms }: InstrumentRow): Tally {
  const scales = scalesOf(terms);
  const price = minorOf(trade.price, scales.price);
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: minorOf(trade.quantity, scales.quantity),
    turnover: worthOf(trade, scales),
    trades: 1,
    auction: trade.auction,
    seq: trade.seq,
  };
}

type Filled = Pick<EventOf<"auction_filled">, "tradeId" | "price" | "quantity" | "side"> &
  Omit<TradeSide, "leaves"> & { readonly role: FillRow["role"] };

function fillOf(
  { id: instrumentId, marketplaceId, terms }: InstrumentRow,
  filled: Filled,
  { seq, at }: Entry,
): FillRow {
  const { tradeId, orderId, companyId, side, role, price, quantity, fee } = filled;
  const { currency, unit } = terms;
  const scales = scalesOf(terms);
  return {
    id: role === roles.auction ? `${tradeId}-${side}-${orderId.slice(instrumentId.length + 1)}` : `${tradeId}-${side}`,
    tradeId,
    orderId,
    instrumentId,
    marketplaceId,
    companyId,
    side,
    role,
    price,
    quantity,
    value: formatDecimal(worthOf(filled, scales), scales.money),
    fee,
    currency,
    unit,
    at,
    busted: false,
    seq,
  };
}
