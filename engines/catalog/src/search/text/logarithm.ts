// biome-ignore lint/nursery/noJsRestrictedProperties: a constant, the same on every machine.
const { LN2 } = Math;

/**
 * Natural logarithm of a number above 0, to about 1e-12. From the four operations alone, which are the same on every
 * machine; the platform's own may differ in its last digits and so in the order of two hits.
 */
export function naturalLogarithm(value: number): number {
  let mantissa = value;
  let exponent = 0;
  while (mantissa >= 1.5) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    exponent--;
  }
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let power = ratio;
  let sum = 0;
  for (let odd = 1; odd < 19; odd += 2) {
    sum += power / odd;
    power *= square;
  }
  return exponent * LN2 + 2 * sum;
}
