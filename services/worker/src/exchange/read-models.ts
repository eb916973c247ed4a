import { marketPriceRows, marketRows } from "@kontor/db";
import type { ExchangeEvent } from "@kontor/protocol";
import { factsOf } from "../facts.ts";
import type { ReadModels } from "../read-models.ts";
import { settleCandles } from "./candles.ts";
import { projectCorrections } from "./corrections.ts";
import { projectDays, settleDays } from "./days.ts";
import { projectInstruments } from "./instruments.ts";
import { projectOrders } from "./orders.ts";
import type { Fact, Projection, Records } from "./records.ts";
import { recordsOf, rowsChanged } from "./records.ts";
import { pricesWantedBy, rowsWantedBy } from "./rows-wanted.ts";
import { projectTrades } from "./trades.ts";

/** In the order in which they see an event. */
const projections: readonly Projection[] = [
  projectInstruments,
  projectOrders,
  projectTrades,
  projectCorrections,
  projectDays,
];

/** Half of a journal, and nothing for readers: what the book was asked, when what is planned, which orders wait. */
const untold: ReadonlySet<ExchangeEvent["type"]> = new Set([
  "book_moved",
  "schedule_changed",
  "account_opened",
  "assets_allocated",
  "trader_blocked",
  "trader_unblocked",
  "order_parked",
  "order_unparked",
  "order_refilled",
  "orders_cancelled",
  "self_trade_prevented",
  "assets_transferred",
  "auction_extended",
]);

export const exchangeReadModels: ReadModels = {
  async project(tx, { batch: { shard, entries } }) {
    const facts: Fact[] = factsOf<ExchangeEvent>(entries).filter(({ event }) => !untold.has(event.type));
    if (facts.length === 0) return [];
    const found = await tx.load(marketRows, rowsWantedBy(shard, facts));
    const prices = await tx.load(marketPriceRows, pricesWantedBy(shard, facts, found.trades));
    const records = recordsOf(found, prices);
    follow(records, facts);
    return await tx.save(marketRows, rowsChanged(records));
  },
};

function follow(records: Records, facts: readonly Fact[]): void {
  for (const fact of facts) for (const projection of projections) projection(records, fact);
  for (const instrument of [...records.instruments.all()]) {
    settleCandles(records, instrument);
    settleDays(records, instrument);
  }
}
