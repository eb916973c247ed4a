import { invariant } from "@kontor/kernel";

/** An exact number, `num / den` with a positive `den`; not necessarily in lowest terms. */
export type Ratio = { readonly num: bigint; readonly den: bigint };

export const unity: Ratio = { num: 1n, den: 1n };

/** A whole number as a ratio. */
export function whole(num: bigint): Ratio {
  return { num, den: 1n };
}

export function multiply(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** `a / b` for a positive `b`. */
export function divide(a: Ratio, b: Ratio): Ratio {
  invariant(b.num > 0n, "a divisor is positive");
  return { num: a.num * b.den, den: a.den * b.num };
}

export function add(a: Ratio, b: Ratio): Ratio {
  return a.den === b.den
    ? { num: a.num + b.num, den: a.den }
    : { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

/** Below zero when `a` is less than `b`, zero when they are equal. */
export function compare(a: Ratio, b: Ratio): number {
  const [left, right] = [a.num * b.den, b.num * a.den];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function gcd(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b];
  while (low !== 0n) [high, low] = [low, high % low];
  return high;
}

/** The same number in lowest terms, for one that is not negative. */
export function reduced({ num, den }: Ratio): Ratio {
  const divisor = gcd(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** The least positive number that both divide without a rest, for positive ones. */
export function leastCommonMultiple(a: Ratio, b: Ratio): Ratio {
  const [left, right] = [reduced(a), reduced(b)];
  return { num: (left.num * right.num) / gcd(left.num, right.num), den: gcd(left.den, right.den) };
}
