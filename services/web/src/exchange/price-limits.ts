import type { Decimal, InstrumentTerms } from "@kontor/protocol";
import type { Side } from "./book-rows.ts";
import type { Grid } from "./instrument-grid.ts";
import { larger, priceOf, smaller, tickAt } from "./instrument-grid.ts";

export type MarketFacts = {
  readonly last: Decimal | undefined;
  readonly reference: Decimal | undefined;
};

/** What prices the venue takes at all, in pieces of the grid. */
export type PriceRange = { readonly low: bigint; readonly high: bigint };

type Terms = Pick<InstrumentTerms, "minPrice" | "maxPrice" | "bands" | "marketProtection">;

/** Limits outside are refused: the lowest and highest price, and the band of entry. */
export function entryRange(grid: Grid, terms: Terms): PriceRange {
  const { entry } = terms.bands;
  return within(
    { low: priceOf(grid, terms.minPrice) ?? 1n, high: priceOf(grid, terms.maxPrice) ?? 1n },
    { low: priceOf(grid, entry?.low), high: priceOf(grid, entry?.high) },
  );
}

/** Trades outside do not happen: they interrupt trading. Narrower than the range of entry where bands move. */
export function tradingRange(grid: Grid, terms: Terms, facts: MarketFacts): PriceRange {
  const { dynamic, static: fixed } = terms.bands;
  const around = (centre: Decimal | undefined, band: typeof dynamic) => {
    const middle = priceOf(grid, centre);
    if (middle === null || band === undefined) return { low: null, high: null };
    return { low: middle - (priceOf(grid, band.down) ?? 0n), high: middle + (priceOf(grid, band.up) ?? 0n) };
  };
  return within(within(entryRange(grid, terms), around(facts.last, dynamic)), around(facts.reference, fixed));
}

/**
 * The worst price that a protected market order takes: the best opposite one and the instrument's protection, never
 * beyond the bands. It is sent as this limit, so that nothing worse can happen than what was shown.
 */
export function protectedPrice(
  grid: Grid,
  terms: Terms,
  { side, best, facts }: { readonly side: Side; readonly best: Decimal | undefined; readonly facts: MarketFacts },
): bigint {
  const { low, high } = tradingRange(grid, terms, facts);
  const [from, distance] = [priceOf(grid, best), priceOf(grid, terms.marketProtection?.value)];
  if (side === "buy") {
    const edge = from === null || distance === null ? high : smaller(high, from + distance);
    return edge - (edge % tickAt(grid, edge));
  }
  const edge = from === null || distance === null ? low : larger(low, from - distance);
  const rest = edge % tickAt(grid, edge);
  return rest === 0n ? edge : edge - rest + tickAt(grid, edge);
}

function within(range: PriceRange, other: { readonly low: bigint | null; readonly high: bigint | null }): PriceRange {
  return { low: larger(range.low, other.low ?? range.low), high: smaller(range.high, other.high ?? range.high) };
}
