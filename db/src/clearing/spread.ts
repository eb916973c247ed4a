/**
 * Parts of a total in proportion to the weights, by largest remainder; of equal remainders the first gets more.
 *
 * Shape   one part per weight, none above it; they sum to the total.
 * Errors  RangeError when the total is below zero or above the weights' sum
 */
export function spread(total: bigint, weights: readonly bigint[]): readonly bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total < 0n || total > whole) throw new RangeError(`cannot spread ${total} over ${whole}`);
  if (whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (total * weight) / whole);
  const remainders = weights.map((weight, index) => ({ index, rest: (total * weight) % whole }));
  remainders.sort(
    (one, other) => Number(other.rest > one.rest) - Number(other.rest < one.rest) || one.index - other.index,
  );
  let left = total - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}
