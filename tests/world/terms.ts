import type { LotRulesInput, TenderTermsInput } from "@kontor/protocol";

type Lot = TenderTermsInput["lots"][number];
export type ProcedureInput = TenderTermsInput["procedure"];

/** Long enough that no lot ends by itself before its test lets it. */
export const longMs = 3_600_000;

export const auctionProcedure: ProcedureInput = {
  admission: { mode: "open", approval: "automatic" },
  initialPrices: "none",
  liveAuction: true,
  schedule: { mode: "parallel", gapMs: 0 },
  standstillMs: 0,
};

export const sealedProcedure: ProcedureInput = {
  ...auctionProcedure,
  initialPrices: "required",
  liveAuction: false,
};

/** English reverse from 9,000.00 in steps of 5.00. */
export function reverseRules(changes: Partial<LotRulesInput> = {}): LotRulesInput {
  return {
    format: "english_reverse",
    currency: "EUR",
    priceScale: 2,
    startPrice: "9000.00",
    stepMin: { kind: "absolute", amount: "5.00" },
    softClose: { variant: "none" },
    durationMs: longMs,
    ...changes,
  };
}

/** English forward from 100.00 in steps of 1.00. */
export function forwardRules(changes: Partial<LotRulesInput> = {}): LotRulesInput {
  return {
    ...reverseRules(),
    format: "english_forward",
    startPrice: "100.00",
    stepMin: { kind: "absolute", amount: "1.00" },
    ...changes,
  };
}

export function sealedRules(changes: Partial<LotRulesInput> = {}): LotRulesInput {
  return { ...reverseRules(), format: "sealed", visibility: "sealed", durationMs: 0, ...changes };
}

export function lot(rules: LotRulesInput, changes: Partial<Lot> = {}): Lot {
  return { title: "Copper cathodes, grade A", quantity: { value: "25", unit: "TNE" }, rules, ...changes };
}

export type Draft = Partial<Omit<TenderTermsInput, "lots">> & { readonly lots: readonly Lot[] };

/** A buying tender in euros; what is not said is customary. */
export function termsOf({ lots, ...changes }: Draft): TenderTermsInput {
  return {
    title: "Copper cathodes, first quarter",
    direction: "buy",
    currency: "EUR",
    procedure: auctionProcedure,
    calendar: {},
    ...changes,
    lots: [...lots],
  };
}
