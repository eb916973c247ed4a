import type { InstrumentTermsInput } from "@kontor/protocol";

/** One instrument of the demonstration and how its robots see it. Prices are plausible, not quoted. */
export type DemoInstrument = {
  readonly name: string;
  readonly terms: InstrumentTermsInput;
  /** Around this price the market moves. */
  readonly fair: string;
  /** Ticks from the middle to a maker's best quote, and between its quotes. */
  readonly spreadTicks: number;
  /** Of its good every trader begins with so much: whole quantity steps. */
  readonly goods: string;
  /** Orders are one to so many quantity steps. */
  readonly stepsMax: number;
  readonly makers: readonly string[];
  readonly takers: readonly string[];
};

const fees = { makerBps: -1, takerBps: 3, auctionBps: 1, minimum: "0" };
const common: Pick<
  InstrumentTermsInput,
  "currency" | "fees" | "breakers" | "volatilityCall" | "reopening" | "orderRate"
> = {
  currency: "EUR",
  fees,
  breakers: [{ bps: 700, pauseMs: 30_000 }],
  volatilityCall: { lengthMs: 8_000, randomMs: 4_000 },
  reopening: { cancelOnlyMs: 2_000, callMs: 6_000 },
  orderRate: { perSecond: 200, burst: 400 },
};

const wheat: DemoInstrument = {
  name: "wheat",
  terms: {
    ...common,
    title: "Milling wheat 12.5 %, FOB Rouen",
    description: "French soft wheat, protein 12.5 % min., moisture 14.5 % max., specific weight 77 kg/hl.",
    grade: "Milling wheat 12.5 %",
    place: "Rouen",
    period: "September 2027",
    deliveryTerm: "FOB",
    unit: "TNE",
    tickSize: "0.25",
    quantityStep: "50",
    minPrice: "50.00",
    maxPrice: "800.00",
    maxQuantity: "25000",
    reference: "212.50",
    marketProtection: { value: "4.00" },
    bands: { dynamic: { up: "6.00", down: "6.00" }, static: { up: "15.00", down: "15.00" } },
  },
  fair: "212.50",
  spreadTicks: 2,
  goods: "150000.00",
  stepsMax: 6,
  makers: ["alfoeld", "beauce"],
  takers: ["molinara", "scheldt"],
};

const copper: DemoInstrument = {
  name: "copper",
  terms: {
    ...common,
    title: "Copper cathode grade A, in warehouse Rotterdam",
    description: "Electrolytic cathode, EN 1978 Cu-CATH-1, on warrant; bundles of about 2.5 t.",
    grade: "Copper cathode grade A",
    place: "Rotterdam",
    period: "spot",
    deliveryTerm: "in warehouse",
    unit: "TNE",
    tickSize: "0.50",
    quantityStep: "2.5",
    minPrice: "3000.00",
    maxPrice: "20000.00",
    maxQuantity: "2500",
    reference: "9380.00",
    marketProtection: { value: "60.00" },
    bands: { dynamic: { up: "120.00", down: "120.00" }, static: { up: "350.00", down: "350.00" } },
  },
  fair: "9380.00",
  spreadTicks: 8,
  goods: "4000.00",
  stepsMax: 8,
  makers: ["cordillera", "savonlinna"],
  takers: ["nordwerk", "silesia"],
};

const film: DemoInstrument = {
  name: "film",
  terms: {
    ...common,
    title: "HDPE film grade, FCA Antwerp",
    description: "High-density polyethylene, film grade, melt flow 0.05 to 0.1 g per 10 min, 25 kg bags on pallets.",
    grade: "HDPE film grade",
    place: "Antwerp",
    period: "spot",
    deliveryTerm: "FCA",
    unit: "TNE",
    tickSize: "1.00",
    quantityStep: "24.75",
    minPrice: "400.00",
    maxPrice: "4000.00",
    maxQuantity: "4950",
    reference: "1265.00",
    marketProtection: { value: "15.00" },
    bands: { dynamic: { up: "30.00", down: "30.00" }, static: { up: "80.00", down: "80.00" } },
  },
  fair: "1265.00",
  spreadTicks: 2,
  goods: "19800.00",
  stepsMax: 4,
  makers: ["hafenchemie", "scheldt"],
  takers: ["brightwell", "kartonal"],
};

export const demoInstruments: readonly DemoInstrument[] = [wheat, copper, film];
