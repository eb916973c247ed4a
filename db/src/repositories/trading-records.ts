import type { Actor, Micros } from "@kontor/kernel";
import type {
  AwardQuery,
  AwardRecord,
  BidQuery,
  BidRecord,
  ContractQuery,
  ContractRecord,
  InitialPriceQuery,
  InitialPriceRecord,
  LotQuery,
  LotSummary,
  NoticeQuery,
  NoticeRecord,
  QuestionQuery,
  QuestionRecord,
  SupplierQuery,
  SupplierRecord,
  TenderQuery,
  TenderSummary,
} from "@kontor/protocol";
import type { Listing, Query } from "./listing.ts";

/*
 * Reads of what the projections wrote. The actor decides what there is: records of another marketplace, or of others
 * in one's own where the rules keep them apart, are absent from lists and undefined when asked for by id.
 */

export type TenderRepository = {
  /**
   * Published tenders of the marketplace, by invitation only one's own invitations; the drafts of one's own company.
   * Operators and auditors see all.
   */
  readonly list: (
    actor: Actor,
    query: Query<TenderQuery> & { readonly now: Micros },
  ) => Promise<Listing<TenderSummary>>;
  /** The phase is the one at `now`, in UTC microseconds. */
  readonly find: (actor: Actor, tenderId: string, now: Micros) => Promise<TenderSummary | undefined>;
  /** All for the owner's side; of the others each sees itself. By company id. */
  readonly suppliers: (actor: Actor, tenderId: string, query: Query<SupplierQuery>) => Promise<Listing<SupplierRecord>>;
  /** All for the owner's side; one's own and the published ones for the others. Oldest first. */
  readonly questions: (actor: Actor, tenderId: string, query: Query<QuestionQuery>) => Promise<Listing<QuestionRecord>>;
};

export type LotRepository = {
  /** Lots of the tenders that the actor may see. */
  readonly list: (actor: Actor, query: Query<LotQuery>) => Promise<Listing<LotSummary>>;
  /**
   * Once opened: one's own for a bidder, all for staff, and for the owner as soon as nobody can bid any more, for they
   * tell whose the first bids of a live auction are. By company id.
   */
  readonly initialPrices: (
    actor: Actor,
    lotId: string,
    query: Query<InitialPriceQuery>,
  ) => Promise<Listing<InitialPriceRecord>>;
};

export type BidRepository = {
  /**
   * One's own bids; all of a lot for its owner's side. Those of competitors by alias: in full visibility for everyone
   * who sees the tender, in a sealed lot once it has a result for the companies admitted to it, else never.
   */
  readonly list: (actor: Actor, query: Query<BidQuery>) => Promise<Listing<BidRecord>>;
  readonly find: (actor: Actor, bidId: string) => Promise<BidRecord | undefined>;
};

export type AwardRepository = {
  /** Awards to one's own company or of its tenders; newest first. */
  readonly list: (actor: Actor, query: Query<AwardQuery>) => Promise<Listing<AwardRecord>>;
  readonly find: (actor: Actor, awardId: string) => Promise<AwardRecord | undefined>;
};

export type ContractRepository = {
  /** Contracts to which one's own company is a party; newest first. */
  readonly list: (actor: Actor, query: Query<ContractQuery>) => Promise<Listing<ContractRecord>>;
  readonly find: (actor: Actor, contractId: string) => Promise<ContractRecord | undefined>;
};

export type NoticeRepository = {
  /** Newest first. A member without a marketplace gets those of all marketplaces of the company. */
  readonly list: (actor: Actor, query: Query<NoticeQuery>) => Promise<Listing<NoticeRecord>>;
  readonly unreadCount: (actor: Actor) => Promise<number>;
  /** Marks notices of the actor's own company, all unread ones when no ids are given. Returns how many changed. */
  readonly markRead: (actor: Actor, at: Micros, noticeIds?: readonly string[]) => Promise<number>;
};
