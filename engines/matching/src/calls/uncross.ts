import { isOwnCall } from "../operator/phase-change.ts";
import { goTo } from "../operator/phases.ts";
import { sayCommandRejected } from "../orders/rejecting.ts";
import type { Core } from "../store/core.ts";
import { isCall } from "../store/core.ts";
import type { Levels } from "../store/levels.ts";
import { DISPLAY, LEAVES, NEXT, PRICE, SHOWN, TRAITS } from "../store/pool.ts";
import { NO_PRICE } from "../store/settings.ts";
import { Selection } from "../store/slot-set.ts";
import { cancel } from "../store/standing.ts";
import {
  AUCTION,
  AUCTION_ONLY,
  BY_AUCTION_END,
  BY_NO_LIQUIDITY,
  CLOSING_CROSS,
  CONTINUOUS,
  EXTENDED_MARKET,
  EXTENDED_PRICE,
  EXTENDED_WIDE,
  INTRADAY,
  MARKET,
  PRE_OPEN,
} from "../wire/codes.ts";
import { E_OTHER, E_PRICE, E_SIDE, N_FIRST, N_SECOND, N_THIRD } from "../wire/event-ring.ts";
import { AUCTION_HELD, EXTENDED, INDICATIVE } from "../wire/event-types.ts";
import { M_FINAL, M_NEXT, R_MEMBERS, R_PHASE } from "../wire/record.ts";
import { kindOf, tifOf } from "../wire/traits.ts";
import { fillSide } from "./auction-fills.ts";
import type { Determination } from "./auction-price.ts";
import { determine } from "./auction-price.ts";

/** `indicative`: what the call would come to if it ended now. */
export function tellIndicative(core: Core): void {
  if (!isCall(core.phase)) return sayCommandRejected(core, { code: "not_in_call" });
  sayDetermined(core, INDICATIVE, determine(core));
}

/** `uncross`: the call ends with one price for all, or goes on. */
export function uncross(core: Core, record: Int32Array, offset: number): void {
  const members = record[offset + R_MEMBERS] as number;
  const next = (members & M_NEXT) !== 0 ? (record[offset + R_PHASE] as number) : CONTINUOUS;
  if (core.phase !== AUCTION) return sayCommandRejected(core, { code: "not_in_call" });
  if (next === AUCTION || next === PRE_OPEN) {
    return sayCommandRejected(core, { code: "phase_not_allowed", field: "next" });
  }
  const result = determine(core);
  if (next === CLOSING_CROSS && result.price === null && core.reference === NO_PRICE) {
    return sayCommandRejected(core, { code: "no_reference" });
  }
  if ((members & M_FINAL) === 0 && extend(core, result)) return;
  hold(core, result);
  goTo(core, next, INTRADAY);
}

/** Whether the call goes on: its price is too far off, or market orders would go without. */
function extend(core: Core, result: Determination): boolean {
  const { settings, reference } = core;
  const { price, quantity, table } = result;
  const off = price === null || reference === NO_PRICE ? 0 : Math.abs(price - reference);
  if (off > settings.wideCollar) return sayExtended(core, EXTENDED_WIDE, price);
  if (off > settings.auctionCollar && core.priceExtensions < settings.maxExtensions) {
    core.priceExtensions++;
    return sayExtended(core, EXTENDED_PRICE, price);
  }
  const unfilled = Math.max(table.marketBuy, table.marketSell) > quantity;
  if (!settings.marketOrderExtension || !unfilled || core.marketExtensions >= settings.maxExtensions) return false;
  core.marketExtensions++;
  return sayExtended(core, EXTENDED_MARKET, price);
}

function sayExtended(core: Core, reason: number, price: number | null): true {
  const at = core.ring.add(EXTENDED);
  core.ring.words[at + E_OTHER] = reason;
  core.ring.words[at + E_PRICE] = price ?? NO_PRICE;
  return true;
}

function sayDetermined(core: Core, type: number, { price, quantity, surplus }: Determination): number {
  const at = core.ring.add(type);
  const { words, numbers } = core.ring;
  words[at + E_PRICE] = price ?? NO_PRICE;
  words[at + E_SIDE] = Math.sign(surplus);
  numbers[(at >> 1) + N_FIRST] = quantity;
  numbers[(at >> 1) + N_SECOND] = Math.abs(surplus);
  numbers[(at >> 1) + N_THIRD] = 0;
  return at;
}

/** Fills, then what cannot stay goes and icebergs show what they may. */
function hold(core: Core, result: Determination): void {
  const { price, quantity } = result;
  core.lastAuction = result;
  const at = sayDetermined(core, AUCTION_HELD, result);
  if (price !== null) {
    core.ring.numbers[(at >> 1) + N_THIRD] = core.trades.addAuction(price, quantity);
    core.last = price;
    core.reference = price;
    core.high = Math.max(core.high, price);
    core.low = core.low === NO_PRICE ? price : Math.min(core.low, price);
    fillSide(core, core.buys, { price, quantity });
    fillSide(core, core.sells, { price, quantity });
  }
  endOrders(core, core.buys);
  endOrders(core, core.sells);
}

/** In the order of fills: market orders and those of this call are cancelled, of the others icebergs show anew. */
function endOrders(core: Core, side: Levels): void {
  const { words } = core.pool;
  const resting = new Selection();
  collect(core, side.marketHead, resting);
  for (let key = side.best; key < side.count; key = side.after(key)) collect(core, side.headOf(key), resting);
  for (let at = 0; at < resting.count; at++) {
    const order = resting.items[at] as number;
    const traits = words[order + TRAITS] as number;
    const tif = tifOf(traits);
    if (kindOf(traits) === MARKET) cancel(core, order, BY_NO_LIQUIDITY);
    else if (tif >= AUCTION_ONLY && isOwnCall(core, tif)) cancel(core, order, BY_AUCTION_END);
    else showAnew(core, order, side);
  }
}

function collect(core: Core, head: number, resting: Selection): void {
  const { words } = core.pool;
  for (let order = head; order !== 0; order = words[order + NEXT] as number) resting.add(order);
}

function showAnew(core: Core, order: number, side: Levels): void {
  const { words } = core.pool;
  const display = words[order + DISPLAY] as number;
  if (display === 0) return;
  const shown = Math.min(display, words[order + LEAVES] as number);
  side.shownChanged(words[order + PRICE] as number, shown - (words[order + SHOWN] as number));
  words[order + SHOWN] = shown;
}
