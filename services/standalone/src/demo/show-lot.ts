import type { TenderTermsInput } from "@kontor/protocol";
import { auctionProcedure, instantAfter, lotOf, reverseRules } from "./tender-drafts.ts";

/* The live auction that comes again: one lot, everything visible, short enough to watch to its end. */

export const showStep = "5.00";
export const showCeiling = "9480.00";
/** From the notice to the opening. */
export const showLeadMs = 12_000;
const showDurationMs = 80_000;
const extensionMs = 15_000;
const capMs = 60_000;
/** From the award to the contract. */
const standstillMs = 20_000;

/** The terms of one round, written at `nowMs`. */
export function showTerms(nowMs: number, round: number): TenderTermsInput {
  return {
    title: "Copper cathode Grade A, weekly",
    description: "The live demonstration: robots bid over the same interface as anybody.",
    reference: `LIVE-${round}`,
    direction: "buy",
    currency: "EUR",
    procedure: auctionProcedure({ standstillMs }),
    calendar: { auctionOpensAt: instantAfter(nowMs, showLeadMs) },
    lots: [
      lotOf({
        title: "Copper cathode Grade A, 250 t CIP Rendsburg",
        grade: "Cu-CATH-1 (CR001A), EN 1978",
        amount: "250",
        unit: "TNE",
        delivery: "CIP Rendsburg",
        rules: reverseRules(
          { ceiling: showCeiling, step: showStep },
          {
            visibility: "full",
            durationMs: showDurationMs,
            softClose: { variant: "extend_from_bid", extensionMs, capMs },
          },
        ),
      }),
    ],
  };
}
