import type { JsonObject } from "@kontor/kernel";
import type { OwnLotView } from "@kontor/protocol";
import { awardView, contractView } from "./award-views.ts";
import { priceText } from "./awards.ts";
import { isRevealed } from "./lot-result.ts";
import { validPrices } from "./order.ts";
import { isLive } from "./schedule.ts";
import type { Award, Contract, InitialPrice, Lot, Tender } from "./state.ts";
import { remember } from "./view-cache.ts";

/** All that only one company may see of the lot, its live part aside; records, so that they compare by identity. */
type Private = {
  readonly price: InitialPrice | undefined;
  readonly award: Award | undefined;
  readonly contract: Contract | null;
  /** Of a sealed lot after its result; 0 before, and where the price does not count. */
  readonly rank: number;
};

function fixedPart(tender: Tender, lot: Lot, own: Private & { readonly companyId: string }): JsonObject {
  const { companyId, price, award, contract, rank } = own;
  const view: OwnLotView = {
    companyId,
    admitted: true,
    bidCount: 0,
    ...(price === undefined ? {} : { initialPrice: priceText(lot, price.price) }),
    ...(rank === 0 ? {} : { rank }),
    ...(award === undefined ? {} : { award: { awardId: award.awardId, ...awardView(lot, award) } }),
    ...(contract === null ? {} : { contract: contractView(lot, contract, tender.ownerCompanyId) }),
  };
  return view as JsonObject;
}

/** Ranks of a sealed lot once the result is declared. */
function ranksOf(tender: Tender, lot: Lot): ReadonlyMap<string, number> {
  if (isLive(lot) || !isRevealed(lot)) return new Map();
  return new Map(validPrices(tender, lot).map(({ companyId }, index) => [companyId, index + 1]));
}

/** The fixed part of everyone who takes part: the admitted and, once the lot is open, its bidders. */
function fixedParts(tender: Tender, lot: Lot): ReadonlyMap<string, JsonObject> {
  const ranks = ranksOf(tender, lot);
  const parts = new Map<string, JsonObject>();
  for (const { companyId, standing } of tender.suppliers.values()) {
    if (standing !== "admitted" || (lot.aliases !== null && !lot.aliases.has(companyId))) continue;
    const price = lot.prices.get(companyId);
    const award = lot.awards.findLast((each) => each.companyId === companyId);
    const contract = lot.contract?.companyId === companyId ? lot.contract : null;
    const rank = ranks.get(companyId) ?? 0;
    const fixed = remember(lot.cache.ownFixed.get(companyId), [price, award, contract, rank, lot.terms], () =>
      fixedPart(tender, lot, { companyId, price, award, contract, rank }),
    );
    lot.cache.ownFixed.set(companyId, fixed);
    parts.set(companyId, fixed.value);
  }
  return parts;
}

const none: Partial<OwnLotView> = {};

/** The private parts of all who take part; with a bid only those are made anew whose live part is. */
export function lotOwnViews(
  tender: Tender,
  lot: Lot,
  live: ReadonlyMap<string, Partial<OwnLotView>> | undefined,
): ReadonlyMap<string, JsonObject> {
  const { cache } = lot;
  cache.ownParts = remember(cache.ownParts, [cache.revision], () => fixedParts(tender, lot));
  const own = new Map<string, JsonObject>();
  for (const [companyId, fixed] of cache.ownParts.value) {
    const part = live?.get(companyId) ?? none;
    let known = cache.own.get(companyId);
    if (known === undefined || known.fixed !== fixed || known.live !== part) {
      known = { fixed, live: part, value: { ...fixed, ...(part as JsonObject) } };
      cache.own.set(companyId, known);
    }
    own.set(companyId, known.value);
  }
  return own;
}
