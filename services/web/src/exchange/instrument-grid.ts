import { formatDecimal, parseDecimal, roundDivide } from "@kontor/kernel";
import type { Decimal, InstrumentTerms } from "@kontor/protocol";

/** In how fine pieces prices, quantities and money of one instrument are counted. All bigints are in these pieces. */
export type Grid = {
  readonly priceScale: number;
  readonly quantityScale: number;
  readonly moneyScale: number;
  /** Steps from the lowest price upwards, in pieces of a price. */
  readonly ticks: readonly { readonly from: bigint; readonly step: bigint }[];
  readonly step: bigint;
};

type GridTerms = Pick<InstrumentTerms, "tickSize" | "quantityStep" | "priceSteps" | "currencyScale">;

export function gridOf(terms: GridTerms): Grid {
  const steps = [{ from: "0", step: terms.tickSize }, ...(terms.priceSteps ?? [])];
  const priceScale = Math.max(...steps.map(({ from, step }) => Math.max(digitsOf(from), digitsOf(step))));
  const quantityScale = digitsOf(terms.quantityStep);
  const ticks = steps
    .map(({ from, step }) => ({ from: inPieces(from, priceScale), step: inPieces(step, priceScale) }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const step = inPieces(terms.quantityStep, quantityScale);
  return { priceScale, quantityScale, moneyScale: terms.currencyScale, ticks, step };
}

/** Null for what is no decimal, or finer than the grid's pieces. */
export function priceOf(grid: Grid, text: Decimal | undefined): bigint | null {
  return piecesOf(text, grid.priceScale);
}

export function quantityOf(grid: Grid, text: Decimal | undefined): bigint | null {
  return piecesOf(text, grid.quantityScale);
}

export function moneyOf(grid: Grid, text: Decimal | undefined): bigint | null {
  return piecesOf(text, grid.moneyScale);
}

export function priceText(grid: Grid, price: bigint): Decimal {
  return formatDecimal(price, grid.priceScale);
}

export function quantityText(grid: Grid, quantity: bigint): Decimal {
  return formatDecimal(quantity, grid.quantityScale);
}

export function moneyText(grid: Grid, money: bigint): Decimal {
  return formatDecimal(money, grid.moneyScale);
}

/** Money of a sum of price times quantity; whole where each is on the grid, else rounded half away from zero. */
export function moneyOfProduct(grid: Grid, product: bigint): bigint {
  const finer = grid.priceScale + grid.quantityScale - grid.moneyScale;
  return finer >= 0 ? roundDivide(product, 10n ** BigInt(finer)) : product * 10n ** BigInt(-finer);
}

/** The step of prices at and around this one. */
export function tickAt(grid: Grid, price: bigint): bigint {
  return grid.ticks.findLast(({ from }) => from <= price)?.step ?? grid.ticks[0]?.step ?? 1n;
}

export type Neighbours = { readonly below: bigint; readonly above: bigint };

/** Null when the price is on the grid; else the nearest allowed ones. */
export function priceNeighbours(grid: Grid, price: bigint): Neighbours | null {
  return around(price, tickAt(grid, price));
}

export function quantityNeighbours(grid: Grid, quantity: bigint): Neighbours | null {
  return around(quantity, grid.step);
}

/** So many ticks further, on the grid; a price off the grid first comes onto it. Never below one tick. */
export function stepped(grid: Grid, price: bigint, ticks: number): bigint {
  const up = ticks > 0;
  let moved = price;
  for (let left = Math.abs(ticks); left > 0; left--) {
    const tick = tickAt(grid, up ? moved : moved - 1n);
    const rest = moved % tick;
    if (up) moved += tick - rest;
    else moved -= rest === 0n ? tick : rest;
  }
  const least = grid.ticks[0]?.step ?? 1n;
  return larger(moved, least);
}

function around(value: bigint, step: bigint): Neighbours | null {
  const below = value - (value % step);
  return below === value ? null : { below, above: below + step };
}

function piecesOf(text: Decimal | undefined, scale: number): bigint | null {
  if (text === undefined) return null;
  const parsed = parseDecimal(text, scale);
  return typeof parsed === "bigint" ? parsed : null;
}

function inPieces(text: Decimal, scale: number): bigint {
  return piecesOf(text, scale) ?? 0n;
}

/** Digits behind the point that are written: two in "0.50". */
function digitsOf(text: Decimal): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}
