import { parseDecimal } from "@kontor/kernel";
import type { ExchangeEvent } from "@kontor/protocol";

type EventOf<Type extends ExchangeEvent["type"]> = Extract<ExchangeEvent, { type: Type }>;

export type FoldedOrder = {
  readonly companyId: string;
  readonly side: "buy" | "sell";
  leaves: bigint;
  filled: bigint;
};

/** Of one company in the instrument: bought less sold, and what allocations and trades come to. */
export type FoldedCompany = {
  position: bigint;
  money: bigint;
  goods: bigint;
  allocated: { money: bigint; goods: bigint };
};

/** Money in minor units of two digits; quantities here are whole. */
export const moneyOf = (text: string): bigint => amountOf(text, 2);
export const quantityOf = (text: string): bigint => amountOf(text, 0);

/**
 * An instrument as its journaled facts tell it, told a second time and plainly: whose orders are live, who has what.
 * Whatever cannot be so is a fault: a trade twice, more filled than was ordered, an order that trades after its end.
 */
export class InstrumentFold {
  readonly faults: string[] = [];
  readonly live = new Map<string, FoldedOrder>();
  readonly companies = new Map<string, FoldedCompany>();
  readonly trades = new Set<string>();
  /** How often the market was closed because nobody was there. */
  outages = 0;
  orders = 0;
  fees = 0n;

  take(events: readonly ExchangeEvent[]): void {
    this.#nameAuction(events);
    for (const event of events) this.#apply(event);
  }

  /** Money and goods that are neither where they were allocated nor were paid as a fee. */
  lost(): { readonly money: bigint; readonly goods: bigint } {
    let [money, goods] = [-this.fees, 0n];
    for (const { money: has, goods: owns, allocated } of this.companies.values()) {
      money += allocated.money - has;
      goods += allocated.goods - owns;
    }
    return { money, goods };
  }

  company(companyId: string): FoldedCompany {
    const known = this.companies.get(companyId);
    if (known !== undefined) return known;
    const made = { position: 0n, money: 0n, goods: 0n, allocated: { money: 0n, goods: 0n } };
    this.companies.set(companyId, made);
    return made;
  }

  #apply(event: ExchangeEvent): void {
    switch (event.type) {
      case "order_accepted":
        return this.#open(event.orderId, {
          companyId: event.companyId,
          side: event.terms.side,
          leaves: quantityOf(event.terms.quantity),
          filled: 0n,
        });
      case "order_replaced":
        return this.#replace(event);
      case "order_amended":
        return this.#amend(event);
      case "order_cancelled":
        return this.#cancel(event);
      case "trade_made":
        return this.#trade(event);
      case "auction_filled":
        return this.#fill(event);
      case "assets_allocated":
        return this.#allocate(event);
      case "market_phase_changed":
        if (event.cause === "outage" && event.phase === "cancel_only") this.outages += 1;
        return;
      default:
        return;
    }
  }

  #open(orderId: string, order: FoldedOrder): void {
    if (this.live.has(orderId)) this.faults.push(`${orderId} was made twice`);
    this.live.set(orderId, order);
    this.orders += 1;
  }

  #require(orderId: string): FoldedOrder | undefined {
    const order = this.live.get(orderId);
    if (order === undefined) this.faults.push(`${orderId} is not live any more, and something happens to it`);
    return order;
  }

  #replace({ orderId, newOrderId, quantity }: EventOf<"order_replaced">): void {
    const order = this.#require(orderId);
    this.live.delete(orderId);
    if (order === undefined) return;
    const { companyId, side } = order;
    this.#open(newOrderId, { companyId, side, leaves: quantityOf(quantity), filled: 0n });
  }

  #amend({ orderId, quantity }: EventOf<"order_amended">): void {
    const order = this.#require(orderId);
    if (order !== undefined && quantity !== undefined) order.leaves = quantityOf(quantity) - order.filled;
  }

  #cancel({ orderId, quantity }: EventOf<"order_cancelled">): void {
    const order = this.#require(orderId);
    if (order !== undefined && order.leaves !== quantityOf(quantity)) {
      this.faults.push(`${orderId} had ${order.leaves} left, and ${quantity} was cancelled`);
    }
    this.live.delete(orderId);
  }

  #trade({ tradeId, price, quantity, takerSide, maker, taker }: EventOf<"trade_made">): void {
    this.#name(tradeId);
    const sides = takerSide === "buy" ? { buy: taker, sell: maker } : { buy: maker, sell: taker };
    for (const side of ["buy", "sell"] as const) this.#fill({ ...sides[side], side, price, quantity });
  }

  /** All of an auction's fills are one trade: as much is bought as sold. */
  #nameAuction(events: readonly ExchangeEvent[]): void {
    const fills = events.filter((event) => event.type === "auction_filled");
    const [first] = fills;
    if (first === undefined) return;
    this.#name(first.tradeId);
    const unmatched = fills.reduce((sum, { side, quantity }) => {
      return side === "buy" ? sum + quantityOf(quantity) : sum - quantityOf(quantity);
    }, 0n);
    if (unmatched !== 0n) this.faults.push(`${first.tradeId}: ${unmatched} more was bought than sold`);
  }

  #name(tradeId: string): void {
    if (this.trades.has(tradeId)) this.faults.push(`${tradeId} was made twice`);
    this.trades.add(tradeId);
  }

  #fill({ orderId, side, price, quantity: text, leaves, fee }: Fill): void {
    const order = this.#require(orderId);
    if (order === undefined) return;
    const quantity = quantityOf(text);
    order.leaves -= quantity;
    order.filled += quantity;
    if (order.side !== side || order.leaves !== quantityOf(leaves)) {
      this.faults.push(
        `${orderId} has ${order.leaves} left to ${order.side} by its trades, ${leaves} to ${side} as told`,
      );
    }
    if (order.leaves === 0n) this.live.delete(orderId);
    const company = this.company(order.companyId);
    const sign = side === "buy" ? 1n : -1n;
    company.position += sign * quantity;
    company.goods += sign * quantity;
    company.money -= sign * moneyOf(price) * quantity + moneyOf(fee);
    this.fees += moneyOf(fee);
  }

  #allocate({ companyId, money, goods }: EventOf<"assets_allocated">): void {
    const company = this.company(companyId);
    company.money += moneyOf(money);
    company.goods += quantityOf(goods);
    company.allocated.money += moneyOf(money);
    company.allocated.goods += quantityOf(goods);
  }
}

type Fill = {
  readonly orderId: string;
  readonly side: "buy" | "sell";
  readonly price: string;
  readonly quantity: string;
  readonly leaves: string;
  readonly fee: string;
};

function amountOf(text: string, scale: number): bigint {
  const amount = parseDecimal(text, scale);
  if (typeof amount === "string") throw new RangeError(`"${text}" is no amount of ${scale} digits`);
  return amount;
}
