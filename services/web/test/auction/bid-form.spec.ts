import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chipsOf, distanceToBest, echoOf, judgePrice, steppedPrice } from "../../src/auction/bid-form.ts";
import { confirmationOf } from "../../src/auction/confirm-level.ts";
import { lotTotal, unitPriceOf } from "../../src/auction/lot-money.ts";
import { stepAt } from "../../src/auction/step-size.ts";
import { bidTerms } from "./views.ts";

const sale = bidTerms({
  sign: 1n,
  required: 10_000n,
  own: 9_000n,
  best: 9_900n,
  low: 8_000n,
  high: null,
  stepMin: 100n,
});
const noLimits = { costFloor: null };

describe("a price against what is required now", () => {
  test.each([
    ["what is required", 41250n, { kind: "fits" }],
    ["better", 41000n, { kind: "fits" }],
    ["too high by a part of a step", 41251n, { kind: "not_enough", required: 41250n, steps: 1n }],
    ["too high by two steps", 41350n, { kind: "not_enough", steps: 2n }],
    ["no better than one's own", 42000n, { kind: "not_better_than_own", own: 42000n }],
    ["above the ceiling", 50001n, { kind: "outside", high: 50000n }],
    ["nothing", 0n, { kind: "not_positive" }],
  ])("purchase: %s", (_, price, expected) => {
    expect(judgePrice(price, bidTerms())).toMatchObject(expected);
  });

  test.each([
    [10_000n, { kind: "fits" }],
    [9_850n, { kind: "not_enough", steps: 2n }],
    [7_999n, { kind: "outside", low: 8_000n }],
  ])("sale: %s", (price, expected) => {
    expect(judgePrice(price, sale)).toMatchObject(expected);
  });

  test("between two multiples of the grid both are named, the less demanding first", () => {
    expect(judgePrice(41123n, bidTerms({ grid: 50n }))).toEqual({
      kind: "off_grid",
      grid: 50n,
      nearest: [41150n, 41100n],
    });
    expect(judgePrice(10_030n, { ...sale, grid: 50n })).toMatchObject({ nearest: [10_000n, 10_050n] });
  });

  test("a leader who may not improve on himself is told so, and keeps his presets in place", () => {
    const terms = bidTerms({ mustWait: true });
    expect(judgePrice(41000n, terms)).toEqual({ kind: "already_leading" });
    expect(chipsOf(terms)).toEqual(chipsOf(bidTerms()));
  });

  test("where one may stay behind the leader, the required price is no bound", () => {
    expect(judgePrice(41900n, bidTerms({ mayStayBehind: true })).kind).toBe("fits");
  });
});

describe("presets", () => {
  test("start at the required price and go the better way", () => {
    expect(chipsOf(bidTerms()).map(({ id, price }) => [id, price])).toEqual([
      ["required", 41250n],
      ["steps-1", 41200n],
      ["steps-5", 41000n],
      ["steps-10", 40750n],
      ["percent-1", 40838n],
      ["percent-5", 39188n],
    ]);
    expect(chipsOf(sale).map(({ price }) => price)).toEqual([10_000n, 10_100n, 10_500n, 11_000n, 10_100n, 10_500n]);
  });

  test("keep to grid and limits, whatever they are, and never give more than they say", () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.bigInt({ min: 1n, max: 1000n }),
        fc.boolean(),
        (...[required, stepMin, grid, isSale]) => {
          const onGrid = required * grid;
          const terms = bidTerms({
            sign: isSale ? 1n : -1n,
            required: onGrid,
            own: null,
            stepMin,
            grid,
            low: null,
            high: null,
          });
          for (const chip of chipsOf(terms)) {
            expect(judgePrice(chip.price, terms).kind).toBe("fits");
            const beyond = (chip.price - onGrid) * terms.sign;
            if (chip.kind === "percent") expect(beyond * 100n <= onGrid * BigInt(chip.by)).toBe(true);
            if (chip.kind === "steps") expect(beyond <= stepMin * BigInt(chip.by)).toBe(true);
          }
        },
      ),
    );
  });

  test("without a required price there are none", () => {
    expect(chipsOf(bidTerms({ required: null }))).toEqual([]);
  });

  test("arrows move by the step, better is up", () => {
    expect(steppedPrice(41250n, 1, bidTerms())).toBe(41200n);
    expect(steppedPrice(41250n, -10, bidTerms())).toBe(41750n);
    expect(steppedPrice(null, 1, bidTerms())).toBe(41250n);
    expect(steppedPrice(10n, 1, bidTerms())).toBe(10n);
  });
});

describe("the echo line", () => {
  test("is exact for the whole lot", () => {
    expect(echoOf(41000n, bidTerms(), 2)).toEqual({
      price: "410.00",
      quantity: { value: "2000", unit: "TNE" },
      total: "820000.00",
      percentOfOwn: "-2.4",
      steps: 5n,
    });
  });

  test("totals keep what the currency has no coin for", () => {
    const scales = { price: 4, money: 2 };
    expect(lotTotal(4421n, { value: "850000", unit: "MTK" }, scales)).toBe("375785.00");
    expect(lotTotal(4421n, { value: "0.001", unit: "MTK" }, scales)).toBe("0.0004421");
    expect(lotTotal(100n, { value: "3", unit: "H87" }, { price: 0, money: 0 })).toBe("300");
  });

  test("a total gives a price per unit, or the two around it", () => {
    const quantity = { value: "3", unit: "H87" };
    expect(unitPriceOf("300.00", quantity, 2)).toEqual({ kind: "exact", price: 10_000n });
    expect(unitPriceOf("100.00", quantity, 2)).toEqual({ kind: "between", below: 3333n, above: 3334n });
    expect(unitPriceOf("0", quantity, 2)).toBeNull();
  });

  test("tells how far the best is", () => {
    expect(distanceToBest(bidTerms())).toEqual({ amount: "7.00", percent: "1.7" });
    expect(distanceToBest(bidTerms({ best: null }))).toBeNull();
  });
});

describe("what has to be confirmed", () => {
  test.each([
    ["within a tenth", 41250n, {}, 0],
    ["a tenth better", 37125n, {}, 1],
    ["more than 30 % better", 28874n, {}, 2],
    ["a slipped decimal mark", 4125n, {}, 2],
    ["the first bid", 41250n, { bidCount: 0, own: null }, 1],
    ["nothing to measure against", 41250n, { required: null, own: null }, 1],
    ["one digit less", 9950n, { required: 10_000n, own: null, bidCount: 1 }, 2],
    ["outside of the band", 412_500n, {}, 3],
  ])("%s", (...[, price, changes, level]) => {
    expect(confirmationOf(price, bidTerms(changes), noLimits).level).toBe(level);
  });

  test("past one's own floor it is typed again", () => {
    expect(confirmationOf(41200n, bidTerms(), { costFloor: 41250n })).toMatchObject({
      level: 2,
      reasons: ["past_cost_floor"],
    });
    expect(confirmationOf(41250n, bidTerms(), { costFloor: 41250n }).level).toBe(0);
  });

  test("in a sale it is the same the other way round", () => {
    expect(confirmationOf(11_000n, sale, noLimits)).toEqual({ level: 1, reasons: ["much_better"] });
    expect(confirmationOf(13_001n, sale, noLimits).level).toBe(2);
  });
});

describe("steps", () => {
  const lot = { scale: 2, start: 1_000_000n, bound: "least" as const };
  test("of per cent round as their bound asks", () => {
    const half = { kind: "percent", percent: "0.5", of: "current" } as const;
    expect(stepAt(half, 41_250n, lot)).toBe(207n);
    expect(stepAt(half, 41_250n, { ...lot, bound: "greatest" })).toBe(206n);
    expect(stepAt({ ...half, of: "start" }, 41_250n, lot)).toBe(5_000n);
  });
  test("of a table take the greatest row that applies, below all the lowest", () => {
    const rows = [
      { from: "100", amount: "5" },
      { from: "1000", amount: "10.00" },
    ];
    const table = { kind: "table", rows } as const;
    const amounts = [5_000n, 50_000n, 100_000n].map((price) => stepAt({ ...table, rows: [...rows] }, price, lot));
    expect(amounts).toEqual([500n, 500n, 1_000n]);
  });
});
