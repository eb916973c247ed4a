import fc from "fast-check";
import { expect, test } from "vitest";
import { ceilDivide, floorDivide, roundDivide } from "../src/index.ts";

const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
const divisor = fc.bigInt({ min: 1n, max: 10n ** 6n });

test("quotients stand where rounding says, on both sides of zero", () => {
  fc.assert(
    fc.property(amount, divisor, (dividend, by) => {
      const [floor, ceil, round] = [floorDivide(dividend, by), ceilDivide(dividend, by), roundDivide(dividend, by)];
      expect(floor * by <= dividend && (floor + 1n) * by > dividend).toBe(true);
      expect(ceil * by >= dividend && (ceil - 1n) * by < dividend).toBe(true);
      const away = 2n * (dividend - round * by);
      expect(away <= by && away >= -by).toBe(true);
    }),
    { seed: 14, numRuns: 2_000 },
  );
});
