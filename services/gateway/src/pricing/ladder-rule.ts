import { checkLadder, indexPriceBook } from "@kontor/catalog";
import type { LadderCheck } from "@kontor/db";

/** Prices of rungs are compared as they stand: net with net, gross with gross. */
const taxPercent = 0n;

/** The engine's rule for ladders, as the repositories ask it. */
export const ladderRule: LadderCheck = ({ listId, offerId, records, from }) =>
  checkLadder(listId, { offerId, book: indexPriceBook(records), from, taxPercent });
