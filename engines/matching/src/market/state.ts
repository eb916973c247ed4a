import type { Micros } from "@kontor/kernel";
import type { AuctionPurpose, InstrumentTerms, MarketPhase } from "@kontor/protocol";
import type { Book } from "../book.ts";
import type { Conduct } from "./conduct.ts";
import type { MarketData } from "./market-data.ts";
import type { Plan } from "./plan.ts";
import type { Units } from "./units.ts";

/** A live order as far as its book does not know it. */
export type KnownOrder = { readonly companyId: string; readonly side: "buy" | "sell" };

export type EnteredOrder = KnownOrder & { readonly at: Micros };

/** Why the market is not as its timetable has it. */
export type PhaseCause = "volatility" | "circuit_breaker" | "outage";

/** An instrument that is not listed yet: it has no book. */
export type Draft = {
  readonly instrumentId: string;
  readonly marketplaceId: string;
  version: number;
  terms: InstrumentTerms;
  /** 64 hex digits that random delays are drawn from. */
  readonly secret: string;
};

export type Instrument = {
  readonly instrumentId: string;
  readonly marketplaceId: string;
  state: "listed" | "delisted";
  readonly version: number;
  /** The timetable in it is the one in force. */
  terms: InstrumentTerms;
  readonly units: Units;
  readonly secret: string;
  /** Asked by `decide`, which it alone changes; so `evolve` has only to ask it what it was not asked yet. */
  readonly book: Book;
  /** Commands that the book has been asked, and those of them that are facts. */
  asked: number;
  moved: number;
  /** Of the phase that the market is in; null when nothing unusual led there. */
  cause: PhaseCause | null;
  /** What the market does by itself. */
  plan: Plan;
  /** Account numbers of companies, from 1. */
  readonly accounts: Map<string, number>;
  readonly companies: string[];
  /** Of companies that sent orders, where the terms limit these. */
  readonly conduct: Map<string, Conduct>;
  readonly orders: Map<number, EnteredOrder>;
  ordersMade: number;
  /** What the streams show of the past. */
  readonly data: MarketData;
};

/** First a draft, then an instrument, never both. */
export type ExchangeState = { draft: Draft | null; instrument: Instrument | null };

export function createState(): ExchangeState {
  return { draft: null, instrument: null };
}

export type Standing = {
  readonly state: "draft" | "listed" | "delisted";
  readonly version: number;
  readonly terms: InstrumentTerms;
  readonly phase: MarketPhase;
  readonly purpose: AuctionPurpose | null;
  readonly cause: PhaseCause | null;
  /** What comes by itself, and not before when; draws of lots are not told. */
  readonly next: { readonly phase: MarketPhase; readonly at: Micros } | null;
};

/** Where an instrument stands, a draft too; null when there is neither. */
export function standingOf({ draft, instrument }: ExchangeState): Standing | null {
  if (instrument !== null) {
    const { state, version, terms, cause, plan, book } = instrument;
    return { state, version, terms, phase: book.phase, purpose: book.purpose, cause, next: nextOf(plan, book.phase) };
  }
  if (draft === null) return null;
  const { version, terms } = draft;
  return { state: "draft", version, terms, phase: "closed", purpose: null, cause: null, next: null };
}

/** While something is resumed, the timetable's steps wait, but for those that end it. */
function nextOf({ next, resumption, held }: Plan, phase: MarketPhase): Standing["next"] {
  const comes = next !== null && (!held || (next.phase === "closed" && phase !== "closed"));
  const step = comes ? { phase: next.phase, at: next.notBefore } : null;
  if (resumption === null) return step;
  const { stage, into, notBefore } = resumption;
  const leads = stage === "uncross" || into.phase === "pre_open" ? into.phase : "auction";
  const resumed = { phase: leads, at: notBefore };
  const comesFirst = step !== null && step.at < notBefore && endsResumption(step.phase, phase);
  return comesFirst ? step : resumed;
}

/** Whether a step of the timetable takes effect although something is being resumed. */
export function endsResumption(step: MarketPhase, phase: MarketPhase): boolean {
  if (step === "auction" || step === "pre_open") return phase === "auction";
  return step === "closed" || step === "halt" || step === "cancel_only";
}

export function orderIdOf({ instrumentId }: Pick<Instrument, "instrumentId">, order: number): string {
  return `${instrumentId}-o${order}`;
}

export function tradeIdOf({ instrumentId }: Pick<Instrument, "instrumentId">, trade: number): string {
  return `${instrumentId}-t${trade}`;
}

/** The number in an order's or trade's id of this instrument; 0, which no order has, for others. */
export function numberOf({ instrumentId }: Pick<Instrument, "instrumentId">, id: string): number {
  return id.startsWith(`${instrumentId}-`) ? Number(id.slice(instrumentId.length + 2)) : 0;
}
