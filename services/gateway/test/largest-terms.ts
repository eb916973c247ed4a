import type { TenderTermsInput } from "@kontor/protocol";

/** A control character takes six bytes of JSON, more than any other. */
const text = (length: number): string => "\u0001".repeat(length);
const amount = `${"9".repeat(18)}.${"9".repeat(18)}`;
const instant = "2199-12-31T23:59:59.999999Z";
const durationMs = 31_622_400_000;
const step = {
  kind: "table" as const,
  rows: Array.from({ length: 50 }, () => ({ from: amount, amount })),
};

const rules: TenderTermsInput["lots"][number]["rules"] = {
  format: "english_reverse",
  currency: "EUR",
  priceScale: 6,
  startPrice: amount,
  floorPrice: amount,
  ceilingPrice: amount,
  reserve: { price: amount, shown: false },
  buyNowPrice: amount,
  stepMin: step,
  stepMax: step,
  grid: amount,
  reference: "next_ranked",
  buffers: { front: amount, back: amount },
  tiesAllowed: false,
  tieRule: "equal_worst",
  visibility: "traffic",
  showBidderCount: false,
  selfRaise: false,
  clock: "first_bid",
  durationMs,
  softClose: {
    variant: "extend_from_bid",
    windowMs: durationMs,
    extensionMs: durationMs,
    trigger: "leader_change",
    topCount: 50,
    capMs: durationMs,
    scope: "event",
  },
  outage: { thresholdMs: durationMs, windowMs: durationMs, graceMs: durationMs },
  lateOpeningMs: durationMs,
  belowReserveMs: durationMs,
};

const lot: TenderTermsInput["lots"][number] = {
  title: text(200),
  description: text(10_000),
  grade: text(200),
  quantity: { value: amount, unit: "TNE" },
  delivery: text(200),
  estimatedValue: amount,
  rules,
};

/** The terms that take the most bytes of all that fit their schema. Not every member makes sense beside the others. */
export const largestTerms: TenderTermsInput = {
  title: text(200),
  description: text(10_000),
  reference: text(64),
  direction: "sell",
  currency: "EUR",
  procedure: {
    admission: { mode: "invited", approval: "automatic" },
    initialPrices: "optional",
    liveAuction: false,
    schedule: { mode: "staggered", gapMs: durationMs },
    minBidders: 100,
    singleBidder: "skip",
    amendmentLeadMs: durationMs,
    decisionMs: durationMs,
    standstillMs: durationMs,
  },
  calendar: { questionsUntil: instant, submissionsUntil: instant, auctionOpensAt: instant },
  lots: Array.from({ length: 200 }, () => lot),
};
