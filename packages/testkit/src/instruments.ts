import type { InstrumentTermsInput } from "@kontor/protocol";

/** Wheat around 200 in ticks of 0.25 and steps of 50 tonnes, traded on trust; `changes` replace single members. */
export function wheatTerms(changes: Partial<InstrumentTermsInput> = {}): InstrumentTermsInput {
  return {
    title: "Milling wheat 12.5 %, Rouen, September",
    grade: "Milling wheat, protein 12.5 %",
    place: "Rouen",
    period: "2031-09",
    deliveryTerm: "FOB",
    unit: "TNE",
    currency: "EUR",
    tickSize: "0.25",
    quantityStep: "50",
    minPrice: "50",
    maxPrice: "1000",
    maxQuantity: "50000",
    holds: "none",
    ...changes,
  };
}
