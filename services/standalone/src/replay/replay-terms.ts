import { instantOfMicros } from "@kontor/kernel";
import type { TenderTermsInput } from "@kontor/protocol";
import type { RecordedAuction } from "./recorded-auction.ts";

/** The recorded auction as a tender of one lot, with the record's own times. */
export function replayTerms(record: RecordedAuction): TenderTermsInput {
  const { title, direction, procedure, rules, opensAt } = record;
  const opening = instantOfMicros(opensAt);
  return {
    title,
    direction,
    currency: rules.currency,
    procedure: {
      ...procedure,
      admission: { mode: "open", approval: "automatic" },
      schedule: { mode: "parallel", gapMs: 0 },
      standstillMs: 0,
    },
    calendar: { submissionsUntil: opening, auctionOpensAt: opening },
    lots: [{ title, quantity: { value: "1", unit: "H87" }, rules }],
  };
}
