import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { businessDaysLater, isBusinessDay, isDay } from "../src/clearing/business-days.ts";
import type { Delivery, Party } from "../src/clearing/delivery-plan.ts";
import { planDelivery, signOf, size } from "../src/clearing/delivery-plan.ts";
import type { FillSum } from "../src/clearing/netting.ts";
import { netted } from "../src/clearing/netting.ts";
import { earliestReceipts } from "../src/clearing/receipts.ts";
import type { Open } from "../src/clearing/relief.ts";
import { reliefByBuyIn, reliefByRelease } from "../src/clearing/relief.ts";
import { spread } from "../src/clearing/spread.ts";

const seed = 20_261_122;
const runs = { seed, numRuns: 2_000 };
const sumOf = <Entry>(entries: readonly Entry[], of: (entry: Entry) => bigint): bigint =>
  entries.reduce((sum, entry) => sum + of(entry), 0n);

const party = (id: string, members: Partial<Party>): Party => {
  return { id, goods: 0n, money: 0n, stock: 1_000n, funds: 1_000_000n, ...members };
};

describe("netting", () => {
  const fills = fc.array(
    fc.record({
      buyer: fc.constantFrom("ada", "bob", "cid"),
      seller: fc.constantFrom("ada", "bob", "cid"),
      steps: fc.bigInt({ min: 1n, max: 50n }),
      price: fc.bigInt({ min: 90n, max: 110n }),
      fees: fc.tuple(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: -9n, max: 9n })),
      stands: fc.boolean(),
      booked: fc.boolean(),
    }),
    { maxLength: 30 },
  );
  const sums = fills.map((trades): FillSum[] =>
    trades.flatMap(({ buyer, seller, steps, price, fees, stands, booked }) => {
      const common = { steps, value: steps * price, stands, booked };
      return [
        { ...common, companyId: buyer, side: "buy" as const, fee: fees[0] },
        { ...common, companyId: seller, side: "sell" as const, fee: fees[1] },
      ];
    }),
  );

  test("neither makes nor loses anything, and the order of the trades does not matter", () => {
    fc.assert(
      fc.property(sums, fc.nat(29), (trades, turn) => {
        const companies = netted(trades);
        expect(sumOf(companies, ({ goods }) => goods)).toBe(0n);
        expect(sumOf(companies, ({ money, fees }) => money + fees)).toBe(0n);
        expect(sumOf(companies, ({ goodsWrong }) => goodsWrong)).toBe(0n);
        expect(netted([...trades.slice(turn), ...trades.slice(0, turn)])).toEqual(companies);
      }),
      runs,
    );
  });

  test("counts what stands, and tells by how much a shard that booked something else is wrong", () => {
    const sold = { companyId: "ada", side: "sell", steps: 10n, fee: 3n } as const;
    const busted = { ...sold, value: 1_000n, stands: false, booked: true };
    const corrected = { ...sold, value: 990n, stands: true, booked: false };
    expect(netted([busted, corrected])).toEqual([
      { companyId: "ada", money: 987n, goods: -10n, fees: 3n, moneyWrong: -10n, goodsWrong: 0n },
    ]);
  });
});

/** Obligations that sum to zero, with means that may not suffice. */
const settlements = fc
  .record({
    price: fc.bigInt({ min: 1n, max: 500n }),
    trades: fc.array(
      fc.record({
        buyer: fc.nat(5),
        seller: fc.nat(5),
        steps: fc.bigInt({ min: 1n, max: 40n }),
        price: fc.bigInt({ min: 1n, max: 600n }),
        fee: fc.bigInt({ min: -20n, max: 60n }),
      }),
      { minLength: 1, maxLength: 20 },
    ),
    means: fc.array(
      fc.record({
        stock: fc.bigInt({ min: 0n, max: 120n }),
        funds: fc.option(fc.bigInt({ min: 0n, max: 20_000n }), { freq: 5 }),
        barred: fc.boolean(),
      }),
      { minLength: 6, maxLength: 6 },
    ),
  })
  .map(({ price, trades, means }) => {
    const parties = means.map((mean, index): Party => {
      return { ...mean, barred: mean.barred && index === 3, id: `c${index}`, goods: 0n, money: 0n };
    });
    const fees: Party = { id: "", goods: 0n, money: 0n, stock: 0n, funds: null };
    const all = [fees, ...parties];
    const add = (index: number, goods: bigint, money: bigint): void => {
      const before = all[index] ?? fees;
      all[index] = { ...before, goods: before.goods + goods, money: before.money + money };
    };
    for (const { buyer, seller, steps, fee, price: at } of trades) {
      add(buyer + 1, steps, -steps * at - fee);
      add(seller + 1, -steps, steps * at);
      add(0, 0n, fee);
    }
    return { price, parties: all };
  });

const openAfter = (parties: readonly Party[], deliveries: readonly Delivery[]): readonly Party[] =>
  parties.map((one) => {
    const delivered = deliveries.find(({ id }) => id === one.id) ?? { goods: 0n, money: 0n };
    return { ...one, goods: one.goods - delivered.goods, money: one.money - delivered.money };
  });

describe("a delivery", () => {
  test("is zero-sum, within everybody's means, of what is owed, and the same in any order", () => {
    fc.assert(
      fc.property(settlements, fc.nat(6), ({ price, parties }, turn) => {
        const plan = planDelivery(parties, price);
        expect(sumOf(plan, ({ goods }) => goods)).toBe(0n);
        expect(sumOf(plan, ({ money }) => money)).toBe(0n);
        for (const delivery of plan) {
          const owed = parties.find(({ id }) => id === delivery.id) ?? party("nobody", {});
          expect(signOf(delivery.goods) * signOf(owed.goods)).not.toBe(-1n);
          expect(size(delivery.goods) <= size(owed.goods)).toBe(true);
          expect(-delivery.goods <= owed.stock).toBe(true);
          if (owed.funds !== null) expect(owed.funds + delivery.money >= 0n).toBe(true);
          if (owed.barred === true) expect(delivery).toMatchObject({ goods: 0n, money: 0n });
        }
        expect(planDelivery([...parties.slice(turn), ...parties.slice(0, turn)], price)).toEqual(plan);
      }),
      runs,
    );
  });

  test("is whole when everybody has what he owes, and what failed is made good when he has it later", () => {
    fc.assert(
      fc.property(settlements, ({ price, parties }) => {
        const rich = (all: readonly Party[]) =>
          all.map((one) => ({ ...one, stock: size(one.goods), funds: null, barred: false }));
        const rest = openAfter(parties, planDelivery(parties, price));
        for (const owed of [parties, rest]) {
          expect(
            openAfter(owed, planDelivery(rich(owed), price)).every(({ goods, money }) => goods === 0n && money === 0n),
          ).toBe(true);
        }
      }),
      runs,
    );
  });

  test("takes a shortage from all who were to get goods, in proportion, with what they were to pay", () => {
    const plan = planDelivery(
      [
        party("seller", { goods: -100n, money: 1_000n, stock: 70n }),
        party("a", { goods: 60n, money: -600n }),
        party("b", { goods: 30n, money: -300n }),
        party("c", { goods: 10n, money: -100n }),
      ],
      10n,
    );
    expect(plan).toEqual([
      { id: "a", goods: 42n, money: -420n },
      { id: "b", goods: 21n, money: -210n },
      { id: "c", goods: 7n, money: -70n },
      { id: "seller", goods: -70n, money: 700n },
    ]);
  });

  test("of who cannot pay is as much as he can pay for, and sellers keep the rest", () => {
    const plan = planDelivery(
      [
        party("buyer", { goods: 10n, money: -1_030n, funds: 450n }),
        party("seller", { goods: -10n, money: 1_010n }),
        party("", { money: 20n, funds: null }),
      ],
      100n,
    );
    // His price makes a difference of 30, which he pays first; then four of the goods.
    expect(plan).toEqual([
      { id: "", goods: 0n, money: 20n },
      { id: "buyer", goods: 4n, money: -430n },
      { id: "seller", goods: -4n, money: 410n },
    ]);
  });

  test("may pay with what the same delivery brings in", () => {
    const plan = planDelivery(
      [
        party("through", { goods: 0n, money: -50n, funds: 50n }),
        party("seller", { goods: -10n, money: 900n, funds: 0n, stock: 10n }),
        party("buyer", { goods: 10n, money: -850n, funds: 850n }),
      ],
      100n,
    );
    expect(plan).toEqual([
      { id: "buyer", goods: 10n, money: -850n },
      { id: "seller", goods: -10n, money: 900n },
      { id: "through", goods: 0n, money: -50n },
    ]);
  });
});

describe("relief", () => {
  const relieved = (open: readonly Open[], reliefs: readonly Open[]): readonly Open[] =>
    open.map((one) => {
      const { goods, money } = reliefs.find(({ id }) => id === one.id) ?? { goods: 0n, money: 0n };
      return { id: one.id, goods: one.goods + goods, money: one.money + money };
    });

  test("is zero-sum, leaves nothing of who is relieved, and turns nobody's obligation round", () => {
    fc.assert(
      fc.property(settlements, fc.nat(5), fc.bigInt({ min: 0n, max: 900n }), ({ price, parties }, index, more) => {
        const one = parties[index + 1] ?? party("nobody", {});
        const released = reliefByRelease(parties, one.id, price);
        expect(sumOf(released, ({ goods }) => goods)).toBe(0n);
        expect(sumOf(released, ({ money }) => money)).toBe(0n);
        const after = relieved(parties, released);
        expect(after.find(({ id }) => id === one.id)).toMatchObject({ goods: 0n, money: 0n });
        for (const { id, goods } of after) {
          expect(signOf(goods) * signOf(parties.find((other) => other.id === id)?.goods ?? 0n)).not.toBe(-1n);
        }
        if (one.goods >= 0n) return;
        const boughtIn = reliefByBuyIn(parties, one.id, price + more);
        expect(sumOf(boughtIn, ({ goods }) => goods)).toBe(0n);
        expect(sumOf(boughtIn, ({ money }) => money)).toBe(0n);
        expect(relieved(parties, boughtIn).find(({ id }) => id === one.id)?.goods).toBe(0n);
      }),
      runs,
    );
  });

  test("by a buy-in makes the debtor pay what the goods cost more", () => {
    const open = [
      { id: "debtor", goods: -30n, money: 300n },
      { id: "a", goods: 20n, money: -200n },
      { id: "b", goods: 10n, money: -100n },
    ];
    expect(relieved(open, reliefByBuyIn(open, "debtor", 12n))).toEqual([
      { id: "debtor", goods: 0n, money: -60n },
      { id: "a", goods: 0n, money: 40n },
      { id: "b", goods: 0n, money: 20n },
    ]);
    expect(() => reliefByBuyIn(open, "a", 12n)).toThrow("owes no goods");
  });
});

describe("the parts of both", () => {
  test("what is spread sums up, and nobody gets more than his weight", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 99n }), { minLength: 1 }), fc.nat(100), (weights, percent) => {
        const whole = sumOf(weights, (weight) => weight);
        const total = (whole * BigInt(percent)) / 100n;
        const parts = spread(total, weights);
        expect(sumOf(parts, (part) => part)).toBe(total);
        expect(parts.every((part, index) => part >= 0n && part <= (weights[index] ?? 0n))).toBe(true);
      }),
      runs,
    );
    expect(spread(5n, [1n, 1n, 1n, 7n])).toEqual([1n, 1n, 0n, 3n]);
    expect(() => spread(11n, [5n, 5n])).toThrow("cannot spread");
  });

  test("receipts that expire first go first", () => {
    const receipts = (assetId: string, expiresOn: string | null, steps: bigint) =>
      ({ accountId: `of-${assetId}`, assetId, expiresOn, steps }) as const;
    const stock = [receipts("c", null, 5n), receipts("b", "2027-01-01", 5n), receipts("a", "2027-02-01", 5n)];
    expect(earliestReceipts(stock, 7n).map(({ assetId, steps }) => [assetId, steps])).toEqual([
      ["b", 5n],
      ["a", 2n],
    ]);
    expect(sumOf(earliestReceipts(stock, 99n), ({ steps }) => steps)).toBe(15n);
  });

  test.each([
    ["2026-11-20", 2, "2026-11-24"],
    ["2026-11-21", 0, "2026-11-23"],
    ["2026-11-21", 1, "2026-11-24"],
    ["2026-12-23", 2, "2026-12-29"],
    ["2026-11-19", 0, "2026-11-19"],
  ])("%s and %i business days are %s", (day, days, due) => {
    const holidays = new Set(["2026-12-25", "2026-12-28"]);
    expect(businessDaysLater(day, days, holidays)).toBe(due);
    expect(isBusinessDay(due, holidays)).toBe(true);
  });

  test("a day is one of the calendar", () => {
    expect([isDay("2026-02-28"), isDay("2026-02-30"), isDay("2028-02-29"), isDay("soon")]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
