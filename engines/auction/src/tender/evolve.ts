import type { Micros } from "@kontor/kernel";
import { partIdOf } from "@kontor/kernel";
import type { TenderEvent, TenderTerms } from "@kontor/protocol";
import { evolveLive } from "../live/live-auction.ts";
import { evolveLot, shiftLots } from "./evolve-lot.ts";
import { evolveSupplier } from "./evolve-supplier.ts";
import { isLive } from "./schedule.ts";
import type { Lot, Tender, TenderState } from "./state.ts";
import { newLot } from "./state.ts";
import { newTenderViewCache } from "./view-cache.ts";

type EventOf<Type extends TenderEvent["type"]> = Extract<TenderEvent, { type: Type }>;

function draft(event: EventOf<"tender_drafted">): Tender {
  const { tenderId, marketplaceId, ownerCompanyId, version, terms, drawSecret } = event;
  return {
    tenderId,
    marketplaceId,
    ownerCompanyId,
    secret: drawSecret,
    status: "draft",
    phase: "enquiries",
    version,
    terms,
    publishedAt: null,
    cancelledReason: null,
    submissionsClosed: false,
    auctionStarted: false,
    suppliers: new Map(),
    questions: new Map(),
    amendments: [],
    lots: lotsOf(tenderId, terms),
    liveLots: new Map(),
    wake: undefined,
    cache: newTenderViewCache(),
  };
}

function lotsOf(tenderId: string, terms: TenderTerms): Map<string, Lot> {
  const lots = terms.lots.map((lotTerms, index) => newLot(partIdOf(tenderId, index + 1), index + 1, lotTerms));
  return new Map(lots.map((lot) => [lot.lotId, lot]));
}

function revise(tender: Tender, { version, terms }: EventOf<"tender_revised">): void {
  tender.version = version;
  tender.terms = terms;
  tender.lots.clear();
  for (const [lotId, lot] of lotsOf(tender.tenderId, terms)) tender.lots.set(lotId, lot);
}

/** New terms reach the lots that have not ended; one that became sealed loses its opening. */
function amend(tender: Tender, event: EventOf<"tender_amended">, at: Micros): void {
  const { version, terms, changed, reason, initialPricesInvalidated } = event;
  tender.version = version;
  tender.terms = terms;
  tender.amendments.push({ version, at, changed, reason });
  for (const lot of tender.lots.values()) {
    lot.terms = terms.lots[lot.number - 1] ?? lot.terms;
    if (lot.phase === "scheduled" && !isLive(lot)) {
      lot.phase = "planned";
      lot.opensAt = null;
      lot.endsAt = null;
    }
    if (initialPricesInvalidated) setAside(tender, lot);
    lot.cache.revision++;
  }
}

function setAside(tender: Tender, lot: Lot): void {
  for (const companyId of lot.prices.keys()) {
    const supplier = tender.suppliers.get(companyId);
    if (supplier !== undefined) tender.suppliers.set(companyId, { ...supplier, pricesInvalidated: true });
  }
  lot.prices.clear();
}

function cancel(tender: Tender, reason: string): void {
  tender.status = "cancelled";
  tender.cancelledReason = reason;
  tender.liveLots.clear();
  for (const lot of tender.lots.values()) {
    if (lot.ended) continue;
    lot.phase = "cancelled";
    lot.ended = true;
    lot.reason = reason;
    lot.cache.revision++;
  }
}

function evolveQuestion(tender: Tender, event: EventOf<"question_asked" | "question_answered">, at: Micros): void {
  tender.cache.questionsRevision++;
  if (event.type === "question_asked") {
    const { questionId, companyId, text } = event;
    tender.questions.set(questionId, { questionId, companyId, at, text, answer: null });
    return;
  }
  const { questionId, text, published } = event;
  const question = tender.questions.get(questionId);
  if (question !== undefined) tender.questions.set(questionId, { ...question, answer: { text, at, published } });
}

type NoticeEvent = Exclude<TenderEvent, { lotId: string }>;

function evolveNotice(tender: Tender, event: NoticeEvent, at: Micros): void {
  switch (event.type) {
    case "tender_revised":
      revise(tender, event);
      return;
    case "tender_published":
      tender.status = "published";
      tender.publishedAt = at;
      return;
    case "tender_amended":
      amend(tender, event, at);
      return;
    case "phase_reached":
      tender.phase = event.phase;
      tender.submissionsClosed = event.phase !== "enquiries" && event.phase !== "submission";
      return;
    case "lots_shifted":
      shiftLots(tender, event);
      return;
    case "tender_cancelled":
      cancel(tender, event.reason);
      return;
    case "tender_finished":
      tender.status = event.outcome;
      return;
    case "question_asked":
    case "question_answered":
      evolveQuestion(tender, event, at);
      return;
    case "tender_drafted":
      return;
    default:
      evolveSupplier(tender, event, at);
      return;
  }
}

/** Applies one fact. Bids come first and take the shortest way: they are nearly all of a journal. */
export function evolve(state: TenderState, event: TenderEvent, at: Micros): TenderState {
  if (event.type === "tender_drafted") {
    state.tender = draft(event);
    return state;
  }
  const { tender } = state;
  if (tender === null) return state;
  if (event.type === "bid_accepted" || event.type === "proxy_changed") {
    const lot = tender.lots.get(event.lotId);
    if (lot === undefined || lot.auction === null) return state;
    evolveLive(lot.auction, event, at);
    return state;
  }
  tender.wake = undefined;
  if ("lotId" in event) {
    const lot = tender.lots.get(event.lotId);
    if (lot !== undefined) evolveLot(tender, lot, { event, at });
  } else {
    evolveNotice(tender, event, at);
  }
  return state;
}
