import { expect, test } from "vitest";
import { chargesTaxOf } from "../../src/orders/charges-tax.ts";

const money = { rounding: "half_up" } as const;
const line = (net: bigint, percent: bigint) => ({ net, taxPercent: percent * 10_000n });

test("charges are taxed at the vendor's rate for them", () => {
  const asked = { charges: 995n, stated: 190_000n, lines: [line(10_000n, 7n)] };
  expect(chargesTaxOf(asked, money)).toEqual({ percent: 190_000n, tax: 189n });
  expect(chargesTaxOf({ ...asked, stated: 0n }, money)).toEqual({ percent: 0n, tax: 0n });
});

test("without one they go with most of the goods, and of equal parts with the higher rate", () => {
  const lines = [line(400n, 19n), line(300n, 7n), line(200n, 7n)];
  expect(chargesTaxOf({ charges: 1_000n, stated: null, lines }, money)).toEqual({ percent: 70_000n, tax: 70n });
  const even = [line(500n, 7n), line(500n, 19n)];
  expect(chargesTaxOf({ charges: 1_000n, stated: null, lines: even }, money).percent).toBe(190_000n);
  expect(chargesTaxOf({ charges: 1_000n, stated: null, lines: even.toReversed() }, money).percent).toBe(190_000n);
});

test("goods for nothing tell the rate too, and no charges have no tax", () => {
  expect(chargesTaxOf({ charges: 100n, stated: null, lines: [line(0n, 19n)] }, money).tax).toBe(19n);
  expect(chargesTaxOf({ charges: 0n, stated: 190_000n, lines: [line(5n, 19n)] }, money)).toEqual({
    percent: 0n,
    tax: 0n,
  });
});
