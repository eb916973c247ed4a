import { formatDecimal } from "@kontor/kernel";
import type { ExchangeCommandOf } from "@kontor/protocol";
import type { Random } from "@kontor/testkit";

/** What traders send most of the time; all members are there, as a gateway would hand them on. */
export type OrderCommand =
  | ExchangeCommandOf<"submit_order">
  | ExchangeCommandOf<"cancel_order">
  | ExchangeCommandOf<"replace_order">;

/** What an answer tells about an order. */
export type OrderResult = {
  readonly orderId?: string;
  readonly fills?: readonly { readonly quantity: string }[];
  readonly cancelled?: object;
};

export type OrderMixOptions = {
  readonly instrumentId: string;
  readonly random: Random;
  /** Orders that a company has in the book before it cancels and replaces. */
  readonly depth: number;
};

/** In cents; prices stay within twice the reach around the middle. */
const tick = 25n;
const middle = 800;
const reachLog = 6;
const quantityMax = 50;

/**
 * One company's stream of orders, in the mixture of busy books: of a hundred commands 45 orders that rest, 35 cancels, 10
 * replacements and 10 orders that take what is there, of which half rest with what is left.
 */
export class OrderMix {
  readonly #options: OrderMixOptions;
  readonly #live: string[] = [];

  constructor(options: OrderMixOptions) {
    this.#options = options;
  }

  next(): OrderCommand {
    const { instrumentId, random, depth } = this.#options;
    const draw = this.#live.length < depth ? random.below(45) : random.below(100);
    if (draw < 45) return this.#order(1, "gtc");
    if (draw < 80) return { type: "cancel_order", instrumentId, orderId: this.#take() };
    if (draw < 90) {
      const { price, quantity } = this.#order(1, "gtc");
      return { type: "replace_order", instrumentId, orderId: this.#take(), quantity, ...(price && { price }) };
    }
    return this.#order(-1, draw < 95 ? "gtc" : "ioc");
  }

  /** An order that rests at the best price of its side, or trades. */
  nearest(): OrderCommand {
    const order = this.#order(1, "gtc");
    return { ...order, price: formatDecimal(BigInt(order.side === "buy" ? middle - 1 : middle + 1) * tick, 2) };
  }

  /** Learns of orders that are in the book now. */
  heard(command: OrderCommand, { orderId, fills = [], cancelled }: OrderResult): void {
    if (orderId === undefined || command.type === "cancel_order" || cancelled !== undefined) return;
    const filled = fills.reduce((sum, { quantity }) => sum + Number(quantity), 0);
    if (filled < Number(command.quantity)) this.#live.push(orderId);
  }

  /** So many ticks from the middle, on the order's own side of it or beyond it. */
  #order(away: 1 | -1, tif: "gtc" | "ioc"): ExchangeCommandOf<"submit_order"> {
    const { instrumentId, random } = this.#options;
    const side = random.below(2) === 0 ? "buy" : "sell";
    const distance = Math.floor(2 ** (random.next() * reachLog)) * away;
    const ticks = BigInt(middle + (side === "buy" ? -distance : distance));
    return {
      type: "submit_order",
      instrumentId,
      side,
      kind: "limit",
      tif,
      allOrNone: false,
      cancelOnDisconnect: false,
      price: formatDecimal(ticks * tick, 2),
      quantity: String(1 + random.below(quantityMax)),
    };
  }

  #take(): string {
    const { random } = this.#options;
    const index = random.below(this.#live.length);
    const last = this.#live.pop() ?? "";
    const taken = this.#live[index] ?? last;
    if (index < this.#live.length) this.#live[index] = last;
    return taken;
  }
}
