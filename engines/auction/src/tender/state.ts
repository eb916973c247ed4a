import type { Micros } from "@kontor/kernel";
import { partIdOf } from "@kontor/kernel";
import type { LotPhase, LotTerms, PassingPhase, TenderTerms } from "@kontor/protocol";
import type { LiveAuction } from "../live/live-auction.ts";
import type { LotViewCache, TenderViewCache } from "./view-cache.ts";
import { newLotViewCache } from "./view-cache.ts";

/*
 * What a shard remembers. Containers are changed in place by `evolve` alone; the records inside them are replaced
 * whole, so that a view may compare them by identity. Prices are minor units at the lot's scale.
 */

export type TenderState = { tender: Tender | null };

export type TenderStatus = "draft" | "published" | "cancelled" | "complete" | "unsuccessful";

export type Tender = {
  readonly tenderId: string;
  readonly marketplaceId: string;
  readonly ownerCompanyId: string;
  readonly secret: string;
  status: TenderStatus;
  /** Of a published tender; "enquiries" before. */
  phase: PassingPhase;
  /** Counts the texts of the terms: 1 with the draft, one more with each revision and amendment. */
  version: number;
  terms: TenderTerms;
  publishedAt: Micros | null;
  cancelledReason: string | null;
  /** The submission deadline has been worked off. */
  submissionsClosed: boolean;
  /** Some lot has opened at some time. */
  auctionStarted: boolean;
  readonly suppliers: Map<string, Supplier>;
  readonly questions: Map<string, Question>;
  readonly amendments: Amendment[];
  /** By lot id, in the order of the lots' numbers. */
  readonly lots: Map<string, Lot>;
  /** Lots whose auction is open or paused. */
  readonly liveLots: Map<string, Lot>;
  /** The earliest date that is no live lot's; undefined when it must be computed anew. */
  wake: Micros | null | undefined;
  readonly cache: TenderViewCache;
};

export type SupplierStanding = "invited" | "requested" | "admitted" | "refused" | "excluded";

export type Supplier = {
  readonly companyId: string;
  readonly standing: SupplierStanding;
  readonly at: Micros;
  readonly reason: string | null;
  /** An amendment set his initial prices aside and he has not handed in again. */
  readonly pricesInvalidated: boolean;
};

export type Question = {
  readonly questionId: string;
  readonly companyId: string;
  readonly at: Micros;
  readonly text: string;
  readonly answer: { readonly text: string; readonly at: Micros; readonly published: boolean } | null;
};

export type Amendment = {
  readonly version: number;
  readonly at: Micros;
  readonly changed: readonly string[];
  readonly reason: string;
};

export type InitialPrice = {
  readonly companyId: string;
  readonly userId: string;
  readonly price: bigint;
  readonly at: Micros;
  /** As written: an evaluation may be finer than the lot's scale. */
  readonly evaluated: string | null;
  readonly note: string | null;
  readonly disqualified: string | null;
};

export type AwardStatus = "pending" | "accepted" | "rejected" | "refused" | "cancelled";

export type Award = {
  readonly awardId: string;
  readonly companyId: string;
  readonly price: bigint;
  readonly rank: number;
  readonly proposedAt: Micros;
  readonly overdue: boolean;
  readonly status: AwardStatus;
  readonly reason: string | null;
  readonly standstillEndsAt: Micros | null;
};

export type Contract = {
  readonly contractId: string;
  readonly awardId: string;
  readonly companyId: string;
  readonly price: bigint;
  readonly currency: string;
  readonly drawnAt: Micros;
  readonly signedByOwnerAt: Micros | null;
  readonly signedByCounterpartyAt: Micros | null;
};

export type UnsuccessfulReason = "too_few_bidders" | "no_bids" | "reserve_unmet" | "all_rejected";

export type Lot = {
  readonly lotId: string;
  readonly number: number;
  terms: LotTerms;
  phase: LotPhase;
  /** Nothing more can happen to the lot. */
  ended: boolean;
  /** The plan; the auction keeps its own end once it is open. */
  opensAt: Micros | null;
  endsAt: Micros | null;
  /** The opening that was announced last; in a serial schedule the lot may have been shifted since. */
  announcedAt: Micros | null;
  /** Has an opening of its own and no place in the schedule any more. */
  replanned: boolean;
  /** In the order of handing in; a replaced price goes to the back. */
  readonly prices: Map<string, InitialPrice>;
  /** How many prices were there at the opening; null before. */
  pricesOpened: number | null;
  auction: LiveAuction | null;
  /** Who may bid, by alias number: fixed at the opening; null before. */
  aliases: ReadonlyMap<string, number> | null;
  closedAt: Micros | null;
  belowReserveAccepted: boolean;
  /** Bids of aborted auctions: numbers are not used twice. */
  bidsBefore: number;
  readonly awards: Award[];
  contract: Contract | null;
  /** Why it was cancelled or aborted. */
  reason: string | null;
  unsuccessful: UnsuccessfulReason | null;
  readonly cache: LotViewCache;
};

export function createState(): TenderState {
  return { tender: null };
}

/** A lot as the terms describe it, before anything happened to it. */
export function newLot(lotId: string, number: number, terms: LotTerms): Lot {
  return {
    lotId,
    number,
    terms,
    phase: "planned",
    ended: false,
    opensAt: null,
    endsAt: null,
    announcedAt: null,
    replanned: false,
    prices: new Map(),
    pricesOpened: null,
    auction: null,
    aliases: null,
    closedAt: null,
    belowReserveAccepted: false,
    bidsBefore: 0,
    awards: [],
    contract: null,
    reason: null,
    unsuccessful: null,
    cache: newLotViewCache(),
  };
}

/** The award that is pending or in force; at most one of a lot is. */
export function standingAward(lot: Lot): Award | null {
  const last = lot.awards.at(-1);
  return last !== undefined && (last.status === "pending" || last.status === "accepted") ? last : null;
}

export function isOver(tender: Tender): boolean {
  return tender.status === "cancelled" || tender.status === "complete" || tender.status === "unsuccessful";
}

export function lotOf(tender: Tender, number: number): Lot | undefined {
  return tender.lots.get(partIdOf(tender.tenderId, number));
}
