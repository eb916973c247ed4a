import type { LotRulesInput, TenderPhase, TenderTermsInput } from "@kontor/protocol";
import {
  auctionProcedure,
  byApproval,
  day,
  forwardRules,
  hour,
  instantAfter,
  lotOf,
  reverseRules,
  sealedProcedure,
  sealedRules,
} from "./tender-drafts.ts";

/** When a tender is written; `patience` multiplies what it leaves for the steps before its deadlines. */
export type SeedingTime = { readonly nowMs: number; readonly patience: number };

/** One seeded tender: who runs it, what it says when it is written at `nowMs`, and where its script leaves it. */
export type DemoTender = {
  readonly reference: string;
  readonly owner: string;
  /** Phases in which the tender counts as seeded; time may have carried it on. */
  readonly settled: readonly TenderPhase[];
  readonly terms: (at: SeedingTime) => Omit<TenderTermsInput, "reference">;
};

/** How long the tenders that must pass a deadline while they are seeded leave for what comes before it. */
const seedingWindowMs = 6_000;
const seedingAuctionMs = 6_000;

const briefly = (patience: number): Partial<LotRulesInput> => ({
  durationMs: patience * seedingAuctionMs,
  softClose: { variant: "none" },
});

const eur = { currency: "EUR" } as const;
const buying = { direction: "buy", ...eur } as const;
const noDates = { questionsUntil: null, submissionsUntil: null, auctionOpensAt: null };

const wireRod: DemoTender = {
  reference: "DEMO-1",
  owner: "nordwerk",
  settled: ["draft"],
  terms: () => ({
    ...buying,
    title: "Copper wire rod 8 mm, first quarter",
    description: "Call-offs from January to March in full truckloads. Draft: lots and dates are not settled.",
    procedure: auctionProcedure(),
    calendar: noDates,
    lots: [
      lotOf({
        title: "Copper wire rod 8 mm, drawn quality",
        grade: "Cu-ETP (CW004A), EN 1977",
        amount: "600",
        unit: "TNE",
        delivery: "DAP Rendsburg",
        rules: reverseRules({ ceiling: "9840.00", step: "5.00" }),
      }),
    ],
  }),
};

const wheat: DemoTender = {
  reference: "DEMO-2",
  owner: "molinara",
  settled: ["enquiries", "submission", "waiting", "auction", "evaluation"],
  terms: ({ nowMs: now }) => ({
    ...buying,
    title: "Milling wheat 12.5 %, November shipment",
    description:
      "Analysis at loading by an independent laboratory. Ask what is unclear before the enquiry period ends.",
    procedure: auctionProcedure(),
    calendar: {
      questionsUntil: instantAfter(now, 5 * day),
      submissionsUntil: instantAfter(now, 9 * day),
      auctionOpensAt: instantAfter(now, 10 * day),
    },
    lots: [
      lotOf({
        title: "Milling wheat, panel 1",
        grade: "Protein min 12.5 %, Hagberg 250 s, moisture max 14 %, 77 kg/hl",
        amount: "3000",
        unit: "TNE",
        delivery: "CPT Adria",
        rules: reverseRules({ ceiling: "238.00", step: "0.50" }, { visibility: "rank", reference: "own" }),
      }),
      lotOf({
        title: "Milling wheat, panel 2",
        grade: "Protein min 13.5 %, Hagberg 280 s, moisture max 14 %, 78 kg/hl",
        amount: "1500",
        unit: "TNE",
        delivery: "CPT Adria",
        rules: reverseRules({ ceiling: "251.00", step: "0.50" }, { visibility: "rank", reference: "own" }),
      }),
    ],
  }),
};

const regrind: DemoTender = {
  reference: "DEMO-3",
  owner: "hafenchemie",
  settled: ["submission", "waiting", "auction", "evaluation"],
  terms: ({ nowMs: now }) => ({
    direction: "sell",
    ...eur,
    title: "Surplus HDPE blow moulding, natural",
    description: "Stock from a stopped line. Buyers are admitted one by one after a credit check.",
    procedure: auctionProcedure({ admission: byApproval }),
    calendar: {
      questionsUntil: null,
      submissionsUntil: instantAfter(now, 6 * day),
      auctionOpensAt: instantAfter(now, 7 * day),
    },
    lots: [
      lotOf({
        title: "HDPE blow moulding, natural, octabins",
        grade: "MFI 0.30 g/10 min (190 °C, 2.16 kg), density 0.954",
        amount: "120",
        unit: "TNE",
        delivery: "FCA Nordenham",
        rules: forwardRules("880.00", "5.00"),
      }),
    ],
  }),
};

const corrugated: DemoTender = {
  reference: "DEMO-4",
  owner: "brightwell",
  settled: ["submission", "evaluation", "standstill", "complete"],
  terms: ({ nowMs: now }) => ({
    ...buying,
    title: "Corrugated board sheets, half-year contract",
    description: "Sealed offers; nobody sees a price before the deadline. The lowest evaluated offer per lot wins.",
    procedure: sealedProcedure({ minBidders: 2 }),
    calendar: { questionsUntil: null, submissionsUntil: instantAfter(now, 4 * day), auctionOpensAt: null },
    lots: [
      lotOf({
        title: "Single wall, B flute",
        grade: "Testliner 125 / fluting 105 / testliner 125, ECT 4.6 kN/m",
        amount: "850000",
        unit: "MTK",
        delivery: "DDP Waterford",
        rules: sealedRules("0.4900", 4),
      }),
      lotOf({
        title: "Double wall, EB flute",
        grade: "Kraftliner 135 / fluting 105 / testliner 125, ECT 7.9 kN/m",
        amount: "220000",
        unit: "MTK",
        delivery: "DDP Waterford",
        rules: sealedRules("0.8600", 4),
      }),
    ],
  }),
};

const bottleGrade: DemoTender = {
  reference: "DEMO-5",
  owner: "brightwell",
  settled: ["evaluation", "standstill", "complete"],
  terms: ({ nowMs: now, patience }) => ({
    ...buying,
    title: "HDPE blow moulding, bottle grade",
    description: "Offers are opened; freight and payment terms are being evaluated.",
    procedure: sealedProcedure(),
    calendar: {
      questionsUntil: null,
      submissionsUntil: instantAfter(now, patience * seedingWindowMs),
      auctionOpensAt: null,
    },
    lots: [
      lotOf({
        title: "HDPE blow moulding, milk bottle grade",
        grade: "MFI 0.7 g/10 min (190 °C, 2.16 kg), density 0.960, food contact",
        amount: "240",
        unit: "TNE",
        delivery: "DAP Waterford",
        rules: sealedRules("1290.00"),
      }),
    ],
  }),
};

const cathode: DemoTender = {
  reference: "DEMO-6",
  owner: "nordwerk",
  settled: ["standstill", "complete"],
  terms: ({ nowMs: now, patience }) => ({
    ...buying,
    title: "Copper cathode Grade A, October",
    description: "Awarded; the contract is drawn up when the standstill ends.",
    procedure: auctionProcedure({ standstillMs: 10 * day }),
    calendar: { ...noDates, auctionOpensAt: instantAfter(now, patience * seedingWindowMs) },
    lots: [
      lotOf({
        title: "Copper cathode Grade A",
        grade: "Cu-CATH-1 (CR001A), EN 1978",
        amount: "250",
        unit: "TNE",
        delivery: "CIP Rendsburg",
        rules: reverseRules({ ceiling: "9510.00", step: "5.00" }, briefly(patience)),
      }),
    ],
  }),
};

const octabins: DemoTender = {
  reference: "DEMO-7",
  owner: "hafenchemie",
  settled: ["standstill", "complete"],
  terms: ({ nowMs: now, patience }) => ({
    ...buying,
    title: "Corrugated octabins for granulate",
    description: "Concluded; the contract waits for the supplier's signature.",
    procedure: auctionProcedure({ standstillMs: 0 }),
    calendar: { ...noDates, auctionOpensAt: instantAfter(now, patience * seedingWindowMs) },
    lots: [
      lotOf({
        title: "Octabin with lid and inlay, 1,100 litres",
        grade: "Triple wall AAC, base 1,150 × 1,150 mm, 1,000 kg",
        amount: "4000",
        unit: "H87",
        delivery: "DAP Nordenham",
        rules: reverseRules({ ceiling: "14.80", step: "0.05" }, briefly(patience)),
      }),
    ],
  }),
};

const durum: DemoTender = {
  reference: "DEMO-8",
  owner: "molinara",
  settled: ["cancelled"],
  terms: ({ nowMs: now }) => ({
    ...buying,
    title: "Durum wheat 13 %, spot",
    description: "Cancelled by the buyer.",
    procedure: auctionProcedure(),
    calendar: { ...noDates, auctionOpensAt: instantAfter(now, 30 * hour) },
    lots: [
      lotOf({
        title: "Durum wheat",
        grade: "Protein min 13 %, vitreous kernels min 75 %, moisture max 13.5 %",
        amount: "800",
        unit: "TNE",
        delivery: "CPT Adria",
        rules: reverseRules({ ceiling: "312.00", step: "0.50" }),
      }),
    ],
  }),
};

export const demoTenders: readonly DemoTender[] = [
  wireRod,
  wheat,
  regrind,
  corrugated,
  bottleGrade,
  cathode,
  octabins,
  durum,
];
