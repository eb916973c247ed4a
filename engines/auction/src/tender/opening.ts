import type { Micros } from "@kontor/kernel";
import { instantOfMicros, laterBy, microsOfMs, sha256Hex } from "@kontor/kernel";
import type { LiveEvent, TenderEvent } from "@kontor/protocol";
import type { LiveSetup } from "../live/live-auction.ts";
import { decideInitial, evolveLive, openAuction } from "../live/live-auction.ts";
import { awardProposed, meetsReserve, unsuccessful } from "./awards.ts";
import { validPrices } from "./order.ts";
import type { InitialPrice, Lot, Tender } from "./state.ts";

type Opened = Extract<LiveEvent, { type: "lot_opened" }>;

/** What the live auction starts from; the same for the decision and for every replay of it. */
export function setupOf(
  tender: Tender,
  lot: Lot,
  opened: { aliases: ReadonlyMap<string, number>; opensAt: Micros; endsAt: Micros | null },
): LiveSetup {
  const { tenderId, secret } = tender;
  const bidders = [...opened.aliases].map(([companyId, alias]) => ({ companyId, alias }));
  const { opensAt, endsAt } = opened;
  const { rules } = lot.terms;
  const place = { tenderId, lotId: lot.lotId, bidsBefore: lot.bidsBefore };
  return { ...place, rules, direction: tender.terms.direction, secret, opensAt, endsAt, bidders };
}

/** Missed by more than the rules forgive, or by the whole auction: never caught up silently. */
function missed(lot: Lot, opensAt: Micros, at: Micros): boolean {
  const { lateOpeningMs, durationMs, clock } = lot.terms.rules;
  if (at - opensAt > microsOfMs(lateOpeningMs)) return true;
  return clock === "opening" && at >= opensAt + microsOfMs(durationMs);
}

/**
 * Who may bid, in the order of the aliases: initial rank, then by a draw from the committed secret. Any order that the
 * owner can see, such as that of admission, would tell him the companies behind the aliases while they bid.
 */
function biddersOf(tender: Tender, lot: Lot, prices: readonly InitialPrice[]): string[] {
  const ranked = prices.map(({ companyId }) => companyId);
  if (tender.terms.procedure.initialPrices === "required") return ranked;
  const others = [...tender.suppliers.values()]
    .filter(({ standing, companyId }) => standing === "admitted" && !ranked.includes(companyId))
    .map(({ companyId }) => ({ companyId, draw: sha256Hex(`${tender.secret}:${lot.lotId}:alias:${companyId}`) }))
    .sort((a, b) => (a.draw < b.draw ? -1 : 1));
  return [...ranked, ...others.map(({ companyId }) => companyId)];
}

/** Whether too few take part, and what then happens to a lot whose only bidder need not bid. */
function withoutAuction(
  tender: Tender,
  lot: Lot,
  found: { bidders: number; prices: readonly InitialPrice[] },
): TenderEvent | null {
  const { minBidders, singleBidder } = tender.terms.procedure;
  if (found.bidders < minBidders) return unsuccessful(tender, lot, "too_few_bidders");
  if (found.bidders > 1 || singleBidder === "run") return null;
  if (singleBidder === "fail") return unsuccessful(tender, lot, "too_few_bidders");
  const [only] = found.prices;
  if (only === undefined) return null;
  if (!meetsReserve(tender, lot, only.price)) return unsuccessful(tender, lot, "reserve_unmet");
  return awardProposed(tender, lot, { companyId: only.companyId, price: only.price, rank: 1 });
}

/** The facts of an opening that is due: the auction with its initial bids, or why there is none. */
export function openingEvents(tender: Tender, lot: Lot, at: Micros): TenderEvent[] {
  const { tenderId } = tender;
  const { lotId } = lot;
  const opensAt = lot.opensAt ?? at;
  if (missed(lot, opensAt, at)) return [{ type: "lot_aborted", tenderId, lotId, reason: "opening_missed" }];
  const prices = validPrices(tender, lot);
  const bidders = biddersOf(tender, lot, prices);
  const instead = withoutAuction(tender, lot, { bidders: bidders.length, prices });
  if (instead !== null) return [instead];
  const aliases = new Map(bidders.map((companyId, index) => [companyId, index + 1]));
  const { clock, durationMs } = lot.terms.rules;
  const endsAt = clock === "opening" ? laterBy(opensAt, durationMs) : null;
  const opened: Opened = {
    type: "lot_opened",
    tenderId,
    lotId,
    opensAt: instantOfMicros(opensAt),
    endsAt: endsAt === null ? null : instantOfMicros(endsAt),
    aliases: Object.fromEntries(aliases),
  };
  return [opened, ...initialBids(setupOf(tender, lot, { aliases, opensAt, endsAt }), prices, at)];
}

/** Initial prices as bids, best first, each decided on the auction as the ones before left it. */
function initialBids(setup: LiveSetup, prices: readonly InitialPrice[], at: Micros): LiveEvent[] {
  const auction = openAuction(setup);
  return prices.map(({ companyId, userId, price }) => {
    const event = decideInitial(auction, { companyId, userId, price, at });
    evolveLive(auction, event, at);
    return event;
  });
}
