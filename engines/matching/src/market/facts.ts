import { instantOfMicros } from "@kontor/kernel";
import type { ExchangeCommand, ExchangeEvent, TradeSide } from "@kontor/protocol";
import type { BookEvent } from "../events.ts";
import type { Instrument, KnownOrder, PhaseCause } from "./state.ts";
import { orderIdOf, tradeIdOf } from "./state.ts";
import { writtenOf } from "./units.ts";

type Told = Exclude<
  BookEvent,
  { type: "rejected" | "cancel_rejected" | "amend_rejected" | "command_rejected" | "indicative" }
>;
type Of<Type extends Told["type"]> = Extract<Told, { type: Type }>;

export type Telling = {
  readonly instrument: Instrument;
  readonly command: ExchangeCommand | null;
  readonly userId: string;
  /** Of the order that the command makes, if it makes one. */
  readonly maker: KnownOrder | null;
  /** Of phases that the book was asked for. */
  readonly cause: PhaseCause | null;
};

/** Writes what happened in a book as facts of its instrument. */
export class Teller {
  readonly #telling: Telling;
  readonly #instrumentId: string;
  readonly #madeOrder: number;
  /** The trade number of the auction whose fills are told. */
  #auction = 0;

  constructor(telling: Telling) {
    this.#telling = telling;
    this.#instrumentId = telling.instrument.instrumentId;
    this.#madeOrder = telling.instrument.ordersMade + 1;
  }

  fact(event: Told): ExchangeEvent {
    const { instrumentId, price, quantity } = {
      instrumentId: this.#instrumentId,
      price: this.#price,
      quantity: this.#quantity,
    };
    switch (event.type) {
      case "accepted":
        return this.#accepted(event);
      case "trade":
        return this.#trade(event);
      case "fill":
        return this.#fill(event);
      case "cancelled":
        return {
          type: "order_cancelled",
          ...this.#of(event.order),
          quantity: quantity(event.quantity),
          cause: event.reason,
        };
      case "reduced":
        return {
          type: "order_reduced",
          ...this.#of(event.order),
          quantity: quantity(event.quantity),
          cause: event.reason,
        };
      case "amended":
        return this.#amended(event);
      case "replaced":
        return this.#replaced(event);
      case "triggered":
        return { type: "order_triggered", ...this.#of(event.order) };
      case "parked":
        return { type: "order_parked", ...this.#of(event.order) };
      case "unparked":
        return { type: "order_unparked", ...this.#of(event.order) };
      case "trailed":
        return { type: "order_trailed", ...this.#of(event.order), stopPrice: price(event.stopPrice) };
      case "repriced":
        return { type: "order_repriced", ...this.#of(event.order), price: price(event.price) };
      case "refilled":
        return { type: "order_refilled", ...this.#of(event.order), shown: quantity(event.shown) };
      case "prevented":
        return { type: "self_trade_prevented", ...this.#pair(event) };
      case "transferred":
        return { type: "assets_transferred", ...this.#pair(event) };
      case "mass_cancelled":
        return { type: "orders_cancelled", instrumentId, count: event.count };
      case "busted":
        return {
          type: "trade_busted",
          instrumentId,
          tradeId: this.#tradeId(event.trade),
          price: price(event.price),
          quantity: quantity(event.quantity),
        };
      case "corrected":
        return {
          type: "trade_corrected",
          instrumentId,
          tradeId: this.#tradeId(event.trade),
          replaces: this.#tradeId(event.replaces),
          price: price(event.price),
        };
      default:
        return this.#ofMarket(event);
    }
  }

  #ofMarket(
    event: Of<
      "blocked" | "unblocked" | "phase" | "auction" | "extended" | "bands_changed" | "reference_changed" | "allocated"
    >,
  ): ExchangeEvent {
    const instrumentId = this.#instrumentId;
    switch (event.type) {
      case "blocked":
        return { type: "trader_blocked", instrumentId, companyId: this.#company(event.account) };
      case "unblocked":
        return { type: "trader_unblocked", instrumentId, companyId: this.#company(event.account) };
      case "phase": {
        const cause = event.reason ?? this.#telling.cause;
        return {
          type: "market_phase_changed",
          instrumentId,
          phase: event.phase,
          ...(event.purpose && { purpose: event.purpose }),
          ...(cause && { cause }),
          ...(event.resumesAt !== undefined && { resumesAt: instantOfMicros(event.resumesAt) }),
        };
      }
      case "auction":
        this.#auction = event.trade ?? 0;
        return {
          type: "auction_held",
          instrumentId,
          price: event.price === null ? null : this.#price(event.price),
          quantity: this.#quantity(event.quantity),
          surplus: this.#quantity(event.surplus),
          surplusSide: event.surplusSide,
          ...(event.trade !== undefined && { tradeId: this.#tradeId(event.trade) }),
        };
      case "extended":
        return {
          type: "auction_extended",
          instrumentId,
          cause: event.reason,
          indicative: event.indicative === null ? null : this.#price(event.indicative),
        };
      case "bands_changed": {
        const { command } = this.#telling;
        return { type: "bands_changed", instrumentId, bands: command?.type === "set_bands" ? command.bands : {} };
      }
      case "reference_changed":
        return { type: "reference_changed", instrumentId, price: this.#price(event.price) };
      case "allocated":
        return {
          type: "assets_allocated",
          instrumentId,
          companyId: this.#company(event.account),
          money: this.#money(event.cash),
          goods: this.#quantity(event.goods),
        };
    }
  }

  #accepted({ order }: Of<"accepted">): ExchangeEvent {
    const { command, userId } = this.#telling;
    if (command?.type !== "submit_order") throw new TypeError("an order is accepted because one was submitted");
    const { type: _, instrumentId: __, ...terms } = command;
    return { type: "order_accepted", ...this.#of(order), userId, terms };
  }

  #amended({ order, keptPriority }: Of<"amended">): ExchangeEvent {
    const { command } = this.#telling;
    if (command?.type !== "amend_order") throw new TypeError("an order is amended because that was asked");
    const { price, quantity, display, stopPrice } = command;
    return {
      type: "order_amended",
      ...this.#of(order),
      keptPriority,
      ...(price !== undefined && { price }),
      ...(quantity !== undefined && { quantity }),
      ...(display !== undefined && { display }),
      ...(stopPrice !== undefined && { stopPrice }),
    };
  }

  #replaced({ order, newOrder }: Of<"replaced">): ExchangeEvent {
    const { instrument, command, userId } = this.#telling;
    if (command?.type !== "replace_order") throw new TypeError("an order is replaced because that was asked");
    const priced = command.price === undefined ? {} : { price: command.price };
    const newOrderId = orderIdOf(instrument, newOrder);
    return { type: "order_replaced", ...this.#of(order), newOrderId, userId, quantity: command.quantity, ...priced };
  }

  #trade(event: Of<"trade">): ExchangeEvent {
    return {
      type: "trade_made",
      instrumentId: this.#instrumentId,
      tradeId: this.#tradeId(event.trade),
      price: this.#price(event.price),
      quantity: this.#quantity(event.quantity),
      takerSide: event.takerSide,
      maker: this.#side(event.maker, event.makerLeaves, event.makerFee),
      taker: this.#side(event.taker, event.takerLeaves, event.takerFee),
    };
  }

  #side(order: number, leaves: number, fee: number): TradeSide {
    const { orderId, companyId } = this.#of(order);
    return { orderId, companyId, leaves: this.#quantity(leaves), fee: this.#money(fee) };
  }

  #fill({ order, price, quantity, leaves, fee }: Of<"fill">): ExchangeEvent {
    const common = { tradeId: this.#tradeId(this.#auction), side: this.#order(order).side, price: this.#price(price) };
    return {
      type: "auction_filled",
      ...this.#of(order),
      ...common,
      quantity: this.#quantity(quantity),
      leaves: this.#quantity(leaves),
      fee: this.#money(fee),
    };
  }

  #pair({ maker, taker, price, quantity }: Of<"prevented" | "transferred">) {
    const { instrument } = this.#telling;
    const orders = { maker: orderIdOf(instrument, maker), taker: orderIdOf(instrument, taker) };
    return {
      instrumentId: this.#instrumentId,
      ...orders,
      price: this.#price(price),
      quantity: this.#quantity(quantity),
    };
  }

  #order(order: number): KnownOrder {
    const { instrument, maker } = this.#telling;
    const known = instrument.orders.get(order) ?? (order === this.#madeOrder ? maker : null);
    if (known === null || known === undefined) throw new RangeError(`order ${order} is not known`);
    return known;
  }

  #of(order: number) {
    const { instrument } = this.#telling;
    return {
      instrumentId: this.#instrumentId,
      orderId: orderIdOf(instrument, order),
      companyId: this.#order(order).companyId,
    };
  }

  #company(account: number): string {
    return this.#telling.instrument.companies[account - 1] ?? "";
  }

  #tradeId(trade: number): string {
    return tradeIdOf(this.#telling.instrument, trade);
  }

  readonly #price = (ticks: number): string => writtenOf(ticks, this.#telling.instrument.units.price);
  readonly #quantity = (steps: number): string => writtenOf(steps, this.#telling.instrument.units.quantity);
  readonly #money = (minor: number): string => writtenOf(minor, this.#telling.instrument.units.money);
}
