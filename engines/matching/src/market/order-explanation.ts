import { instantOfMicros } from "@kontor/kernel";
import type { AuctionExplanationView, OrderExplanationView, QueueAheadView } from "@kontor/protocol";
import type { AuctionExplanation, Hindrance, OrderExplanation } from "../explaining.ts";
import type { Ahead, Queue } from "../store/queue-memory.ts";
import { isCall } from "./book-views.ts";
import type { EnteredOrder, Instrument } from "./state.ts";
import { orderIdOf } from "./state.ts";
import { writtenOf } from "./units.ts";

/** Prices told on each side of the auction's own. */
const candidatesAround = 10;

export type Explained = {
  readonly companyId: string;
  /** What of it the company itself is told. */
  readonly own: OrderExplanationView;
  readonly whole: OrderExplanationView;
};

/**
 * Why a live order stands where it stands; null when there is none of that number. What a running call hides from
 * everybody, the queues and what each price would do, it hides from the order's company too.
 */
export function explainedOrder(instrument: Instrument, number: number): Explained | null {
  const explanation = instrument.book.explain(number);
  const entered = instrument.orders.get(number);
  if (explanation === undefined || entered === undefined) return null;
  const whole = explanationView(instrument, number, explanation);
  const auction = auctionOf(instrument, entered);
  const told: OrderExplanationView = auction === null ? whole : { ...whole, auction };
  const { companyId } = entered;
  if (!isCall(instrument.book.phase)) return { companyId, own: told, whole: told };
  const { aheadNow: _, aheadAtEntry: __, auction: ___, ...rest } = told;
  if (auction === null) return { companyId, own: rest, whole: told };
  const { candidates: ____, ...price } = auction;
  return { companyId, own: { ...rest, auction: price }, whole: told };
}

function explanationView(
  instrument: Instrument,
  number: number,
  { place, parkedFor, aheadAtEntry, aheadNow, traded, prevented, leaves, hindrance }: OrderExplanation,
): OrderExplanationView {
  const { instrumentId, units } = instrument;
  const quantity = (steps: number): string => writtenOf(steps, units.quantity);
  return {
    instrumentId,
    orderId: orderIdOf(instrument, number),
    state: place === "apart" ? "resting" : place,
    ...(parkedFor !== null && { parkedFor }),
    ...(aheadAtEntry !== null && { aheadAtEntry: aheadView(instrument, aheadAtEntry) }),
    ...(aheadNow !== null && { aheadNow: aheadView(instrument, aheadNow) }),
    traded: quantity(traded),
    prevented: quantity(prevented),
    leaves: quantity(leaves),
    hindrance: hindranceView(instrument, hindrance),
  };
}

function aheadView({ units }: Instrument, { atPrice, better }: Ahead): QueueAheadView {
  const queue = ({ orders, quantity }: Queue) => ({ orders, quantity: writtenOf(quantity, units.quantity) });
  return { atPrice: queue(atPrice), better: queue(better) };
}

function hindranceView({ units }: Instrument, hindrance: Hindrance): OrderExplanationView["hindrance"] {
  switch (hindrance.reason) {
    case "beyond_limit": {
      const { reason, limit, opposite } = hindrance;
      return { reason, limit: writtenOf(limit, units.price), opposite: writtenOf(opposite, units.price) };
    }
    case "all_or_none_too_large":
      return { reason: hindrance.reason, leaves: writtenOf(hindrance.leaves, units.quantity) };
    default:
      return hindrance;
  }
}

/** The call that stands, or the last one if the order was there. */
function auctionOf({ book, data, units }: Instrument, { at }: EnteredOrder): AuctionExplanationView | null {
  const auction = book.explainAuction();
  if (auction === undefined || (auction.state === "ended" && data.lastAuctionAt < at)) return null;
  const { state, price, surplus, rule, table } = auction;
  const quantity = (steps: number): string => writtenOf(steps, units.quantity);
  return {
    state,
    ...(state === "ended" && { at: instantOfMicros(data.lastAuctionAt) }),
    ...(price !== null && { price: writtenOf(price, units.price) }),
    quantity: quantity(auction.quantity),
    surplus: quantity(surplus),
    rule,
    marketBuy: quantity(table.marketBuy),
    marketSell: quantity(table.marketSell),
    candidates: candidatesNear(auction).map((candidate) => ({
      price: writtenOf(candidate.price, units.price),
      buy: quantity(candidate.buy),
      sell: quantity(candidate.sell),
      executable: quantity(candidate.executable),
      surplus: quantity(candidate.surplus),
    })),
  };
}

function candidatesNear({ price, table }: AuctionExplanation): AuctionExplanation["table"]["candidates"] {
  const { candidates } = table;
  const found = candidates.findIndex((candidate) => price !== null && candidate.price >= price);
  const middle = found < 0 ? Math.trunc(candidates.length / 2) : found;
  return candidates.slice(Math.max(0, middle - candidatesAround), middle + candidatesAround + 1);
}
