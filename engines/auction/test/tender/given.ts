import type { LotRules, LotTerms, TenderTerms } from "@kontor/protocol";
import { LotRules as LotRulesSchema, TenderTerms as TenderTermsSchema } from "@kontor/protocol";
import { later, marketplace } from "@kontor/testkit";

export const tenderId = "7e4d2c10-0a5b-4c6e-9f00-2b1d6a0c9e01";
export const lotId = (number: number): string => `${tenderId}-${number}`;
export const dawn = "2031-03-03T08:00:00Z";
export const hour = 3_600_000;
export const day = 24 * hour;

/** Draft written at `dawn`: questions for a day, submissions for two, the auction an hour later. */
export const dates = {
  questionsUntil: later(dawn, day),
  submissionsUntil: later(dawn, 2 * day),
  auctionOpensAt: later(dawn, 2 * day + hour),
};

type RulesInput = Parameters<typeof LotRulesSchema.parse>[0];

/** English reverse on copper: ceiling 10,000.00, step 50.00, ten minutes, five more with a bid in the last two. */
export function rules(changes: Partial<LotRules> = {}): LotRules {
  const input: RulesInput = {
    format: "english_reverse",
    currency: "EUR",
    priceScale: 2,
    startPrice: "10000.00",
    stepMin: { kind: "absolute", amount: "50.00" },
    visibility: "full",
    durationMs: 600_000,
    softClose: { variant: "reset_in_window", windowMs: 120_000, extensionMs: 300_000 },
    ...changes,
  };
  return LotRulesSchema.parse(input);
}

/** English forward: opening 1,000.00, step 10.00. */
export function forwardRules(changes: Partial<LotRules> = {}): LotRules {
  return rules({
    format: "english_forward",
    startPrice: "1000.00",
    stepMin: { kind: "absolute", amount: "10.00" },
    ...changes,
  });
}

export function sealedRules(changes: Partial<LotRules> = {}): LotRules {
  return rules({
    format: "sealed",
    durationMs: 0,
    softClose: { ...rules().softClose, variant: "none" },
    ...changes,
  });
}

export function lotTerms(changes: Partial<LotTerms> = {}): LotTerms {
  return {
    title: "Copper cathode, 25 t",
    description: "",
    grade: "Grade A cathode, EN 1978 Cu-CATH-1",
    quantity: { value: "25", unit: "TNE" },
    delivery: "DAP Duisburg",
    estimatedValue: "217777.77",
    rules: rules(),
    ...changes,
  };
}

type TermsChanges = Partial<Omit<TenderTerms, "procedure" | "calendar">> & {
  readonly procedure?: Partial<TenderTerms["procedure"]>;
  readonly calendar?: Partial<TenderTerms["calendar"]>;
};

/** Open to all, approved at once, no initial prices, one live lot. */
export function terms({ procedure = {}, calendar = {}, ...changes }: TermsChanges = {}): TenderTerms {
  return TenderTermsSchema.parse({
    title: "Copper cathodes for the second quarter",
    direction: "buy",
    currency: "EUR",
    procedure: {
      admission: { mode: "open", approval: "automatic" },
      initialPrices: "none",
      liveAuction: true,
      schedule: { mode: "parallel", gapMs: 0 },
      ...procedure,
    },
    calendar: { ...dates, ...calendar },
    lots: [lotTerms()],
    ...changes,
  });
}

export function sealedTerms({ procedure = {}, ...changes }: TermsChanges = {}): TenderTerms {
  return terms({
    procedure: { initialPrices: "required", liveAuction: false, ...procedure },
    lots: [lotTerms({ rules: sealedRules() })],
    ...changes,
    calendar: { auctionOpensAt: null, ...changes.calendar },
  });
}

export const creation = (written: TenderTerms = terms()) =>
  ({ type: "create_tender", marketplaceId: marketplace, tenderId, terms: written }) as const;
