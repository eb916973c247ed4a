import type { LotRulesInput, Procedure } from "@kontor/protocol";

/** One recorded act of a bidder. Instants are UTC microseconds of the record's own time. */
export type RecordedBid = {
  readonly at: number;
  /** Stands for one company; the record's own token. */
  readonly bidder: string;
  readonly kind: "bid" | "proxy" | "initial_price";
  readonly amount: string;
};

/** What the owner did with the awards, in order. */
export type RecordedDecision = "accept" | "reject";

export type RecordedEnd = {
  /** Null when nobody won. */
  readonly bidder: string | null;
  readonly price: string | null;
};

/** An auction or tender as somebody else recorded it, put into Kontor's terms. */
export type RecordedAuction = {
  readonly title: string;
  readonly direction: "buy" | "sell";
  readonly procedure: Pick<Procedure, "initialPrices" | "liveAuction">;
  readonly rules: LotRulesInput;
  /** The lot opens here; everything before is the tender's earlier life. */
  readonly opensAt: number;
  /** By time. */
  readonly bids: readonly RecordedBid[];
  readonly decisions: readonly RecordedDecision[];
  readonly end: RecordedEnd;
};

/** One folder of records. */
export type RecordSet = {
  readonly name: string;
  /** Ids that can be replayed, in the record's order. @throws Error when the files are not there */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** Null when there is no such id. */
  readonly load: (folder: string, id: string) => Promise<RecordedAuction | null>;
};
