import type { Micros } from "@kontor/kernel";
import { invariant, microsOfInstant, parseDecimal, withinInstants } from "@kontor/kernel";
import type { AwardEvent, InitialPriceEvent, TenderEvent } from "@kontor/protocol";
import { bidsUntil, evolveLive, openAuction } from "../live/live-auction.ts";
import { setupOf } from "./opening.ts";
import { endsLot, phaseAfter } from "./phases.ts";
import type { Award, AwardStatus, InitialPrice, Lot, Tender } from "./state.ts";

type LotEvent = Extract<TenderEvent, { lotId: string }>;
type EventOf<Type extends LotEvent["type"]> = Extract<LotEvent, { type: Type }>;
type Fact<Event> = { readonly event: Event; readonly at: Micros };

/** The engine wrote these texts itself, so a fault here is a fault of the program. */
function priceOf(lot: Lot, text: string): bigint {
  const price = parseDecimal(text, lot.terms.rules.priceScale);
  invariant(typeof price === "bigint", "journaled prices parse at the lot's scale");
  return price;
}

function instant(text: string): Micros {
  const at = microsOfInstant(text);
  invariant(at !== null, "journaled instants parse");
  return at;
}

/** Lots of a serial schedule move together, by as much as the first of them. */
export function shiftLots(tender: Tender, event: Extract<TenderEvent, { type: "lots_shifted" }>): void {
  const first = tender.lots.get(event.lotIds[0] ?? "")?.opensAt ?? null;
  invariant(first !== null, "a lot that is shifted has an opening");
  const shift = instant(event.opensAt) - first;
  for (const lotId of event.lotIds) {
    const lot = tender.lots.get(lotId);
    if (lot === undefined || lot.opensAt === null || lot.endsAt === null) continue;
    lot.opensAt = withinInstants(lot.opensAt + shift);
    lot.endsAt = withinInstants(lot.endsAt + shift);
    lot.cache.revision++;
  }
}

export function evolveLot(tender: Tender, lot: Lot, { event, at }: Fact<LotEvent>): void {
  if (event.type === "bid_voided") {
    if (lot.auction !== null) evolveLive(lot.auction, event, at);
    return;
  }
  lot.cache.revision++;
  lot.phase = phaseAfter(event, lot) ?? lot.phase;
  lot.ended ||= endsLot(event);
  if (lot.phase === "open" || lot.phase === "paused") tender.liveLots.set(lot.lotId, lot);
  else tender.liveLots.delete(lot.lotId);
  evolvePart(tender, lot, { event, at });
}

function evolvePart(tender: Tender, lot: Lot, { event, at }: Fact<LotEvent>): void {
  switch (event.type) {
    case "initial_price_submitted":
    case "initial_price_withdrawn":
    case "initial_prices_opened":
    case "price_evaluated":
    case "price_disqualified":
      evolvePrice(tender, lot, { event, at });
      return;
    case "lot_scheduled":
    case "lot_replanned":
      lot.opensAt = instant(event.opensAt);
      lot.endsAt = instant(event.endsAt);
      lot.announcedAt = lot.opensAt;
      lot.replanned ||= event.type === "lot_replanned";
      lot.reason = null;
      return;
    case "lot_opened":
      open(tender, lot, event);
      return;
    case "lot_aborted":
      abort(lot, event.reason);
      return;
    case "lot_cancelled":
      lot.reason = event.reason;
      return;
    case "lot_unsuccessful":
      lot.unsuccessful = event.reason;
      return;
    case "lot_extended":
    case "lot_paused":
    case "lot_resumed":
    case "lot_closed":
    case "below_reserve_accepted":
    case "bid_accepted":
    case "proxy_changed":
    case "bid_voided":
      evolveAuction(lot, event, at);
      return;
    default:
      evolveAward(lot, { event, at });
      return;
  }
}

function evolvePrice(tender: Tender, lot: Lot, { event, at }: Fact<InitialPriceEvent>): void {
  if (event.type === "initial_prices_opened") {
    lot.pricesOpened = event.count;
    return;
  }
  const { companyId } = event;
  const before = lot.prices.get(companyId);
  if (event.type === "initial_price_submitted" || event.type === "initial_price_withdrawn")
    lot.prices.delete(companyId);
  if (event.type === "initial_price_submitted") {
    const { userId } = event;
    const price = priceOf(lot, event.price);
    lot.prices.set(companyId, { companyId, userId, price, at, evaluated: null, note: null, disqualified: null });
    confirm(tender, companyId);
  } else if (before !== undefined && event.type !== "initial_price_withdrawn") {
    lot.prices.set(companyId, judged(before, event));
  }
}

function judged(price: InitialPrice, event: EventOf<"price_evaluated" | "price_disqualified">): InitialPrice {
  if (event.type === "price_disqualified") return { ...price, disqualified: event.reason };
  return { ...price, evaluated: event.evaluatedPrice, note: event.note };
}

/** He has handed in again after an amendment set his prices aside. */
function confirm(tender: Tender, companyId: string): void {
  const supplier = tender.suppliers.get(companyId);
  if (supplier === undefined || !supplier.pricesInvalidated) return;
  tender.suppliers.set(companyId, { ...supplier, pricesInvalidated: false });
  tender.cache.suppliersRevision++;
}

function open(tender: Tender, lot: Lot, event: EventOf<"lot_opened">): void {
  const aliases = new Map(Object.entries(event.aliases).sort(([, a], [, b]) => a - b));
  const opensAt = instant(event.opensAt);
  const endsAt = event.endsAt === null ? null : instant(event.endsAt);
  lot.aliases = aliases;
  lot.opensAt = opensAt;
  lot.endsAt = endsAt;
  lot.auction = openAuction(setupOf(tender, lot, { aliases, opensAt, endsAt }));
  tender.auctionStarted = true;
}

/** Live bids are void with their auction; the numbers they used are not used again. */
function abort(lot: Lot, reason: string): void {
  lot.reason = reason;
  if (lot.auction !== null) lot.bidsBefore = bidsUntil(lot.auction);
  lot.auction = null;
  lot.aliases = null;
}

type AuctionEvent = EventOf<
  | "lot_extended"
  | "lot_paused"
  | "lot_resumed"
  | "lot_closed"
  | "below_reserve_accepted"
  | "bid_accepted"
  | "proxy_changed"
  | "bid_voided"
>;

function evolveAuction(lot: Lot, event: AuctionEvent, at: Micros): void {
  if (event.type === "lot_extended") lot.endsAt = instant(event.endsAt);
  if (event.type === "lot_resumed") lot.endsAt = event.endsAt === null ? null : instant(event.endsAt);
  if (event.type === "lot_closed") lot.closedAt = at;
  if (event.type === "below_reserve_accepted") lot.belowReserveAccepted = true;
  if (lot.auction !== null) evolveLive(lot.auction, event, at);
}

const statuses: Readonly<Record<"award_rejected" | "award_refused" | "award_cancelled", AwardStatus>> = {
  award_rejected: "rejected",
  award_refused: "refused",
  award_cancelled: "cancelled",
};

function evolveAward(lot: Lot, { event, at }: Fact<AwardEvent>): void {
  switch (event.type) {
    case "award_proposed": {
      const { awardId, companyId, rank } = event;
      const price = priceOf(lot, event.price);
      const undecided = { overdue: false, status: "pending", reason: null, standstillEndsAt: null } as const;
      lot.awards.push({ awardId, companyId, price, rank, proposedAt: at, ...undecided });
      return;
    }
    case "award_overdue":
      change(lot, event.awardId, { overdue: true });
      return;
    case "award_accepted":
      change(lot, event.awardId, { status: "accepted", standstillEndsAt: instant(event.standstillEndsAt) });
      return;
    case "contract_drawn": {
      const { contractId, awardId, companyId, currency } = event;
      const price = priceOf(lot, event.price);
      const unsigned = { signedByOwnerAt: null, signedByCounterpartyAt: null };
      lot.contract = { contractId, awardId, companyId, price, currency, drawnAt: at, ...unsigned };
      return;
    }
    case "contract_signed":
      if (lot.contract === null) return;
      lot.contract = { ...lot.contract, [event.party === "owner" ? "signedByOwnerAt" : "signedByCounterpartyAt"]: at };
      return;
    default:
      change(lot, event.awardId, { status: statuses[event.type], reason: event.reason });
      return;
  }
}

function change(lot: Lot, awardId: string, changes: Partial<Award>): void {
  const index = lot.awards.findIndex((award) => award.awardId === awardId);
  const award = lot.awards[index];
  if (award !== undefined) lot.awards[index] = { ...award, ...changes };
}
