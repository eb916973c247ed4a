import type { Rejection } from "../events.ts";
import { sayCommandRejected } from "../orders/rejecting.ts";
import type { Core } from "../store/core.ts";
import { isOnStep, lowerStep } from "../store/price-steps.ts";
import type { Settings } from "../store/settings.ts";
import { NO_PRICE } from "../store/settings.ts";
import { E_PRICE, N_FIRST, N_SECOND } from "../wire/event-ring.ts";
import { BUSTED, CORRECTED } from "../wire/event-types.ts";
import { R_PRICE, R_TRADE, readPair } from "../wire/record.ts";

const unknownTrade: Rejection = { code: "unknown_trade", field: "trade" };

/** `bust`: a trade or an auction did not count. */
export function bust(core: Core, record: Int32Array, offset: number): void {
  const trade = readPair(record, offset + R_TRADE);
  if (!core.trades.stands(trade)) return sayCommandRejected(core, unknownTrade);
  core.trades.bust(trade);
  lookBack(core);
  const at = core.ring.add(BUSTED);
  core.ring.words[at + E_PRICE] = core.trades.priceOf(trade);
  core.ring.numbers[(at >> 1) + N_FIRST] = trade;
  core.ring.numbers[(at >> 1) + N_SECOND] = core.trades.quantityOf(trade);
}

/** `correct`: a trade was at another price. */
export function correct(core: Core, record: Int32Array, offset: number): void {
  const replaced = readPair(record, offset + R_TRADE);
  const price = record[offset + R_PRICE] as number;
  const wrong = checkPrice(core.settings, price);
  if (wrong !== undefined) return sayCommandRejected(core, wrong);
  if (!core.trades.stands(replaced) || core.trades.isAuction(replaced)) return sayCommandRejected(core, unknownTrade);
  const trade = core.trades.correct(replaced, price);
  lookBack(core);
  const at = core.ring.add(CORRECTED);
  core.ring.words[at + E_PRICE] = price;
  core.ring.numbers[(at >> 1) + N_FIRST] = trade;
  core.ring.numbers[(at >> 1) + N_SECOND] = replaced;
}

function checkPrice(settings: Settings, price: number): Rejection | undefined {
  if (!isOnStep(settings, price)) return { code: "price_off_step", limit: lowerStep(settings, price), field: "price" };
  const limit = Math.max(settings.minPrice, Math.min(settings.maxPrice, price));
  return limit === price ? undefined : { code: "price_out_of_range", limit, field: "price" };
}

/** The last price is that of the latest trade that stands. */
function lookBack(core: Core): void {
  const trade = core.trades.lastStanding();
  core.last = trade === 0 ? NO_PRICE : core.trades.priceOf(trade);
}
