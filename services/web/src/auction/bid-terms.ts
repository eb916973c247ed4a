import type { LotView, OwnLotView, Step, TenderView } from "@kontor/protocol";
import type { LotQuantity } from "./lot-money.ts";
import { minorOf, stepAt } from "./step-size.ts";

export type ShownLotTerms = TenderView["lots"][string]["terms"];

/** What the bid form needs to know of a lot; prices in minor units at `scale`. Null: there is none, or it is not shown. */
export type BidTerms = {
  readonly scale: number;
  readonly currency: string;
  /** 1n where a higher price is better (a sale), -1n where a lower one is (a purchase). */
  readonly sign: 1n | -1n;
  /** A secret maximum instead of a price: the shown price follows from all maxima. */
  readonly takesMaximum: boolean;
  readonly quantity: LotQuantity | null;
  /** The least demanding price that the server says it would take from this bidder now. */
  readonly required: bigint | null;
  /** True where a bid may also stay behind the leader, so that a price worse than the required one may pass. */
  readonly mayStayBehind: boolean;
  readonly own: bigint | null;
  readonly best: bigint | null;
  /** Absolute limits, both included. */
  readonly low: bigint | null;
  readonly high: bigint | null;
  readonly grid: bigint | null;
  readonly stepMin: bigint | null;
  readonly bidCount: number;
  /** The bidder leads, by the server's word, and the rules let no leader improve on himself. */
  readonly mustWait: boolean;
};

export type BidTermsSource = {
  readonly view: LotView;
  readonly own: OwnLotView | undefined;
  readonly terms: ShownLotTerms | undefined;
};

export function bidTermsOf({ view, own, terms }: BidTermsSource): BidTerms {
  const { priceScale: scale, direction } = view;
  const rules = terms?.rules;
  const isSale = direction === "sell";
  const start = minorOf(view.startPrice ?? rules?.startPrice, scale);
  const takesMaximum = view.format === "proxy_forward";
  const required = minorOf(own?.nextPrice ?? view.nextPrice, scale);
  const standing = minorOf(own?.price, scale);
  const best = minorOf(view.bestPrice, scale);
  return {
    scale,
    currency: view.currency,
    sign: isSale ? 1n : -1n,
    takesMaximum,
    quantity: terms?.quantity ?? null,
    required,
    mayStayBehind: rules?.buffers !== undefined,
    own: takesMaximum ? minorOf(own?.proxyMaximum, scale) : standing,
    best,
    low: isSale ? start : minorOf(rules?.floorPrice, scale),
    high: isSale ? minorOf(rules?.ceilingPrice, scale) : start,
    grid: minorOf(rules?.grid, scale),
    stepMin: stepNow(rules?.stepMin, { scale, start, reference: best ?? standing ?? start }),
    bidCount: own?.bidCount ?? 0,
    mustWait: own?.standing === "leading" && rules?.selfRaise === false && !takesMaximum,
  };
}

type StepPlace = { readonly scale: number; readonly start: bigint | null; readonly reference: bigint | null };

function stepNow(step: Step | undefined, { scale, start, reference }: StepPlace): bigint | null {
  if (step === undefined || reference === null) return null;
  return stepAt(step, reference, { scale, start, bound: "least" });
}
