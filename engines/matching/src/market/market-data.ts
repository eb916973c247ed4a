import type { Micros } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { ExchangeEvent, TradeSide } from "@kontor/protocol";
import type { Book } from "../book.ts";
import type { EncodedCandles } from "./candles.ts";
import { Candles } from "./candles.ts";
import type { EncodedFigures, Figures, Print } from "./figures.ts";
import { addPrint, decodeFigures, encodeFigures, holds, noFigures, recount } from "./figures.ts";
import type { EncodedTraders } from "./own-trading.ts";
import { OwnTrading } from "./own-trading.ts";
import type { Instrument } from "./state.ts";
import { numberOf } from "./state.ts";
import { TouchedLevels } from "./touched-levels.ts";
import type { EncodedTape } from "./trade-tape.ts";
import { TradeTape } from "./trade-tape.ts";
import { wholeOf } from "./units.ts";

type Of<Type extends ExchangeEvent["type"]> = Extract<ExchangeEvent, { type: Type }>;
/** The instrument that the data is of. */
type Traded = Pick<Instrument, "instrumentId" | "book" | "accounts" | "units">;

export type EncodedData = {
  readonly tape: EncodedTape;
  readonly candles: EncodedCandles;
  readonly traders: EncodedTraders;
  readonly day: EncodedFigures;
  readonly isOpen: boolean;
  readonly previousClose: number;
  readonly lastTrade: number;
  readonly lastAuctionAt: Micros;
};

/** What an instrument's streams show of its past, in its book's numbers. */
export class MarketData {
  readonly touched: TouchedLevels;
  tape = new TradeTape();
  candles = new Candles();
  traders = new OwnTrading();
  /** Of the present or last trading day, which begins when the phase leaves `closed`. */
  day: Figures = noFigures(1);
  /** Last price of the day before; 0 without one. */
  previousClose = 0;
  /** Number of the latest trade in order that stands, as far as remembered; 0 without one. */
  lastTrade = 0;
  /** When the last call ended; 0 before any did. */
  lastAuctionAt: Micros = 0;
  #isOpen = false;

  /** @param moved commands that the book has taken already */
  constructor(moved = 0) {
    this.touched = new TouchedLevels(moved + 1);
  }

  take(instrument: Traded, event: ExchangeEvent, at: Micros): void {
    switch (event.type) {
      case "market_phase_changed":
        return this.#phase(instrument.book, event.phase !== "closed");
      case "trade_made":
        return this.#trade(instrument, event, at);
      case "auction_held":
        return this.#auction(instrument, event, at);
      case "auction_filled":
        return this.#auctionFill(instrument, event, at);
      case "trade_busted":
        return this.#bust(instrument, numberOf(instrument, event.tradeId));
      case "trade_corrected":
        return this.#correct(instrument, event);
      default:
    }
  }

  encode(): EncodedData {
    return {
      tape: this.tape.encode(),
      candles: this.candles.encode(),
      traders: this.traders.encode(),
      day: encodeFigures(this.day),
      isOpen: this.#isOpen,
      previousClose: this.previousClose,
      lastTrade: this.lastTrade,
      lastAuctionAt: this.lastAuctionAt,
    };
  }

  static decode({ tape, candles, traders, day, isOpen, ...rest }: EncodedData, moved: number): MarketData {
    const data = new MarketData(moved);
    data.tape = TradeTape.decode(tape);
    data.candles = Candles.decode(candles);
    data.traders = OwnTrading.decode(traders);
    data.day = decodeFigures(day);
    data.#isOpen = isOpen;
    return Object.assign(data, rest);
  }

  /** Not by the book's last price: it may have been asked more since. */
  #phase(book: Book, isOpen: boolean): void {
    const begins = isOpen && !this.#isOpen;
    this.#isOpen = isOpen;
    if (!begins) return;
    this.previousClose = book.trade(this.lastTrade)?.price ?? 0;
    this.day = noFigures(this.tape.latest + 1);
  }

  #print({ book }: Traded, at: Micros): void {
    const trade = this.tape.latest;
    const print = book.trade(trade) as Print;
    this.lastTrade = trade;
    addPrint(this.day, print);
    this.candles.add(trade, at, print);
  }

  #trade(instrument: Traded, event: Of<"trade_made">, at: Micros): void {
    const [buyer, seller] = event.takerSide === "buy" ? [event.taker, event.maker] : [event.maker, event.taker];
    const [buying, selling] = [accountOf(instrument, buyer), accountOf(instrument, seller)];
    this.tape.add({ at, takerSide: event.takerSide, buyer: buying, seller: selling });
    this.#print(instrument, at);
    const trade = this.tape.latest;
    const { quantity } = instrument.book.trade(trade) as Print;
    this.traders.move(buying, quantity);
    this.traders.move(selling, -quantity);
    const { price, quantity: written } = event;
    const fill = (side: "buy" | "sell", { orderId, fee }: TradeSide) => ({
      key: `t${trade}${side === "buy" ? "b" : "s"}`,
      trade,
      view: { orderId, side, price, quantity: written, fee, at: instantOfMicros(at) },
    });
    this.traders.addFill(buying, fill("buy", buyer));
    this.traders.addFill(selling, fill("sell", seller));
  }

  #auction(instrument: Traded, { tradeId }: Of<"auction_held">, at: Micros): void {
    this.lastAuctionAt = at;
    if (tradeId === undefined) return;
    this.tape.add({ at, takerSide: null, buyer: 0, seller: 0 });
    this.#print(instrument, at);
  }

  #auctionFill(instrument: Traded, event: Of<"auction_filled">, at: Micros): void {
    const { orderId, side, price, quantity: written, fee } = event;
    const account = accountOf(instrument, event);
    const trade = this.tape.latest;
    const quantity = Number(wholeOf(written, instrument.units.quantity));
    const bought = side === "buy" ? quantity : -quantity;
    this.tape.addShare(trade, account, bought);
    this.traders.move(account, bought);
    const key = `t${trade}${side === "buy" ? "b" : "s"}-o${numberOf(instrument, orderId)}`;
    const view = { orderId, side, price, quantity: written, fee, at: instantOfMicros(at) } as const;
    this.traders.addFill(account, { key, trade, view });
  }

  #bust(instrument: Traded, trade: number): void {
    const was = instrument.book.trade(trade);
    if (was === undefined) return;
    for (const [account, quantity] of this.tape.sharesOf(trade, was.quantity)) {
      this.traders.move(account, -quantity);
      this.traders.bust(account, trade);
    }
    this.#recount(instrument.book, was.place, { was, is: null });
  }

  #correct(instrument: Traded, { tradeId, replaces, price }: Of<"trade_corrected">): void {
    const [trade, replaced] = [numberOf(instrument, tradeId), numberOf(instrument, replaces)];
    const [was, is] = [instrument.book.trade(replaced), instrument.book.trade(trade)];
    const entry = this.tape.entry(replaced);
    this.tape.add(entry);
    for (const account of new Set([entry.buyer, entry.seller])) {
      this.traders.correct(account, { replaces: replaced, trade, price });
    }
    if (was !== undefined && is !== undefined) this.#recount(instrument.book, is.place, { was, is });
  }

  #recount(book: Book, place: number, amends: Parameters<typeof recount>[2]): void {
    const prints = { book, tape: this.tape };
    this.candles.recount(place, prints, amends);
    if (holds(this.day, place)) recount(this.day, prints, amends);
    this.lastTrade = lastStanding(book, this.tape);
  }
}

function accountOf({ accounts }: Traded, { companyId }: { readonly companyId: string }): number {
  return accounts.get(companyId) ?? 0;
}

/** The trade that is last in order of those that stand. */
function lastStanding(book: Book, { latest, oldest }: TradeTape): number {
  let found = 0;
  let foundPlace = 0;
  for (let trade = oldest; trade <= latest; trade++) {
    const known = book.trade(trade);
    if (known?.stands !== true || known.place < foundPlace) continue;
    found = trade;
    foundPlace = known.place;
  }
  return found;
}
