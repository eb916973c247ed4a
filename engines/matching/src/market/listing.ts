import type { InstrumentTerms, PriceBands } from "@kontor/protocol";
import type { Bands } from "../commands.ts";
import type { BookConfig } from "../config.ts";
import type { Units } from "./units.ts";
import { tickValueOf, unitsOf, wholeOf } from "./units.ts";

export type TermsFault = { readonly pointer: string; readonly rule: string };

/** A book's rules as an instrument's terms have them, or everything that is wrong with the terms. */
export type Listing =
  | { readonly kind: "sound"; readonly config: BookConfig; readonly units: Units }
  | { readonly kind: "faulty"; readonly faults: readonly TermsFault[] };

/** Prices of a book lie at most so far apart, ticks; quantities are at most so large; values stay exact below the last. */
const spanMax = 4_194_304;
const wholeMax = 2_147_483_647;
const valueMax = 2 ** 52;

const wholeRules = { price: "whole_ticks", quantity: "whole_steps", money: "whole_units" } as const;

/** Reads amounts and remembers which could not be read. */
class Reader {
  readonly faults: TermsFault[] = [];
  readonly #units: Units;

  constructor(units: Units) {
    this.#units = units;
  }

  price(pointer: string, text: string): number {
    return this.#whole(pointer, "price", text);
  }

  quantity(pointer: string, text: string): number {
    return this.#whole(pointer, "quantity", text);
  }

  money(pointer: string, text: string): number {
    return this.#whole(pointer, "money", text);
  }

  #whole(pointer: string, kind: keyof Units, text: string): number {
    const whole = wholeOf(text, this.#units[kind]);
    if (typeof whole === "object") {
      this.faults.push({
        pointer,
        rule: wholeRules[kind],
      });
      return 1;
    }
    if (kind !== "money" && whole > wholeMax) this.faults.push({ pointer, rule: "too_large" });
    return whole;
  }
}

export function listingOf(terms: InstrumentTerms): Listing {
  const units = unitsOf(terms);
  const reader = new Reader(units);
  const tickValue = tickValueOf(units);
  if (tickValue === null) reader.faults.push({ pointer: "/tickSize", rule: "whole_money_per_tick_and_step" });
  const config: BookConfig = {
    minPrice: reader.price("/minPrice", terms.minPrice),
    maxPrice: reader.price("/maxPrice", terms.maxPrice),
    tickValue: tickValue ?? 1,
    quantityStep: 1,
    maxQuantity: reader.quantity("/maxQuantity", terms.maxQuantity),
    phase: "closed",
    selfTrade: terms.selfTrade,
    bands: bandsOf(terms.bands, reader),
    breakers: terms.breakers.map(({ bps, pauseMs }) => ({ bps, pauseMicros: pauseMs * 1_000 })),
    stopAtEntry: terms.stopAtEntry,
    outsideBand: terms.outsideBand,
    maxExtensions: terms.maxExtensions,
    marketOrderExtension: terms.marketOrderExtension,
    requiresAllocation: terms.holds === "allocated",
    fees: { ...terms.fees, minimum: reader.money("/fees/minimum", terms.fees.minimum) },
    ...optionalRules(terms, reader),
  };
  const faults = [...reader.faults, ...contradictions(config)];
  return faults.length > 0 ? { kind: "faulty", faults } : { kind: "sound", config, units };
}

function optionalRules(terms: InstrumentTerms, reader: Reader): Partial<BookConfig> {
  const { minQuantity, maxValue, minDisplay, priceSteps, reference, marketProtection, callLimits } = terms;
  const { auctionCollar, wideCollar, pressureBoundBps } = terms;
  return {
    ...(minQuantity && { minQuantity: reader.quantity("/minQuantity", minQuantity) }),
    ...(maxValue && { maxValue: reader.money("/maxValue", maxValue) }),
    ...(minDisplay && { minDisplay: reader.quantity("/minDisplay", minDisplay) }),
    ...(priceSteps && {
      priceSteps: priceSteps.map(({ from, step }, index) => ({
        from: Math.max(1, reader.price(`/priceSteps/${index}/from`, from)),
        step: reader.price(`/priceSteps/${index}/step`, step),
      })),
    }),
    ...(reference && { reference: reader.price("/reference", reference) }),
    ...(marketProtection && { marketProtection: reader.price("/marketProtection/value", marketProtection.value) }),
    ...(auctionCollar && { auctionCollar: reader.price("/auctionCollar/value", auctionCollar.value) }),
    ...(wideCollar && { wideCollar: reader.price("/wideCollar/value", wideCollar.value) }),
    ...(pressureBoundBps && { pressureBoundBps }),
    ...(callLimits && {
      callLimits: { orders: callLimits.orders, quantity: reader.quantity("/callLimits/quantity", callLimits.quantity) },
    }),
  };
}

/** Bands in ticks. */
function bandsOf({ entry, dynamic, static: fixed }: PriceBands, reader: Pick<Reader, "price">): Bands {
  const around = (name: string, { up, down }: { readonly up: string; readonly down: string }) => ({
    up: reader.price(`/bands/${name}/up`, up),
    down: reader.price(`/bands/${name}/down`, down),
  });
  return {
    ...(entry && {
      entry: { low: reader.price("/bands/entry/low", entry.low), high: reader.price("/bands/entry/high", entry.high) },
    }),
    ...(dynamic && { dynamic: around("dynamic", dynamic) }),
    ...(fixed && { static: around("static", fixed) }),
  };
}

/** Bands of a command, or the first amount in it that is no whole number of ticks. */
export function readBands(bands: PriceBands, units: Units): Bands | TermsFault {
  const reader = new Reader(units);
  const read = bandsOf(bands, reader);
  return reader.faults[0] ?? read;
}

function contradictions(config: BookConfig): readonly TermsFault[] {
  const { minPrice, maxPrice, maxQuantity, minQuantity = 1, tickValue, fees, bands, priceSteps = [] } = config;
  const entry = bands?.entry;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [minPrice >= 1 && maxPrice >= minPrice, "/maxPrice", "not_below_min_price"],
    [maxPrice - minPrice <= spanMax, "/maxPrice", "at_most_4194304_ticks_apart"],
    [maxQuantity >= minQuantity, "/maxQuantity", "not_below_min_quantity"],
    [maxPrice * maxQuantity * tickValue <= valueMax, "/maxQuantity", "value_stays_exact"],
    [(fees?.minimum ?? 0) >= 0, "/fees/minimum", "not_negative"],
    [(fees?.minimum ?? 0) <= minPrice * tickValue, "/fees/minimum", "not_above_the_least_trade"],
    [entry === undefined || entry.low <= entry.high, "/bands/entry/high", "not_below_low"],
    [priceSteps.every(({ from }, i) => from > (priceSteps[i - 1]?.from ?? 0)), "/priceSteps", "ascending"],
    [priceSteps.length === 0 || priceSteps[0]?.from === 1, "/priceSteps/0/from", "begins_at_zero"],
  ];
  return checks.filter(([holds]) => !holds).map(([, pointer, rule]) => ({ pointer, rule }));
}
