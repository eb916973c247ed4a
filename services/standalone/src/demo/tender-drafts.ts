import type { LotRulesInput, TenderTermsInput } from "@kontor/protocol";

/* Building blocks of the demonstration's tenders: a procedure is a setting, so each is a few words. */

type Lot = TenderTermsInput["lots"][number];
type Procedure = TenderTermsInput["procedure"];

const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Any supplier may ask and is admitted at once. */
const openToAll: Procedure["admission"] = { mode: "open", approval: "automatic" };
/** Any supplier may ask; the owner decides. */
export const byApproval: Procedure["admission"] = { mode: "open", approval: "owner" };

/** Bids in the open, no prices before. */
export function auctionProcedure(changes: Partial<Procedure> = {}): Procedure {
  return {
    admission: openToAll,
    initialPrices: "none",
    liveAuction: true,
    schedule: { mode: "parallel", gapMs: 0 },
    ...changes,
  };
}

/** Prices are handed in sealed and opened together after the deadline. */
export function sealedProcedure(changes: Partial<Procedure> = {}): Procedure {
  return { ...auctionProcedure(), initialPrices: "required", liveAuction: false, ...changes };
}

type ReverseRules = { readonly ceiling: string; readonly step: string; readonly scale?: number };

/** English reverse: each bid undercuts the best by the step; a late bid moves the end. */
export function reverseRules(
  { ceiling, step, scale = 2 }: ReverseRules,
  changes: Partial<LotRulesInput> = {},
): LotRulesInput {
  return {
    format: "english_reverse",
    currency: "EUR",
    priceScale: scale,
    startPrice: ceiling,
    stepMin: { kind: "absolute", amount: step },
    durationMs: 30 * minute,
    softClose: { variant: "extend_from_bid", extensionMs: 3 * minute },
    ...changes,
  };
}

/** English forward: each bid exceeds the best by the step. */
export function forwardRules(start: string, step: string): LotRulesInput {
  return {
    format: "english_forward",
    currency: "EUR",
    priceScale: 2,
    startPrice: start,
    stepMin: { kind: "absolute", amount: step },
    durationMs: hour,
    softClose: { variant: "reset_in_window", windowMs: 5 * minute, extensionMs: 5 * minute },
  };
}

/** One sealed price per supplier; the ceiling is what the owner would pay at most. */
export function sealedRules(ceiling: string, scale = 2): LotRulesInput {
  return {
    format: "sealed",
    currency: "EUR",
    priceScale: scale,
    startPrice: ceiling,
    stepMin: { kind: "absolute", amount: scale === 0 ? "1" : `0.${"1".padStart(scale, "0")}` },
    visibility: "sealed",
    durationMs: 0,
    softClose: { variant: "none" },
  };
}

type Goods = {
  readonly title: string;
  readonly grade: string;
  readonly amount: string;
  /** UN/CEFACT Recommendation 20: TNE tonne, KGM kilogram, MTK square metre, H87 piece. */
  readonly unit: string;
  readonly delivery: string;
  readonly rules: LotRulesInput;
};

export function lotOf({ title, grade, amount, unit, delivery, rules }: Goods): Lot {
  return { title, grade, quantity: { value: amount, unit }, delivery, rules };
}

/** An instant so many milliseconds from `nowMs`. */
export function instantAfter(nowMs: number, ms: number): string {
  return new Date(nowMs + ms).toISOString();
}
