import { ceilDivide, floorDivide } from "@kontor/kernel";

/** Inclusive range of prices in minor units; null is without bound. */
export type Window = { readonly low: bigint | null; readonly high: bigint | null };

/** What every offer in a lot must keep, whoever makes it and whatever stands. */
export type Limits = {
  /** Lowest admissible price: the opening of a forward lot, the floor of a reverse one. */
  readonly low: bigint | null;
  readonly lowCode: "below_opening" | "below_floor";
  readonly high: bigint | null;
  readonly grid: bigint | null;
  /** The largest price that can be written at all. */
  readonly greatest: bigint;
};

export type LimitCode = "above_ceiling" | Limits["lowCode"] | "not_on_grid";

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The first absolute limit that a price breaks, with the bound. */
export function brokenLimit(limits: Limits, price: bigint): { code: LimitCode; limit: bigint } | null {
  if (limits.high !== null && price > limits.high) return { code: "above_ceiling", limit: limits.high };
  if (limits.low !== null && price < limits.low) return { code: limits.lowCode, limit: limits.low };
  if (limits.grid !== null && price % limits.grid !== 0n) return { code: "not_on_grid", limit: limits.grid };
  return null;
}

export function upToGrid(price: bigint, grid: bigint | null): bigint {
  return grid === null ? price : ceilDivide(price, grid) * grid;
}

function downToGrid(price: bigint, grid: bigint | null): bigint {
  return grid === null ? price : floorDivide(price, grid) * grid;
}

/** Largest amount that the wire can carry: eighteen digits before the point. */
export function greatestPrice(scale: number): bigint {
  return 10n ** BigInt(18 + scale) - 1n;
}

export type Admissible = {
  readonly limits: Limits;
  /** Ranges left by the relative rules, the preferred one first. */
  readonly windows: readonly Window[];
  /** Whether a rival's price forbids this one; null where none does. */
  readonly isTaken: ((price: bigint) => boolean) | null;
};

type Range = { readonly low: bigint; readonly high: bigint };

/** The prices on the grid that keep limits and window; null when there are none. */
function rangeOf({ low: lowest, high: highest, greatest, grid }: Limits, window: Window): Range | null {
  const low = upToGrid(larger(window.low ?? 1n, lowest ?? 1n), grid);
  const high = downToGrid(smaller(window.high ?? greatest, highest ?? greatest), grid);
  return low <= high ? { low, high } : null;
}

/** The admissible price nearest to `price`, the preferred range first where two are as near; null when none is left. */
export function nearestPrice(admissible: Admissible, price: bigint): bigint | null {
  const { limits, windows } = admissible;
  const unit = limits.grid ?? 1n;
  let nearest: bigint | null = null;
  for (const window of windows) {
    const range = rangeOf(limits, window);
    if (range === null) continue;
    const below = clamp(downToGrid(price, limits.grid), range);
    const above = clamp(upToGrid(price, limits.grid), range);
    for (const candidate of [
      firstFree(admissible, range, { from: below, by: -unit }),
      firstFree(admissible, range, { from: above, by: unit }),
    ]) {
      if (candidate === null) continue;
      if (nearest === null || distance(candidate, price) < distance(nearest, price)) nearest = candidate;
    }
  }
  return nearest;
}

/** The least demanding price of the preferred range: its `edge`; null when that edge is without bound. */
export function nextPrice(admissible: Admissible, edge: "low" | "high"): bigint | null {
  const { limits, windows } = admissible;
  const unit = limits.grid ?? 1n;
  for (const window of windows) {
    if (edge === "high" && window.high === null && limits.high === null) return null;
    const range = rangeOf(limits, window);
    if (range === null) continue;
    const free = firstFree(admissible, range, { from: range[edge], by: edge === "low" ? unit : -unit });
    if (free !== null) return free;
  }
  return null;
}

/** Walks off taken prices; ends after as many steps as there are rivals. */
function firstFree({ isTaken }: Admissible, range: Range, walk: { from: bigint; by: bigint }): bigint | null {
  if (isTaken === null) return walk.from;
  let price = walk.from;
  while (price >= range.low && price <= range.high) {
    if (!isTaken(price)) return price;
    price += walk.by;
  }
  return null;
}

function clamp(price: bigint, range: Range): bigint {
  return larger(range.low, smaller(price, range.high));
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}
