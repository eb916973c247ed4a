/*
 * The live auction of one lot, for the tender procedure around it. The auction object is mutable and owned by the
 * caller: decide* never change it, evolveLive may.
 *
 * Where this differs from the plain call list: no function takes more than three parameters, so `decideLive` takes the
 * bidder and the instant as one `By`, and `decideExclusion` its reason and instant as one object. `liveViews` takes
 * `{ revealed: true }` once the result is declared: what the visibility mode held back until then is shown.
 * `faultsOfRules` names every contradiction in a lot's rules, for the check before publication.
 */
import type { Decision, JsonObject, Micros } from "@kontor/kernel";
import type {
  Direction,
  LiveEvent,
  LotRules,
  LotView,
  OwnLotView,
  TenderCommandOf,
  TenderRejection,
} from "@kontor/protocol";

export type Bidder = { readonly companyId: string; readonly alias: number };
export type LiveSetup = {
  readonly tenderId: string;
  readonly lotId: string;
  readonly rules: LotRules;
  readonly direction: Direction;
  /** 64 hex digits, committed before the opening: random ends and draws come from it. */
  readonly secret: string;
  readonly opensAt: Micros;
  /** The announced end; null: the clock starts at the first bid. A random end is drawn on top of it here. */
  readonly endsAt: Micros | null;
  readonly bidders: readonly Bidder[];
};
export type LiveAuction = { readonly setup: LiveSetup };
export type By = { readonly companyId: string; readonly userId: string; readonly at: Micros };
export type LiveCommand = TenderCommandOf<
  "submit_bid" | "set_proxy" | "buy_now" | "pause_lot" | "resume_lot" | "extend_lot" | "void_bid"
>;
export type InitialBid = By & { readonly price: bigint };
export type ExtensionCause = Extract<LiveEvent, { type: "lot_extended" }>["cause"];
export type RankedBid = {
  readonly companyId: string;
  readonly bidId: string;
  readonly price: bigint;
  readonly at: Micros;
  readonly rank: number;
};
export type LiveViews = {
  readonly public: Partial<LotView>;
  readonly participant: Partial<LotView>;
  readonly owner: Partial<LotView>;
  readonly own: ReadonlyMap<string, Partial<OwnLotView>>;
};
export type RuleFault = { readonly pointer: string; readonly rule: string };

const later = (): never => {
  throw new Error("written next");
};

/** A lot that opens now; for the tender's evolve of `lot_opened`. */
export const openAuction: (setup: LiveSetup) => LiveAuction = later;
export const decideLive: (
  auction: LiveAuction,
  command: LiveCommand,
  by: By,
) => Decision<LiveEvent, TenderRejection> = later;
/** `bid_accepted` with source `initial`, unchecked; to be evolved right after `lot_opened`, best first. */
export const decideInitial: (auction: LiveAuction, bid: InitialBid) => LiveEvent = later;
/** Voids all bids of the company; if it led inside the soft-close window the end moves once. Any phase. */
export const decideExclusion: (
  auction: LiveAuction,
  companyId: string,
  why: { readonly reason: string; readonly at: Micros },
) => readonly LiveEvent[] = later;
/** `lot_closed` once the effective end is reached. */
export const decideDue: (auction: LiveAuction, at: Micros) => readonly LiveEvent[] = later;
export const decideOutage: (auction: LiveAuction, from: Micros, to: Micros) => readonly LiveEvent[] = later;
/** Moves the end of another lot's extension here, soft close of scope `event`; never back, never beyond the cap. */
export const extendTo: (auction: LiveAuction, endsAt: Micros, cause: ExtensionCause) => readonly LiveEvent[] = later;
export const evolveLive: (auction: LiveAuction, event: LiveEvent, at: Micros) => void = later;
export const liveWakeAt: (auction: LiveAuction) => Micros | null = later;
/** Best first; one entry per bidder, his latest valid bid. */
export const rankingOf: (auction: LiveAuction) => readonly RankedBid[] = later;
export const liveViews: (auction: LiveAuction, shown?: { readonly revealed: boolean }) => LiveViews = later;
export const encodeLive: (auction: LiveAuction) => JsonObject = later;
export const decodeLive: (encoded: JsonObject) => LiveAuction = later;
/** Pointers are relative to the rules, e.g. "/stepMin/percent"; empty when the rules can run. */
export const faultsOfRules: (rules: LotRules, direction: Direction) => readonly RuleFault[] = later;
