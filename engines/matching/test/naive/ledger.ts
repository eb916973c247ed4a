import type { Command, NewOrder, Side } from "../../src/commands.ts";
import type { BookConfig } from "../../src/config.ts";
import type { BookEvent } from "../../src/events.ts";

/** What the events alone say of an order. */
type Known = {
  readonly account: number;
  readonly side: Side;
  readonly kind: NewOrder["kind"];
  price: number | undefined;
  leaves: number;
  filled: number;
};

export type Money = { cash: number; goods: number };

/**
 * Follows a book by its commands and events alone: which orders live with how much, and what every account has gained.
 * Throws where an event contradicts those before it.
 */
export class Ledger {
  readonly live = new Map<number, Known>();
  /** Of accounts that were allocated to, from their first allocation on. */
  readonly allocated = new Map<number, Money>();
  /** Of everybody, by trades alone; with the fees they sum to nothing. */
  readonly gained: Money = { cash: 0, goods: 0 };
  fees = 0;
  /** What the last command's auction bought and did not sell. */
  lopsided = 0;
  readonly #config: BookConfig;

  constructor(config: BookConfig) {
    this.#config = config;
  }

  take(command: Command, events: readonly BookEvent[]): void {
    this.lopsided = 0;
    for (const event of events) this.#event(command, event);
  }

  #event(command: Command, event: BookEvent): void {
    switch (event.type) {
      case "accepted":
        if (command.type !== "new") throw new Error(`accepted by ${command.type}`);
        this.#add(event.order, { ...command, price: command.price });
        return;
      case "replaced":
        return this.#replace(command, event);
      case "amended":
        return this.#amend(command, event.order);
      case "repriced": {
        const order = this.#require(event.order);
        if (order.kind !== "pegged") order.price = event.price;
        return;
      }
      case "cancelled": {
        const order = this.#require(event.order);
        if (order.leaves !== event.quantity) throw new Error(`${event.order} had ${order.leaves} left`);
        this.live.delete(event.order);
        return;
      }
      case "reduced":
        this.#require(event.order).leaves -= event.quantity;
        return;
      case "transferred":
        this.#move(event.maker, { ...event, fee: 0 });
        return this.#move(event.taker, { ...event, fee: 0 });
      case "trade":
        this.#fill(event.maker, { ...event, leaves: event.makerLeaves, fee: event.makerFee });
        return this.#fill(event.taker, { ...event, leaves: event.takerLeaves, fee: event.takerFee });
      case "fill":
        this.lopsided += this.#require(event.order).side === "buy" ? event.quantity : -event.quantity;
        return this.#fill(event.order, event);
      case "allocated": {
        const { cash, goods } = this.allocated.get(event.account) ?? { cash: 0, goods: 0 };
        this.allocated.set(event.account, { cash: cash + event.cash, goods: goods + event.goods });
        return;
      }
      case "triggered":
      case "trailed":
      case "refilled":
      case "parked":
      case "unparked":
        this.#require(event.order);
        return;
      default:
        return;
    }
  }

  #require(order: number): Known {
    const known = this.live.get(order);
    if (known === undefined) throw new Error(`an event tells of order ${order}, which does not live`);
    return known;
  }

  #add(order: number, from: Omit<Known, "leaves" | "filled"> & { quantity: number }): void {
    if (this.live.has(order)) throw new Error(`order ${order} lives twice`);
    const { account, side, kind, price, quantity } = from;
    this.live.set(order, { account, side, kind, price, leaves: quantity, filled: 0 });
  }

  #replace(command: Command, event: { order: number; newOrder: number }): void {
    if (command.type !== "replace") throw new Error(`replaced by ${command.type}`);
    const old = this.#require(event.order);
    this.live.delete(event.order);
    this.#add(event.newOrder, { ...old, price: command.price ?? old.price, quantity: command.quantity });
  }

  #amend(command: Command, order: number): void {
    if (command.type !== "amend") throw new Error(`amended by ${command.type}`);
    const known = this.#require(order);
    if (command.quantity !== undefined) known.leaves = command.quantity - known.filled;
    known.price = command.price ?? known.price;
  }

  #fill(number: number, fill: { price: number; quantity: number; leaves: number; fee: number }): void {
    const order = this.#require(number);
    const { price, quantity, leaves } = fill;
    const isWithin = order.price === undefined || (order.side === "buy" ? price <= order.price : price >= order.price);
    if (!isWithin) throw new Error(`${number} trades at ${price}, beyond its limit ${order.price}`);
    this.#move(number, fill);
    order.leaves -= quantity;
    order.filled += quantity;
    if (quantity <= 0 || order.leaves !== leaves) throw new Error(`${number} has ${order.leaves} left, not ${leaves}`);
    if (leaves === 0) this.live.delete(number);
  }

  #move(number: number, { price, quantity, fee }: { price: number; quantity: number; fee: number }): void {
    const { account, side } = this.#require(number);
    const value = price * quantity * this.#config.tickValue;
    const sign = side === "buy" ? 1 : -1;
    this.fees += fee;
    for (const money of [this.gained, this.allocated.get(account)]) {
      if (money === undefined) continue;
      money.cash -= sign * value + fee;
      money.goods += sign * quantity;
    }
  }
}
