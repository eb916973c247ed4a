import type { Core } from "../store/core.ts";
import { farEnd } from "../store/core.ts";
import { NO_PRICE } from "../store/settings.ts";
import { AUCTION_ONLY, CLOSING_CROSS, CONTINUOUS, MARKET } from "../wire/codes.ts";
import { marketLimit } from "./entering.ts";
import type { Intent } from "./intent.ts";

/** The price that an order would hold by: its limit or cap, where it would trade at once its effective limit. */
export function worstPriceOf(core: Core, intent: Intent): number {
  if (intent.price !== NO_PRICE) return intent.price;
  const trades = !intent.isAmendment && (core.phase === CONTINUOUS || core.phase === CLOSING_CROSS);
  if (intent.kind === MARKET && intent.tif < AUCTION_ONLY && trades) return marketLimit(core, intent.traits);
  return farEnd(core, intent.traits);
}
