import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withLine } from "../../src/orders/cart-lines.ts";
import type { CommissionRule } from "../../src/orders/commission.ts";
import { commissionOf, commissionRuleFor } from "../../src/orders/commission.ts";
import { totalsOf } from "../../src/orders/document-totals.ts";
import { freezeLine, weighLine } from "../../src/orders/freeze-line.ts";
import { splitByWeight } from "../../src/orders/largest-remainder.ts";
import { amountOf, lineAmounts } from "../../src/orders/line-amounts.ts";
import { splitDiscount } from "../../src/orders/order-discount.ts";
import { checkOrderMinimum } from "../../src/orders/order-minimum.ts";
import { refundOf } from "../../src/orders/refund.ts";
import { unity } from "../../src/quantities/ratio.ts";
import { roundRatio } from "../../src/quantities/rounding.ts";
import {
  ask,
  bookOf,
  buyer,
  cents,
  euro,
  instant,
  ladder,
  list,
  offer,
  percent,
  requirePriced,
  six,
  told,
  unit,
} from "../prices/given.ts";

const piece = { priceBaseQuantity: six("1"), unit: "C62", ratio: unity };
const vat = { category: "S", percent: percent("19") };

describe("rounding", () => {
  test("halves, and what is negative as its opposite", () => {
    const round = (num: bigint, mode: "half_up" | "half_even") => roundRatio(num, 2n, mode);
    expect([1n, 3n, 5n, -1n, -3n].map((num) => round(num, "half_up"))).toEqual([1n, 2n, 3n, -1n, -2n]);
    expect([1n, 3n, 5n, -1n, -3n].map((num) => round(num, "half_even"))).toEqual([0n, 2n, 2n, 0n, -2n]);
  });

  test("once per line, to the currency's own exponent", () => {
    const amount = (currency: string, exponent: number) =>
      amountOf({ unitPrice: six("1.2345"), basis: piece, quantity: six("3") }, { ...euro, currency, exponent });
    expect([amount("JPY", 0), amount("EUR", 2), amount("KWD", 3)]).toEqual([4n, 370n, 3704n]);
  });

  test("a million lines of 1.005 come to 1,010,000.00, where floating numbers make it ten thousand less", () => {
    let sum = 0n;
    for (let line = 0; line < 1_000_000; line += 1) {
      sum += amountOf({ unitPrice: six("1.005"), basis: piece, quantity: six("1") }, euro);
    }
    expect(sum).toBe(cents("1010000.00"));
    expect(Math.round(1.005 * 100)).toBe(100);
  });
});

describe("totals", () => {
  const line = fc.record({
    amount: fc.bigInt({ min: 0n, max: 10_000_000n }),
    percent: fc.constantFrom(0n, 70_000n, 190_000n, 210_000n),
    priceMode: fc.constantFrom("net" as const, "gross" as const),
    rounding: fc.constantFrom("half_up" as const, "half_even" as const),
  });

  test("are the sums of rounded lines, and every line adds up", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (drawn) => {
        const lines = drawn.map(({ amount, percent: taxPercent, priceMode, rounding }) => ({
          tax: { category: "S", percent: taxPercent },
          amounts: lineAmounts({ amount, priceMode, taxPercent }, { ...euro, rounding }),
        }));
        for (const { amounts } of lines) expect(amounts.net + amounts.tax).toBe(amounts.gross);
        const sum = (part: "net" | "tax" | "gross") => lines.reduce((total, { amounts }) => total + amounts[part], 0n);
        const totals = totalsOf(lines, "line", euro);
        expect([totals.net, totals.tax, totals.gross]).toEqual([sum("net"), sum("tax"), sum("gross")]);
        const byDocument = totalsOf(lines, "document", euro);
        expect([byDocument.net, byDocument.gross]).toEqual([sum("net"), byDocument.net + byDocument.tax]);
      }),
      { seed: 42 },
    );
  });

  test("tax by line or once per rate of the document", () => {
    const lines = [0, 1, 2].map(() => ({
      tax: vat,
      amounts: lineAmounts({ amount: cents("0.13"), priceMode: "net", taxPercent: vat.percent }, euro),
    }));
    expect(totalsOf(lines, "line", euro)).toMatchObject({ net: 39n, tax: 6n, gross: 45n });
    expect(totalsOf(lines, "document", euro)).toMatchObject({ net: 39n, tax: 7n, gross: 46n });
  });
});

describe("splits by largest remainder", () => {
  test("sum exactly, stay within one unit of the share, and treat refunds as their opposite", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000_000_000n }), weights, (amount, drawn) => {
        const parts = splitByWeight(amount, drawn);
        const total = drawn.reduce((sum, weight) => sum + weight, 0n);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        expect(splitByWeight(-amount, drawn)).toEqual(parts.map((part) => -part));
        if (total === 0n) return;
        for (const [index, part] of parts.entries()) {
          const share = amount * (drawn[index] ?? 0n);
          const difference = part * total - share;
          expect(difference > -total && difference < total).toBe(true);
        }
      }),
      { seed: 42 },
    );
  });

  test("of equal remainders the earlier part is the greater", () => {
    expect(splitByWeight(1n, [1n, 1n])).toEqual([1n, 0n]);
    expect(splitByWeight(5n, [1n, 1n, 1n])).toEqual([2n, 2n, 1n]);
    expect(splitByWeight(2n, [0n, 0n, 0n])).toEqual([1n, 1n, 0n]);
  });

  test("an order discount never exceeds a line", () => {
    expect(splitDiscount(cents("10.00"), ["33.33", "33.33", "33.34"].map(cents), euro)).toEqual({
      kind: "split",
      parts: ["3.33", "3.33", "3.34"].map(cents),
    });
    expect(splitDiscount(cents("0.03"), [1n, 1n, 1n], euro)).toEqual({ kind: "split", parts: [1n, 1n, 1n] });
    expect(splitDiscount(0n, [], euro)).toEqual({ kind: "split", parts: [] });
    expect(splitDiscount(-1n, [1n], euro)).toMatchObject({ rejection: { code: "discount_above_total" } });
    expect(splitDiscount(cents("0.04"), [1n, 1n, 1n], euro)).toEqual({
      kind: "rejected",
      rejection: { code: "discount_above_total", currency: "EUR", limit: "0.03" },
    });
  });
});

describe("an order's line", () => {
  const midnight = instant("2026-06-02T00:00:00Z");
  const book = bookOf({
    rows: [
      ...ladder("base", [["1", "7.50"]], { id: "old", period: { from: null, to: midnight } }),
      ...ladder("base", [["1", "8.00"]], { id: "new", period: { from: midnight, to: null } }),
    ],
  });
  const [seen, now] = [midnight - 1, midnight].map((at) => ask(book, "10", { buyer: buyer({ at }) }));
  if (seen === undefined || now === undefined) throw new Error("both are asked");
  const line = (resolution: typeof now, consented: typeof now | null) => ({
    ordered: { offerId: "screw", quantity: six("10"), unit: "C62" },
    vendorId: "vendor",
    resolution,
    consented: consented === null ? null : requirePriced(consented),
    tax: vat,
    agreement: { agreementId: "a", version: 4 },
  });

  test("a price that changed at midnight needs consent: old and new are told", () => {
    expect(freezeLine(line(now, seen), euro)).toEqual({
      kind: "rejected",
      rejection: { code: "price_changed", currency: "EUR", before: "7.5", after: "8" },
    });
    expect(freezeLine(line(now, now), euro).kind).toBe("frozen");
  });

  test("holds price, base quantity, unit, ratio, tax, trace and the agreement's version", () => {
    const answer = freezeLine(line(now, null), euro);
    expect(answer).toMatchObject({
      kind: "frozen",
      line: {
        price: { unitPrice: six("8"), basis: piece, rowId: "new", trace: [{ verdict: "chosen" }], source: "row" },
        tax: vat,
        amounts: { net: cents("80.00"), tax: cents("15.20"), gross: cents("95.20") },
        money: euro,
        agreement: { agreementId: "a", version: 4 },
        weighed: null,
      },
    });
  });

  test("the same number in another currency, or with the tax in it, is another price", () => {
    const price = requirePriced(now);
    for (const other of [
      { ...price, currency: "USD" },
      { ...price, priceMode: "gross" },
    ] as const) {
      expect(freezeLine(line(now, other), euro)).toMatchObject({ rejection: { code: "price_changed" } });
    }
  });

  test("what has no price cannot be ordered", () => {
    expect(freezeLine(line(ask(bookOf({}), "1"), null), euro)).toEqual({
      kind: "rejected",
      rejection: { code: "price_on_request" },
    });
  });

  test("12 boxes ordered and 118.4 kg weighed: two quantities, one price", () => {
    const units = { base: "KGM", others: new Map([["BX", unit(10n)]]) };
    const meat = bookOf({
      offers: [offer("screw", { units })],
      rows: ladder("base", [["1", "6.35"]], { unit: "KGM" }),
    });
    const resolution = ask(meat, "12", { unit: "BX" });
    const ordered = { offerId: "screw", quantity: six("12"), unit: "BX" };
    const answer = freezeLine({ ...line(resolution, null), ordered }, euro);
    if (answer.kind !== "frozen") throw new Error("it has a price");
    expect(answer.line.amounts.net).toBe(cents("762.00"));
    const weighed = weighLine(answer.line, six("118.4"));
    expect(weighed).toMatchObject({ ordered, weighed: six("118.4"), amounts: { net: cents("751.84") } });
    expect(weighed.price).toEqual(answer.line.price);
  });

  test("the same price put in another way needs no consent", () => {
    const perHundred = bookOf({
      rows: ladder("base", [["1", "800"]], { priceBaseQuantity: six("100") }),
    });
    expect(freezeLine(line(ask(perHundred, "10"), now), euro).kind).toBe("frozen");
    expect(freezeLine(line(ask(perHundred, "10"), seen), euro)).toMatchObject({
      rejection: { code: "price_changed", before: "7.5", after: "8" },
    });
  });
});

test("a second add of the same item raises its line; a locked price stays apart", () => {
  const line = (id: string, quantity: string) => ({
    id,
    offerId: "screw",
    quantity: six(quantity),
    unit: "C62",
    deliverOn: null,
    locked: null,
  });
  const locked = {
    ...line("q", "5"),
    locked: { source: "quote", reference: "r", currency: "EUR", unitPrice: six("1"), priceMode: "net", basis: piece },
  } as const;
  const cart = withLine(withLine(withLine([], line("a", "24")), locked), line("b", "24"));
  expect(cart).toEqual([line("a", "48"), locked]);
  expect(withLine(cart, { ...line("c", "1"), unit: "PK" })).toHaveLength(3);
});

describe("the least order", () => {
  const small = { currency: "EUR", amount: cents("100.00"), mode: { kind: "fee", fee: cents("7.50") } } as const;

  test("a smaller one may cost a fee instead", () => {
    expect(checkOrderMinimum(cents("99.99"), [small], euro)).toEqual({
      shortfall: 1n,
      fee: cents("7.50"),
      rejection: null,
    });
    expect(checkOrderMinimum(cents("100.00"), [small], euro).fee).toBe(0n);
  });

  test("the nearest one in the order's currency holds", () => {
    const dollars = { ...small, currency: "USD", amount: cents("9000.00") };
    const agreed = { ...small, amount: cents("20.00") };
    expect(checkOrderMinimum(cents("30.00"), [dollars, agreed, small], euro).shortfall).toBe(0n);
    expect(checkOrderMinimum(cents("30.00"), [dollars], euro).shortfall).toBe(0n);
  });
});

describe("commission", () => {
  const all = { vendorId: null, brandId: null, classId: null };
  const rule = (id: string, changes: Partial<CommissionRule> = {}): CommissionRule => ({
    id,
    scope: all,
    percent: percent("8"),
    bounds: new Map(),
    ...changes,
  });
  const sold = { vendorId: "b", brandId: "acme", classIds: ["tools"], base: cents("100.00") };

  test("the first of the operator's rules that fits", () => {
    const special = rule("special", { scope: { ...all, vendorId: "b", classId: "tools" } });
    const foreign = rule("foreign", { scope: { ...all, brandId: "other" } });
    expect(commissionRuleFor(sold, [foreign, special, rule("general")])?.id).toBe("special");
    expect(commissionRuleFor(sold, [foreign, rule("general"), special])?.id).toBe("general");
    expect(commissionRuleFor(sold, [foreign])).toBeNull();
  });

  test("within the bounds of its currency", () => {
    const bounded = rule("bounded", { bounds: new Map([["EUR", { min: cents("5.00"), max: cents("20.00") }]]) });
    const fee = (base: string, money = euro as Parameters<typeof commissionOf>[2]) =>
      commissionOf(cents(base), { rule: bounded, vatPercent: percent("20") }, money).fee;
    expect([fee("10.00"), fee("100.00"), fee("1000.00")]).toEqual(["5.00", "8.00", "20.00"].map(cents));
    expect(fee("1000.00", { ...euro, currency: "USD" })).toBe(cents("80.00"));
  });

  test("refunds in any parts give back exactly what one would", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 1_000_000n }),
        fc.array(fc.bigInt({ min: 1n, max: 300_000n }), { maxLength: 6 }),
        (base, parts) => {
          const sale = commissionOf(base, { rule: rule("general"), vatPercent: percent("20") }, euro);
          const sums = { vendor: 0n, commission: 0n, vat: 0n };
          let before = 0n;
          for (const wanted of [...parts, base]) {
            let amount = base - before;
            if (wanted < amount) amount = wanted;
            const answer = refundOf(sale, { amount, before }, euro);
            if (answer.kind === "rejected") break;
            const { entry } = answer;
            expect(entry.buyer + entry.vendor + entry.commission + entry.vat).toBe(0n);
            sums.vendor += entry.vendor;
            sums.commission += entry.commission;
            sums.vat += entry.vat;
            before += amount;
          }
          expect(before).toBe(base);
          expect(sums).toEqual({ vendor: -sale.payable, commission: -sale.fee, vat: -sale.vat });
        },
      ),
      { seed: 42 },
    );
  });

  test("no more is refunded than is left", () => {
    const sale = commissionOf(cents("100.00"), { rule: rule("general"), vatPercent: 0n }, euro);
    expect(refundOf(sale, { amount: cents("60.01"), before: cents("40.00") }, euro)).toEqual({
      kind: "rejected",
      rejection: { code: "refund_above_order", currency: "EUR", limit: "60.00" },
    });
    expect(refundOf(sale, { amount: 0n, before: 0n }, euro).kind).toBe("rejected");
  });
});

test("a gross list and a net list of one rate meet in the same line", () => {
  const gross = bookOf({ lists: [list("base", { priceMode: "gross" })], rows: ladder("base", [["1", "11.90"]]) });
  expect(told(ask(gross, "1"))).toBe("11.9");
  expect(lineAmounts({ amount: cents("11.90"), priceMode: "gross", taxPercent: percent("19") }, euro)).toEqual(
    lineAmounts({ amount: cents("10.00"), priceMode: "net", taxPercent: percent("19") }, euro),
  );
});
