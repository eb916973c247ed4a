import type { OrderKind, Side, TimeInForce } from "../commands.ts";
import { kinds, timesInForce } from "../wire/codes.ts";
import { APART, DORMANT, IN_LEVEL, kindOf, PARKED, placeOf, SELLS, tifOf } from "../wire/traits.ts";
import type { Core } from "./core.ts";
import { FILLED, LEAVES, NEXT, NUMBER, PRICE, rareAt, SHOWN, STOP_PRICE, TRAITS, timeAt } from "./pool.ts";
import { NO_PRICE } from "./settings.ts";

/** `level`: in the queue of its price; `market`: rests in a call without one; `apart`: all-or-none. */
export type OrderPlace = "level" | "market" | "apart" | "dormant" | "parked";

/** A live order as it stands. */
export type LiveOrder = {
  readonly order: number;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly tif: TimeInForce;
  readonly place: OrderPlace;
  /** What it never trades beyond; null where there is no such price. */
  readonly price: number | null;
  /** While it is dormant. */
  readonly stopPrice: number | null;
  readonly leaves: number;
  readonly filled: number;
  /** Of a resting one. */
  readonly shown: number;
  /** Its time: smaller is earlier. */
  readonly time: number;
};

/** Undefined when no order of that number is live. */
export function liveOrder(core: Core, number: number): LiveOrder | undefined {
  const order = core.ids.get(number);
  return order === 0 ? undefined : factsOf(core, order);
}

/** The orders in the queues of prices, best first and each level in turn, buys before sells. */
export function ordersInLevels(core: Core): LiveOrder[] {
  const { words } = core.pool;
  const orders: LiveOrder[] = [];
  for (const side of [core.buys, core.sells]) {
    for (let key = side.best; key < side.count; key = side.after(key)) {
      for (let order = side.headOf(key); order !== 0; order = words[order + NEXT] as number) {
        orders.push(factsOf(core, order));
      }
    }
  }
  return orders;
}

function factsOf(core: Core, order: number): LiveOrder {
  const { words, rare, numbers } = core.pool;
  const traits = words[order + TRAITS] as number;
  const price = words[order + PRICE] as number;
  const place = placeNamed(placeOf(traits));
  return {
    order: words[order + NUMBER] as number,
    side: (traits & SELLS) === 0 ? "buy" : "sell",
    kind: kinds[kindOf(traits)] as OrderKind,
    tif: timesInForce[tifOf(traits)] as TimeInForce,
    place,
    price: price === NO_PRICE ? null : price,
    stopPrice: place === "dormant" ? (rare[rareAt(order) + STOP_PRICE] as number) : null,
    leaves: words[order + LEAVES] as number,
    filled: words[order + FILLED] as number,
    shown: words[order + SHOWN] as number,
    time: numbers[timeAt(order)] as number,
  };
}

function placeNamed(place: number): OrderPlace {
  if (place === IN_LEVEL) return "level";
  if (place === APART) return "apart";
  if (place === DORMANT) return "dormant";
  return place === PARKED ? "parked" : "market";
}
