import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountOf } from "../../src/orders/line-amounts.ts";
import type { BuyerContext } from "../../src/prices/price-question.ts";
import type { AppliedPromotion, Promotion } from "../../src/promotions/promotion.ts";
import { promotionCosts } from "../../src/promotions/promotion-costs.ts";
import { unity } from "../../src/quantities/ratio.ts";
import {
  ask,
  bookOf,
  buyer,
  cents,
  euro,
  ladder,
  list,
  offer,
  percent,
  promotion,
  requirePriced,
  six,
  today,
  told,
  unit,
} from "../prices/given.ts";

const tenPercent = { kind: "percent", percent: percent("10") } as const;

function priced(
  promotions: readonly Promotion[],
  { quantity = "1", by = buyer(), stacking = "promotions" as const } = {},
) {
  const book = bookOf({
    offers: [offer("screw", { brandId: "acme", classIds: ["tools"] })],
    lists: [list("base", { stacking })],
    rows: ladder("base", [["1", "10"]]),
    promotions,
  });
  return requirePriced(ask(book, quantity, { buyer: by }));
}

const price = (promotions: readonly Promotion[], asked: Parameters<typeof priced>[1] = {}): string =>
  told(priced(promotions, asked));

describe("who gets a promotion", () => {
  const conditions: readonly (readonly [Promotion["condition"], Partial<BuyerContext>, string])[] = [
    [{ kind: "functional", tradeFunction: "installer" }, { tradeFunctions: new Set(["installer"]) }, "1"],
    [{ kind: "quantity", minQuantity: six("100") }, {}, "100"],
    [{ kind: "loyalty", minLevel: 2 }, { loyaltyLevel: 2 }, "1"],
  ];

  test.each(conditions)("$kind: who meets its condition", (condition, by, quantity) => {
    const promotions = [promotion("p", { condition })];
    expect(price(promotions, { quantity, by: buyer(by) })).toBe("9");
    expect(price(promotions)).toBe("10");
    expect(priced(promotions, { quantity, by: buyer(by) }).promotions).toMatchObject([{ kind: condition.kind }]);
  });

  test("seasonal: everybody in its period", () => {
    const season = { from: today, to: today + 10 };
    const at = (when: number) => price([promotion("p", { period: season })], { by: buyer({ at: when }) });
    expect([at(today - 1), at(today), at(today + 9), at(today + 10)]).toEqual(["10", "9", "9", "10"]);
  });

  test("only what it is for", () => {
    const none = { vendorId: null, brandId: null, classId: null, offerIds: null };
    const scopes = [
      [{ ...none, vendorId: "vendor", brandId: "acme", classId: "tools", offerIds: new Set(["screw"]) }, "9"],
      [{ ...none, vendorId: "rival" }, "10"],
      [{ ...none, brandId: "other" }, "10"],
      [{ ...none, classId: "other" }, "10"],
      [{ ...none, offerIds: new Set(["other"]) }, "10"],
    ] as const;
    for (const [scope, expected] of scopes) expect(price([promotion("p", { scope })])).toBe(expected);
  });

  test("nobody where the list allows none", () => {
    const book = bookOf({ rows: ladder("base", [["1", "10"]]), promotions: [promotion("p")] });
    expect(told(ask(book, "1"))).toBe("10");
  });
});

describe("how promotions stack", () => {
  test("groups in ascending order, each on what the one before left", () => {
    const off = { kind: "amount", amount: six("1"), currency: "EUR" } as const;
    const first = promotion("off", { effect: off, stackGroup: 1 });
    const second = promotion("ten", { effect: tenPercent, stackGroup: 2 });
    expect(price([first, second])).toBe("8.1");
    expect(price([{ ...first, stackGroup: 3 }, second])).toBe("8");
    expect(priced([second, first]).promotions).toMatchObject([
      { promotionId: "off", before: six("10"), after: six("9") },
      { promotionId: "ten", before: six("9"), after: six("8.1") },
    ]);
  });

  test("of a group one wins: higher priority, lower price, later start, id", () => {
    const winner = (...changes: Partial<Promotion>[]) =>
      priced(changes.map((each, index) => promotion(`p${index}`, each))).promotions.map(
        ({ promotionId }) => promotionId,
      );
    const twenty = { kind: "percent", percent: percent("20") } as const;
    expect(winner({ priority: 1 }, { effect: twenty })).toEqual(["p0"]);
    expect(winner({}, { effect: twenty })).toEqual(["p1"]);
    expect(winner({ period: { from: 1, to: null } }, { period: { from: 2, to: null } })).toEqual(["p1"]);
    expect(winner({}, { period: { from: 2, to: null } })).toEqual(["p1"]);
    expect(winner({}, {})).toEqual(["p0"]);
  });

  test("no price falls below zero", () => {
    const off = { kind: "amount", amount: six("7"), currency: "EUR" } as const;
    expect(
      price([promotion("a", { effect: off, stackGroup: 1 }), promotion("b", { effect: off, stackGroup: 2 })]),
    ).toBe("0");
  });

  test("an amount per base unit becomes one per the price's own unit, and is never converted from a currency", () => {
    const off = { kind: "amount", amount: six("0.05"), currency: "EUR" } as const;
    const book = (effect: Promotion["effect"]) =>
      bookOf({
        offers: [offer("screw", { units: { base: "C62", others: new Map([["PK", unit(12n)]]) } })],
        lists: [list("base", { stacking: "promotions" })],
        rows: ladder("base", [["1", "1000"]], { unit: "PK", priceBaseQuantity: six("100") }),
        promotions: [promotion("p", { effect })],
      });
    expect(told(ask(book(off), "1", { unit: "PK" }))).toBe("940");
    expect(told(ask(book({ ...off, currency: "USD" }), "1", { unit: "PK" }))).toBe("1000");
  });
});

describe("who bears the cost", () => {
  const applied = (bearer: AppliedPromotion["bearer"], before: string, after: string): AppliedPromotion => ({
    promotionId: "p",
    kind: "seasonal",
    stackGroup: 1,
    before: six(before),
    after: six(after),
    bearer,
  });
  const basis = { priceBaseQuantity: six("1"), unit: "C62", ratio: unity };
  const line = { basis, quantity: six("3") };

  test("vendor, marketplace, or both by share", () => {
    const shared = { kind: "shared", marketplacePercent: percent("33.3333") } as const;
    expect(promotionCosts([applied({ kind: "vendor" }, "10", "9.99")], line, euro)).toMatchObject([
      { cost: cents("0.03"), vendor: cents("0.03"), marketplace: 0n },
    ]);
    expect(promotionCosts([applied({ kind: "marketplace" }, "10", "9")], line, euro)).toMatchObject([
      { cost: cents("3.00"), vendor: 0n, marketplace: cents("3.00") },
    ]);
    expect(promotionCosts([applied(shared, "10", "9.5")], line, euro)).toMatchObject([
      { cost: cents("1.50"), vendor: cents("1.00"), marketplace: cents("0.50") },
    ]);
  });

  test("costs sum to what promotions took off the rounded line", () => {
    const amount = fc.bigInt({ min: 0n, max: six("1000") });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 2, maxLength: 5 }),
        amount,
        fc.bigInt({ min: 0n, max: 1_000_000n }),
        (prices, quantity, share) => {
          const falling = prices.toSorted((a, b) => Number(b - a));
          const steps = falling.slice(1).map((after, index) => ({
            ...applied({ kind: "shared", marketplacePercent: share }, "0", "0"),
            before: falling[index] ?? 0n,
            after,
          }));
          const costs = promotionCosts(steps, { basis, quantity }, euro);
          const [first, last] = [falling[0] ?? 0n, falling.at(-1) ?? 0n];
          const without = amountOf({ unitPrice: first, basis, quantity }, euro);
          const charged = amountOf({ unitPrice: last, basis, quantity }, euro);
          expect(costs.reduce((sum, { vendor, marketplace }) => sum + vendor + marketplace, 0n)).toBe(
            without - charged,
          );
          expect(costs.every(({ vendor, marketplace }) => vendor >= 0n && marketplace >= 0n)).toBe(true);
        },
      ),
      { seed: 42 },
    );
  });
});
