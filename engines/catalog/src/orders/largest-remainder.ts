import { invariant } from "@kontor/kernel";

/**
 * Splits a whole amount in proportion to weights that are not negative, so that the parts sum to it exactly: each gets
 * its share rounded towards zero, and what is left goes one by one to the largest remainders, the earlier of equal
 * ones first. Weights that are all zero count as equal.
 */
export function splitByWeight(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  invariant(weights.length > 0, "an amount is split over something");
  if (amount < 0n) return splitByWeight(-amount, weights).map((part) => -part);
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (sum === 0n)
    return splitByWeight(
      amount,
      weights.map(() => 1n),
    );
  const shares = weights.map((weight, index) => ({
    index,
    part: (amount * weight) / sum,
    remainder: (amount * weight) % sum,
  }));
  const left = shares.reduce((rest, { part }) => rest - part, amount);
  const order = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : orderOf(a.remainder > b.remainder),
  );
  const luckier = new Set(order.slice(0, Number(left)).map(({ index }) => index));
  return shares.map(({ index, part }) => (luckier.has(index) ? part + 1n : part));
}

function orderOf(first: boolean): number {
  return first ? -1 : 1;
}
