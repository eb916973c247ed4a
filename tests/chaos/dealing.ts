import { formatDecimal } from "@kontor/kernel";
import type { PersonCommandInput } from "@kontor/protocol";
import type { Random } from "@kontor/testkit";
import type { DeskOptions, Lane, Listed } from "./desk.ts";

const tick = 25n;
/** Ticks of the price around which all deal. */
const middle = 800;
const reach = 8;
const quantityMax = 20;
/** A company with more orders takes some away first. */
const ordersMax = 15;

type Side = "buy" | "sell";

/** What the answers have told of a company's orders that may still be live. */
type Own = Map<string, { quantity: number }>;

/** Orders, cancels and replacements around one price, so that most of them meet somebody. */
export function dealingIn(instrumentIds: readonly string[]): DeskOptions["openLane"] {
  return ({ lane, random }) => {
    const instrumentId = instrumentIds[lane % instrumentIds.length] ?? "";
    return new Dealing(instrumentId, random);
  };
}

class Dealing implements Lane {
  readonly #instrumentId: string;
  readonly #random: Random;
  readonly #own: Own = new Map();

  constructor(instrumentId: string, random: Random) {
    this.#instrumentId = instrumentId;
    this.#random = random;
  }

  next(): PersonCommandInput {
    const random = this.#random;
    const instrumentId = this.#instrumentId;
    if (this.#own.size === 0) return this.#order();
    const draw = random.below(100);
    if (draw === 0) return { type: "cancel_orders", instrumentId, side: random.pick<Side>(["buy", "sell"]) };
    if (draw < 18 || this.#own.size >= ordersMax) return { type: "cancel_order", instrumentId, orderId: this.#take() };
    if (draw < 32) return this.#replacement();
    if (draw < 40) return this.#amendment();
    return this.#order();
  }

  heard({ command, answer }: Listed): void {
    if (answer?.ok !== true) return;
    const { orderId, fills = [], cancelled } = answer.receipt.result as OrderResult;
    if (command.type === "cancel_orders") this.#own.clear();
    if (command.type !== "submit_order" && command.type !== "replace_order") return;
    const filled = fills.reduce((sum, { quantity }) => sum + Number(quantity), 0);
    const quantity = Number(command.quantity);
    if (cancelled === undefined && filled < quantity) this.#own.set(orderId, { quantity });
  }

  #order(): PersonCommandInput {
    const random = this.#random;
    const side = random.pick<Side>(["buy", "sell"]);
    const isTaking = random.below(4) === 0;
    const away = isTaking ? -random.below(reach) : 1 + random.below(reach);
    const price = this.#price(side === "buy" ? -away : away);
    const quantity = String(1 + random.below(quantityMax));
    const tif = isTaking && random.below(2) === 0 ? "ioc" : "gtc";
    return { type: "submit_order", instrumentId: this.#instrumentId, side, price, quantity, tif };
  }

  #replacement(): PersonCommandInput {
    const orderId = this.#take();
    const quantity = String(1 + this.#random.below(quantityMax));
    const price = this.#price(this.#random.below(2 * reach) - reach);
    return { type: "replace_order", instrumentId: this.#instrumentId, orderId, price, quantity };
  }

  /** A smaller total; what has traded already may be more. */
  #amendment(): PersonCommandInput {
    const orderId = this.#random.pick([...this.#own.keys()]);
    const { quantity = 1 } = this.#own.get(orderId) ?? {};
    const total = String(1 + this.#random.below(quantity));
    return { type: "amend_order", instrumentId: this.#instrumentId, orderId, quantity: total };
  }

  #take(): string {
    const orderId = this.#random.pick([...this.#own.keys()]);
    this.#own.delete(orderId);
    return orderId;
  }

  #price(ticksAway: number): string {
    return formatDecimal(BigInt(middle + ticksAway) * tick, 2);
  }
}

type OrderResult = {
  readonly orderId: string;
  readonly fills?: readonly { readonly quantity: string }[];
  readonly cancelled?: object;
};
