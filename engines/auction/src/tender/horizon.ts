import type { Micros } from "@kontor/kernel";
import { instantOfMicros, lastInstant, microsOfMs } from "@kontor/kernel";
import type { LotTerms, TenderRejection, TenderTerms } from "@kontor/protocol";
import { capMsOf } from "../live/live-auction.ts";
import type { Plan, Timed } from "./schedule.ts";

/*
 * Dates that people set must leave room for what the rules let follow before the last instant there is. What only time
 * can add, such as a pause or an outage of years, is cut off there.
 */

/** What the rules may add to the planned end of a lot: by bids, an outage, an unmet reserve, decision and standstill. */
function tailMs({ procedure }: TenderTerms, { rules }: LotTerms): number {
  const { softClose, outage, belowReserveMs } = rules;
  return capMsOf(softClose) + outage.graceMs + belowReserveMs + procedure.decisionMs + procedure.standstillMs;
}

/** By how much the latest that may follow from these plans lies beyond the last instant; 0 or less when nothing does. */
export function overrunOf(terms: TenderTerms, plans: readonly Plan<Timed>[]): Micros {
  return plans.reduce(
    (most, { lot, endsAt }) => Math.max(most, endsAt + microsOfMs(tailMs(terms, lot.terms)) - lastInstant),
    Number.NEGATIVE_INFINITY,
  );
}

type Wish = { readonly pointer: string; readonly wished: Micros; readonly overrun: Micros; readonly after: Micros };

/** Why the instant is too late, with the latest that would do; null when it is not. */
export function tooLate({ pointer, wished, overrun, after }: Wish): TenderRejection | null {
  if (overrun <= 0) return null;
  const latest = wished - overrun;
  return { code: "instant_invalid", pointer, ...(latest > after ? { limit: instantOfMicros(latest) } : {}) };
}
