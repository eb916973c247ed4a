import type {
  AwardRow,
  BidRow,
  ContractRow,
  FallenBids,
  InitialPriceRow,
  LotBidderRow,
  LotRow,
  NoticeRow,
  QuestionRow,
  RowsChanged,
  RowsFound,
  TenderRow,
  TenderSupplierRow,
} from "@kontor/db";
import type { TenderEvent } from "@kontor/protocol";
import type { Fact as EventFact } from "../facts.ts";
import { RowSet } from "../row-set.ts";
import type { OpenedPrices } from "./sealed-prices.ts";

export type Fact = EventFact<TenderEvent>;

/** Writes into the records what follows from one event. */
export type Projection = (records: Records, fact: Fact) => void;

/** The rows of one tender that a batch of events touches, as they become event by event. */
export type Records = {
  readonly tenders: RowSet<TenderRow>;
  readonly lots: RowSet<LotRow>;
  readonly lotBidders: RowSet<LotBidderRow>;
  readonly bids: RowSet<BidRow>;
  readonly initialPrices: RowSet<InitialPriceRow>;
  readonly suppliers: RowSet<TenderSupplierRow>;
  readonly questions: RowSet<QuestionRow>;
  readonly awards: RowSet<AwardRow>;
  readonly contracts: RowSet<ContractRow>;
  /** Who has bid in a lot or handed in a price: all of them where the batch asks for it, else those of the batch. */
  readonly bidders: Map<string, Set<string>>;
  /** The highest alias of a lot. */
  readonly lastAliases: Map<string, number>;
  readonly openedPrices: OpenedPrices;
  readonly removedLotIds: Set<string>;
  readonly fallenBids: FallenBids[];
  readonly notices: NoticeRow[];
};

export const inLot = (lotId: string, companyId: string): string => `${lotId} ${companyId}`;

export function recordsOf(found: RowsFound, openedPrices: OpenedPrices): Records {
  const byId = ({ id }: { readonly id: string }) => id;
  const byLotAndCompany = ({ lotId, companyId }: { readonly lotId: string; readonly companyId: string }) =>
    inLot(lotId, companyId);
  const bidders = new Map<string, Set<string>>();
  for (const { lotId, companyId } of found.bidders) addBidder(bidders, lotId, companyId);
  return {
    tenders: new RowSet(byId, found.tender === undefined ? [] : [found.tender]),
    lots: new RowSet(byId, found.lots),
    lotBidders: new RowSet(byLotAndCompany, found.lotBidders),
    bids: new RowSet(byId, found.bids),
    initialPrices: new RowSet(byLotAndCompany, found.initialPrices),
    suppliers: new RowSet(({ companyId }) => companyId, found.suppliers),
    questions: new RowSet(byId, found.questions),
    awards: new RowSet(byId, found.awards),
    contracts: new RowSet(byId, found.contracts),
    bidders,
    lastAliases: new Map(found.lastAliases.map(({ lotId, alias }) => [lotId, alias])),
    openedPrices,
    removedLotIds: new Set(),
    fallenBids: [],
    notices: [],
  };
}

export function addBidder(bidders: Records["bidders"], lotId: string, companyId: string): void {
  const ofLot = bidders.get(lotId);
  if (ofLot === undefined) bidders.set(lotId, new Set([companyId]));
  else ofLot.add(companyId);
}

export function rowsChanged(records: Records): RowsChanged {
  return {
    tenders: records.tenders.changed(),
    lots: records.lots.changed(),
    lotBidders: records.lotBidders.changed(),
    bids: records.bids.changed(),
    initialPrices: records.initialPrices.changed(),
    suppliers: records.suppliers.changed(),
    questions: records.questions.changed(),
    awards: records.awards.changed(),
    contracts: records.contracts.changed(),
    removedLotIds: [...records.removedLotIds],
    fallenBids: records.fallenBids,
    notices: records.notices,
  };
}
