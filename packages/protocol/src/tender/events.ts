import type { Decimal, Instant } from "../primitives.ts";
import type { Visibility } from "./lot-rules.ts";
import type { TenderTerms } from "./terms.ts";
import type { TenderPhase } from "./views.ts";

/*
 * Facts of a tender's journal. Prices are decimal strings at the lot's scale, instants RFC 3339; each event carries
 * what a read model needs, so that projections hold no trading rule. `at` is the entry's, not repeated here.
 */

type Of<Type extends string, Members> = { readonly type: Type } & Readonly<Members>;
type Tender<Type extends string, Members = object> = Of<Type, { tenderId: string } & Members>;
type Lot<Type extends string, Members = object> = Of<Type, { tenderId: string; lotId: string } & Members>;

/** Who leads after the event; absent when nobody does. */
export type Leader = { readonly companyId: string; readonly bidId: string; readonly price: Decimal };

/** Phases that a published tender passes; a draft, a cancellation and the end have events of their own. */
export type PassingPhase = Exclude<TenderPhase, "draft" | "complete" | "unsuccessful" | "cancelled">;

export type NoticeEvent =
  /** `drawSecret` is the shard's entropy: never shown before the result, so no projection may copy it. */
  | Tender<
      "tender_drafted",
      {
        marketplaceId: string;
        ownerCompanyId: string;
        createdBy: string;
        version: number;
        terms: TenderTerms;
        drawSecret: string;
      }
    >
  | Tender<"tender_revised", { version: number; terms: TenderTerms }>
  | Tender<"tender_published", { version: number; terms: TenderTerms; drawCommitment: string }>
  /** By the owner, or because an outage moved the dates. */
  | Tender<
      "tender_amended",
      {
        version: number;
        terms: TenderTerms;
        changed: readonly string[];
        reason: string;
        initialPricesInvalidated: boolean;
        cause?: "outage";
      }
    >
  /** The tender as a whole came into this phase, by a date or by what became of its lots. */
  | Tender<"phase_reached", { phase: PassingPhase }>
  /** Serial schedule: the running lot ends at another time. Of these, in order, the first opens then; all move alike. */
  | Tender<"lots_shifted", { lotIds: readonly string[]; opensAt: Instant }>
  | Tender<"tender_cancelled", { reason: string }>
  | Tender<"tender_finished", { outcome: "complete" | "unsuccessful"; drawSecret: string | null }>;

export type AdmissionEvent =
  | Tender<"supplier_invited", { companyId: string }>
  | Tender<"admission_requested", { companyId: string; userId: string }>
  | Tender<"supplier_admitted", { companyId: string }>
  | Tender<"supplier_refused", { companyId: string; reason: string }>
  | Tender<"supplier_excluded", { companyId: string; reason: string }>;

export type QuestionEvent =
  | Tender<"question_asked", { questionId: string; companyId: string; text: string }>
  | Tender<"question_answered", { questionId: string; text: string; published: boolean }>;

export type InitialPriceEvent =
  | Lot<"initial_price_submitted", { companyId: string; userId: string; price: Decimal }>
  | Lot<"initial_price_withdrawn", { companyId: string }>
  | Lot<"initial_prices_opened", { count: number }>
  | Lot<"price_evaluated", { companyId: string; evaluatedPrice: Decimal; note: string }>
  | Lot<"price_disqualified", { companyId: string; reason: string }>;

export type LiveEvent =
  | Lot<"lot_scheduled", { opensAt: Instant; endsAt: Instant }>
  | Lot<"lot_opened", { opensAt: Instant; endsAt: Instant | null; aliases: Readonly<Record<string, number>> }>
  /**
   * `price` is the offer itself; in a proxy auction the shown price after it, with the bidder's `maximum`.
   * `visibility` is the lot's, on the bid that a person sent: the answer to him tells no more than it allows.
   * `leader` is absent when this bid leads, at `price`: so do most, and they fill the journals.
   */
  | Lot<
      "bid_accepted",
      {
        bidId: string;
        companyId: string;
        userId: string;
        price: Decimal;
        maximum?: Decimal;
        source: "live" | "initial" | "buy_now";
        rank: number;
        leader?: Leader;
        visibility?: Visibility;
      }
    >
  /** A proxy maximum moved without a new leader; the shown price may have moved too. */
  | Lot<
      "proxy_changed",
      {
        bidId: string;
        companyId: string;
        userId: string;
        maximum: Decimal;
        rank: number;
        leader: Leader;
        visibility?: Visibility;
      }
    >
  | Lot<
      "lot_extended",
      { endsAt: Instant; cause: "soft_close" | "operator" | "outage" | "exclusion" | "first_bid"; reason?: string }
    >
  | Lot<"lot_paused", { remainingMs: number; reason: string }>
  | Lot<"lot_resumed", { endsAt: Instant | null }>
  | Lot<"bid_voided", { bidId: string; companyId: string; reason: string; leader?: Leader }>
  | Lot<"lot_closed", { outcome: "sold" | "no_bids" | "reserve_unmet"; leader?: Leader; bids: number }>
  | Lot<"below_reserve_accepted", { leader: Leader }>
  | Lot<"lot_cancelled", { reason: string }>
  | Lot<"lot_aborted", { reason: string }>
  | Lot<"lot_replanned", { opensAt: Instant; endsAt: Instant }>
  | Lot<"lot_unsuccessful", { reason: "too_few_bidders" | "no_bids" | "reserve_unmet" | "all_rejected" }>;

export type AwardEvent =
  | Lot<"award_proposed", { awardId: string; companyId: string; price: Decimal; rank: number }>
  /** The award is undecided after the procedure's decision time; nothing else follows from it. */
  | Lot<"award_overdue", { awardId: string }>
  | Lot<"award_accepted", { awardId: string; companyId: string; price: Decimal; standstillEndsAt: Instant }>
  | Lot<"award_rejected", { awardId: string; companyId: string; reason: string }>
  | Lot<"award_refused", { awardId: string; companyId: string; reason: string }>
  | Lot<"award_cancelled", { awardId: string; companyId: string; reason: string }>
  | Lot<
      "contract_drawn",
      {
        contractId: string;
        awardId: string;
        companyId: string;
        ownerCompanyId: string;
        price: Decimal;
        currency: string;
      }
    >
  | Lot<"contract_signed", { contractId: string; party: "owner" | "counterparty"; userId: string; complete: boolean }>;

export type TenderEvent = NoticeEvent | AdmissionEvent | QuestionEvent | InitialPriceEvent | LiveEvent | AwardEvent;
export type TenderEventType = TenderEvent["type"];
