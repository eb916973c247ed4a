import type { notices } from "../schema/notices.ts";
import type { awards, bids, contracts, initialPrices, lotBidders, lots } from "../schema/read-models-lots.ts";
import type { questions, tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";

export { never } from "../schema/read-models-columns.ts";

/* Rows of the read models as projections make them. Each says with `seq` which entry it stands for. */

export type TenderRow = typeof tenders.$inferSelect;
export type LotRow = typeof lots.$inferSelect;
export type LotBidderRow = typeof lotBidders.$inferSelect;
export type BidRow = typeof bids.$inferSelect;
export type InitialPriceRow = typeof initialPrices.$inferSelect;
export type TenderSupplierRow = typeof tenderSuppliers.$inferSelect;
export type QuestionRow = typeof questions.$inferSelect;
export type AwardRow = typeof awards.$inferSelect;
export type ContractRow = typeof contracts.$inferSelect;
export type NoticeRow = typeof notices.$inferSelect;

/** Which rows of a tender a batch of events may change or ask for. `all` means all of the tender. */
export type RowsWanted = {
  readonly tenderId: string;
  readonly lotIds: readonly string[] | "all";
  readonly bidIds: readonly string[];
  /** Companies whose aliases in the lots are wanted. */
  readonly aliasesOf: readonly string[];
  /** Companies whose initial prices are wanted. */
  readonly pricesOf: readonly string[];
  readonly supplierIds: readonly string[] | "all";
  readonly questionIds: readonly string[];
  readonly awardIds: readonly string[];
  readonly contractIds: readonly string[];
  /** Lots whose bidders are wanted: all with a bid or an initial price, whatever became of it. */
  readonly biddersOfLots: readonly string[];
};

export type RowsFound = {
  readonly tender: TenderRow | undefined;
  readonly lots: readonly LotRow[];
  readonly lotBidders: readonly LotBidderRow[];
  readonly bids: readonly BidRow[];
  readonly initialPrices: readonly InitialPriceRow[];
  readonly suppliers: readonly TenderSupplierRow[];
  readonly questions: readonly QuestionRow[];
  readonly awards: readonly AwardRow[];
  readonly contracts: readonly ContractRow[];
  readonly bidders: readonly { readonly lotId: string; readonly companyId: string }[];
  /** The highest alias given in each of the lots, where some company wanted may have none yet. */
  readonly lastAliases: readonly { readonly lotId: string; readonly alias: number }[];
};

/** Bids of a lot up to an entry that fell with their auction. */
export type FallenBids = { readonly lotId: string; readonly reason: string; readonly seq: number };

export type RowsChanged = Omit<RowsFound, "tender" | "bidders" | "lastAliases"> & {
  readonly tenders: readonly TenderRow[];
  /** Lots that a revision of the draft left out. */
  readonly removedLotIds: readonly string[];
  /** Done before the changed bids are written. */
  readonly fallenBids: readonly FallenBids[];
  readonly notices: readonly NoticeRow[];
};
