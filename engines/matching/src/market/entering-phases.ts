import type { Micros } from "@kontor/kernel";
import type { MarketStep } from "@kontor/protocol";
import type { AuctionPurpose, Phase } from "../commands.ts";
import type { Asking } from "./asking.ts";
import type { Resumption } from "./plan.ts";
import { tryAgain } from "./resuming.ts";
import type { Instrument, PhaseCause } from "./state.ts";

export type Entering = {
  readonly instrument: Instrument;
  readonly asking: Asking;
  readonly at: Micros;
  /** Nobody was here when it should have happened: nothing may match of what people could not change meanwhile. */
  readonly late: boolean;
};

/** Whether the market is where the step leads. */
function isThere({ book }: Instrument, { phase, purpose }: MarketStep): boolean {
  return book.phase === phase && (phase !== "auction" || book.purpose === (purpose ?? "intraday"));
}

/**
 * Takes the market where a step of its timetable or the end of an interruption leads. What cannot be entered at once is
 * entered through a call, whose end is what is returned.
 */
export function enter(entering: Entering, { cause, into }: Pick<Resumption, "cause" | "into">): Resumption | null {
  const { instrument, asking, at, late } = entering;
  const { book } = instrument;
  const { phase } = into;
  if (isThere(instrument, into)) return null;
  if (phase === "auction" || phase === "pre_open") {
    goTo(entering, into);
    return null;
  }
  const matches = phase === "continuous" || phase === "closing_cross";
  if (matches && book.phase === "pre_open") goTo(entering, { phase: "auction", purpose: "opening" });
  if (late && matches && book.phase !== "auction") goTo(entering, { phase: "auction", purpose: "intraday" });
  if (book.phase === "auction") {
    if (!late) uncross(entering, phase);
    return late || asking.extension !== null ? tryAgain(instrument, { cause, into }, at) : null;
  }
  const refused = asking.ask({ type: "phase", at, phase });
  if (refused?.code === "book_crossed") {
    goTo(entering, { phase: "auction", purpose: "intraday" });
    return tryAgain(instrument, { cause, into }, at);
  }
  if (refused !== null) goTo(entering, { phase: "cancel_only" }); // There is no price at which it could close.
  return null;
}

/** To a phase that the book never refuses. */
export function goTo(
  { asking, at }: Pick<Entering, "asking" | "at">,
  { phase, purpose }: { readonly phase: Phase; readonly purpose?: AuctionPurpose },
  cause: PhaseCause | null = null,
): void {
  asking.ask({ type: "phase", at, phase, ...(purpose && { purpose }) }, cause);
}

function uncross({ asking, at }: Entering, next: Phase): void {
  const refused = asking.ask({ type: "uncross", at, next });
  if (refused !== null) asking.ask({ type: "uncross", at, next: "cancel_only" }); // No price, so no closing price.
}
