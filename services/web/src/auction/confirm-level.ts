import { judgePrice } from "./bid-form.ts";
import type { BidTerms } from "./bid-terms.ts";

/** 0: one press. 1: review and press again. 2: type the amount again. 3: not to be sent. */
export type ConfirmLevel = 0 | 1 | 2 | 3;

export type ConfirmReason =
  | "first_bid"
  | "much_better"
  | "very_much_better"
  | "digits_changed"
  | "past_cost_floor"
  | "no_reference"
  | "outside";

export type Confirmation = { readonly level: ConfirmLevel; readonly reasons: readonly ConfirmReason[] };

/** Limits that a bidder has set himself; decimals in minor units of the price, or of the total for `total`. */
export type OwnLimits = {
  /** The price that he does not want to pass: the lowest in a purchase, the highest in a sale. */
  readonly costFloor: bigint | null;
};

const reviewShare = 10n;
const retypeShare = 30n;

/**
 * How much a bidder has to confirm, against wrong digits. Measured against the price that is required now; where none
 * is shown, against his own last one, else a review is asked for.
 */
export function confirmationOf(price: bigint, terms: BidTerms, limits: OwnLimits): Confirmation {
  if (judgePrice(price, terms).kind === "outside") return { level: 3, reasons: ["outside"] };
  const { sign, required, own, bidCount } = terms;
  const retype: ConfirmReason[] = [];
  const review: ConfirmReason[] = [];
  const reference = required ?? own;
  if (reference === null) {
    review.push("no_reference");
  } else {
    const beyond = (price - reference) * sign * 100n;
    if (beyond > reference * retypeShare) retype.push("very_much_better");
    else if (beyond >= reference * reviewShare) review.push("much_better");
    if (digitsOf(price, terms.scale) !== digitsOf(reference, terms.scale)) retype.push("digits_changed");
  }
  const { costFloor } = limits;
  if (costFloor !== null && (price - costFloor) * sign > 0n) retype.push("past_cost_floor");
  if (bidCount === 0) review.push("first_bid");
  if (retype.length > 0) return { level: 2, reasons: [...retype, ...review] };
  return { level: review.length > 0 ? 1 : 0, reasons: review };
}

/** Digits before the decimal mark. */
function digitsOf(price: bigint, scale: number): number {
  return (price / 10n ** BigInt(scale)).toString().length;
}
