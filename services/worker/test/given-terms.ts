import type { TenderTerms, TenderTermsInput } from "@kontor/protocol";
import { TenderTerms as TenderTermsSchema } from "@kontor/protocol";

type LotInput = TenderTermsInput["lots"][number];

/** A reverse auction for copper cathode, with what a test needs changed. */
export function lotTerms(
  changes: Partial<Omit<LotInput, "rules">> & { rules?: Partial<LotInput["rules"]> } = {},
): LotInput {
  const { rules, ...lot } = changes;
  return {
    title: "Copper cathode",
    grade: "Grade A, EN 1978 Cu-CATH-1",
    quantity: { value: "250", unit: "TNE" },
    delivery: "DAP Duisburg",
    estimatedValue: "2300000.00",
    ...lot,
    rules: {
      format: "english_reverse",
      currency: "EUR",
      priceScale: 2,
      startPrice: "9500.00",
      reserve: { price: "9000.00", shown: false },
      stepMin: { kind: "absolute", amount: "5.00" },
      durationMs: 900_000,
      softClose: { variant: "reset_in_window", windowMs: 120_000, extensionMs: 120_000 },
      ...rules,
    },
  };
}

export function tenderTerms(changes: Partial<TenderTermsInput> = {}): TenderTerms {
  return TenderTermsSchema.parse({
    title: "Cathodes for the fourth quarter",
    reference: "CU-2026-Q4",
    direction: "buy",
    currency: "EUR",
    procedure: {
      admission: { mode: "open", approval: "owner" },
      initialPrices: "none",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
    },
    calendar: {
      questionsUntil: "2026-11-02T12:00:00Z",
      submissionsUntil: "2026-11-05T12:00:00Z",
      auctionOpensAt: "2026-11-06T09:00:00Z",
    },
    lots: [lotTerms()],
    ...changes,
  } satisfies TenderTermsInput);
}
