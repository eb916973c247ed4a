import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Money } from "../../src/orders/money.ts";
import type { VariantUnits } from "../../src/quantities/units.ts";
import { compareQuotes } from "../../src/quotes/compare-quotes.ts";
import type { QuoteToCompare, SourcedRate, TierToCompare } from "../../src/quotes/quote-to-compare.ts";
import { six } from "../prices/given.ts";

const euro: Money = { currency: "EUR", exponent: 2, rounding: "half_up" };
const dollar: Money = { ...euro, currency: "USD" };
const yen: Money = { ...euro, currency: "JPY", exponent: 0 };
const boxes: VariantUnits = {
  base: "C62",
  others: new Map([["BX", { ratio: { num: 12n, den: 1n }, decimals: 0, sold: true }]]),
};
const rate = (from: string, to: string, [num, den]: readonly [bigint, bigint]): SourcedRate => {
  return { from, to, rate: { num, den }, source: "Central bank", at: 5 };
};

type Tier = readonly [quantity: string, price: string, more?: Partial<TierToCompare>];
const quote = (id: string, tiers: readonly Tier[], more: Partial<QuoteToCompare> = {}): QuoteToCompare => ({
  ...{ id, money: euro, validUntil: 1_000, deliveryTerm: null, leadTimeDays: null, addition: null },
  tiers: tiers.map(([quantity, price, own], position) => ({
    ...{ lineNo: 1, position, quantity: six(quantity), unit: "C62", units: null },
    ...{ unitPrice: six(price), priceBaseQuantity: six("1"), allowsMore: false, ...own },
  })),
  ...more,
});
const line = (quantity: string, { lineNo = 1, unit = "C62" } = {}) => ({ lineNo, quantity: six(quantity), unit });
const compared = (quotes: readonly QuoteToCompare[], lines = [line("500")], rates: readonly SourcedRate[] = []) =>
  compareQuotes({ lines, money: euro, rates, at: 10, quotes });

describe("quotes side by side", () => {
  test("the offer for the asked quantity counts, the others are shown beside it", () => {
    const [first] = compared([
      quote("a", [
        ["500", "7.10"],
        ["1000", "6.75"],
      ]),
    ]);
    expect(first).toMatchObject({ ownTotal: 355_000n, total: 355_000n, rank: 1, reason: null, rate: null });
    expect(first?.lines[0]).toMatchObject({ position: 0, amount: 355_000n, rank: 1 });
    expect(first?.lines[0]?.tiers).toHaveLength(2);
  });

  test("units are converted exactly: a box of twelve against pieces, a price per hundred", () => {
    const answers = compared(
      [
        quote("pieces", [["600", "1.00"]]),
        quote("boxes", [["50", "11.99", { unit: "BX", units: boxes }]]),
        quote("hundred", [["600", "99.95", { priceBaseQuantity: six("100") }]]),
        quote("words", [["50", "1.00", { unit: "BX" }]]),
      ],
      [line("600")],
    );
    expect(answers.map(({ total, rank, reason }) => [total, rank, reason])).toEqual([
      [60_000n, 3, null],
      [59_950n, 1, null],
      [59_970n, 2, null],
      [null, null, "unit_not_convertible"],
    ]);
  });

  test("a stored rate is named with its source, either way round; without one nothing is compared", () => {
    const rates = [rate("USD", "EUR", [92n, 100n]), rate("EUR", "JPY", [160n, 1n])];
    const answers = compared(
      [
        quote("dollar", [["500", "7.00"]], { money: dollar }),
        quote("yen", [["500", "1000"]], { money: yen }),
        quote("franc", [["500", "1.00"]], { money: { ...euro, currency: "CHF" } }),
        quote("euro", [["500", "6.30"]]),
      ],
      [line("500")],
      rates,
    );
    expect(answers.map(({ total, rank, reason }) => [total, rank, reason])).toEqual([
      [322_000n, 3, null],
      [312_500n, 1, null],
      [null, null, "exchange_rate_missing"],
      [315_000n, 2, null],
    ]);
    expect(answers[0]?.rate).toEqual(rates[0]);
    expect(answers[1]?.rate).toEqual(rates[1]);
    expect(answers[2]).toMatchObject({ ownTotal: 50_000n, reasonLineNo: null });
  });

  test("what a buyer reckons on top counts, delivery term and lead time are places of their own", () => {
    const answers = compared([
      quote("near", [["500", "7.00"]], { deliveryTerm: "DDP", leadTimeDays: 20 }),
      quote("far", [["500", "6.90"]], { deliveryTerm: "EXW", leadTimeDays: 5, addition: 10_000n }),
      quote("silent", [["500", "7.20"]]),
    ]);
    expect(answers.map(({ id: _, lines: __, ...answer }) => answer)).toMatchObject([
      { total: 350_000n, rank: 1, deliveryTermRank: 1, leadTimeRank: 2 },
      { total: 355_000n, rank: 2, deliveryTermRank: 2, leadTimeRank: 1 },
      { total: 360_000n, rank: 3, deliveryTermRank: null, leadTimeRank: null },
    ]);
    expect(answers.map(({ lines }) => lines[0]?.rank)).toEqual([2, 1, 3]);
  });

  test("an expired quote, a line without an answer and another quantity take no place", () => {
    const lines = [line("500"), line("10", { lineNo: 2 })];
    const second = { lineNo: 2 };
    const answers = compared(
      [
        quote(
          "late",
          [
            ["500", "1.00"],
            ["10", "1.00", second],
          ],
          { validUntil: 10 },
        ),
        quote("part", [["500", "5.00"]]),
        quote("other", [
          ["500", "6.00"],
          ["20", "1.00", second],
        ]),
        quote("whole", [
          ["400", "7.00", { allowsMore: true }],
          ["10", "1.00", second],
        ]),
      ],
      lines,
    );
    expect(answers.map(({ rank, reason, reasonLineNo }) => [rank, reason, reasonLineNo])).toEqual([
      [null, "quote_expired", null],
      [null, "line_not_quoted", 2],
      [null, "quantity_not_offered", 2],
      [1, null, null],
    ]);
    expect(answers.map((answer) => answer.lines.map(({ rank }) => rank))).toEqual([
      [null, null],
      [1, null],
      [2, null],
      [3, 1],
    ]);
  });
});

describe("against a naive twin", () => {
  const currencies = [euro, dollar, yen, { ...euro, currency: "CHF" }] as const;
  const rates = [rate("USD", "EUR", [9_217n, 10_000n]), rate("EUR", "JPY", [1_603n, 10n])];
  const tier = fc.record({
    quantity: fc.bigInt({ min: 1n, max: 40n }),
    unitPrice: fc.bigInt({ min: 0n, max: 50_000_000n }),
    base: fc.constantFrom(1n, 10n, 100n),
    unit: fc.constantFrom("C62", "BX"),
    allowsMore: fc.boolean(),
    known: fc.boolean(),
  });
  const quotes = fc.array(
    fc.record({ money: fc.constantFrom(...currencies), tiers: fc.array(tier, { maxLength: 4 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );

  test("prices of one unit, amounts and ranks are what counting them out gives", () => {
    fc.assert(
      fc.property(quotes, fc.integer({ min: 1, max: 60 }), (drawn, asked) => {
        const given = drawn.map(({ money, tiers }, id) =>
          quote(String(id), [], {
            money,
            tiers: tiers.map(({ quantity, base, known, ...own }, position) => ({
              ...own,
              ...{ lineNo: 1, position, units: known ? boxes : null },
              ...{ quantity: quantity * six("1"), priceBaseQuantity: base * six("1") },
            })),
          }),
        );
        const answers = compared(given, [line(String(asked))], rates);
        const inEuro = drawn.map(({ money, tiers }) => naive(tiers, asked, money.currency));
        expect(answers.map(({ lines }) => lines[0]?.position ?? null)).toEqual(
          drawn.map(({ tiers }) => taken(tiers, asked)),
        );
        answers.forEach(({ lines, rank }, at) => {
          const own = inEuro[at] ?? null;
          const price = lines[0]?.unitPrice ?? null;
          expect(price === null ? null : Number(price.num) / Number(price.den)).toEqual(
            own === null ? null : expect.closeTo(own, 6),
          );
          expect(rank === null).toBe(own === null);
        });
        for (const one of answers) {
          for (const other of answers) {
            if (one.rank === null || other.rank === null) continue;
            expect(one.rank < other.rank ? (one.total ?? 0n) <= (other.total ?? 0n) : true).toBe(true);
          }
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  type Drawn = { quantity: bigint; unitPrice: bigint; base: bigint; unit: string; allowsMore: boolean; known: boolean };
  const pieces = ({ quantity, unit }: Drawn): number => Number(quantity) * (unit === "BX" ? 12 : 1);
  const perPiece = ({ unitPrice, base, unit }: Drawn): number =>
    Number(unitPrice) / 1e6 / Number(base) / (unit === "BX" ? 12 : 1);

  function taken(tiers: readonly Drawn[], asked: number): number | null {
    let best: number | null = null;
    tiers.forEach((one, at) => {
      if (one.unit === "BX" && !one.known) return;
      if (pieces(one) !== asked && !(one.allowsMore && pieces(one) < asked)) return;
      const held = best === null ? undefined : tiers[best];
      const isBetter =
        held === undefined ||
        pieces(one) > pieces(held) ||
        (pieces(one) === pieces(held) && perPiece(one) < perPiece(held) - 1e-12);
      if (isBetter) best = at;
    });
    return best;
  }

  function naive(tiers: readonly Drawn[], asked: number, currency: string): number | null {
    const at = taken(tiers, asked);
    const one = at === null ? undefined : tiers[at];
    const worth = { EUR: 1, USD: 0.9217, JPY: 1 / 160.3 }[currency];
    return one === undefined || worth === undefined ? null : perPiece(one) * worth;
  }
});
