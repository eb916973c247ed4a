import { parseDecimal } from "@kontor/kernel";
import { Decimal } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { commissionOf } from "../src/orders/commission.ts";
import { totalsOf } from "../src/orders/document-totals.ts";
import { splitByWeight } from "../src/orders/largest-remainder.ts";
import { amountOf, lineAmounts, netUnitPrice } from "../src/orders/line-amounts.ts";
import { checkOrderMinimum } from "../src/orders/order-minimum.ts";
import { refundOf } from "../src/orders/refund.ts";
import { splitByVendor } from "../src/orders/vendor-orders.ts";
import { checkLadder } from "../src/prices/price-ladder.ts";
import { lockQuoted } from "../src/prices/quoted-price.ts";
import { checkQuantity } from "../src/quantities/check-quantity.ts";
import { judge } from "../src/quantities/override.ts";
import type { QuantityTerms } from "../src/quantities/quantity-terms.ts";
import {
  ask,
  bookOf,
  cents,
  euro,
  instant,
  ladder,
  lineOf,
  list,
  percent,
  promotion,
  requirePriced,
  six,
  today,
  told,
  traced,
} from "./prices/given.ts";

describe("S5 minimum, multiple, least order", () => {
  const units = { base: "C62", others: new Map() };
  const own: QuantityTerms = { unit: "C62", minimum: six("48"), multiple: six("24"), maximum: null };
  const agreed = { unit: "C62", minimum: six("480"), multiple: six("240"), maximum: null };
  const check = (quantity: string, terms = [own]) =>
    checkQuantity({ quantity: six(quantity), unit: "C62", units, terms });

  test("50 is refused with 48 and 72", () => {
    expect(check("50")).toEqual({
      code: "quantity_not_multiple",
      unit: "C62",
      limit: "24",
      neighbours: { below: "48", above: "72" },
    });
  });

  test("24 is too little, 24 more make it 48", () => {
    expect(check("24")).toMatchObject({ code: "quantity_below_minimum", neighbours: { below: null, above: "48" } });
    expect(check("48")).toBeNull();
  });

  test("the agreement's 480/240: 500 is refused with 480 and 720", () => {
    expect(check("500", [agreed, own])).toMatchObject({
      code: "quantity_not_multiple",
      neighbours: { below: "480", above: "720" },
    });
  });

  test("an agreement silent on the multiple inherits 24", () => {
    const silent = { ...agreed, multiple: null };
    expect(check("504", [silent, own])).toBeNull();
    expect(check("500", [silent, own])).toMatchObject({ limit: "24", neighbours: { below: "480", above: "504" } });
  });

  test("an order of 320.00 lacks 180.00: it may be kept, and not placed", () => {
    const minimum = { currency: "EUR", amount: cents("500.00"), mode: { kind: "block" } } as const;
    const answer = checkOrderMinimum(cents("320.00"), [minimum], euro);
    expect(answer.shortfall).toBe(cents("180.00"));
    expect(answer.rejection).toEqual({
      code: "order_minimum_not_reached",
      currency: "EUR",
      limit: "500.00",
      shortfall: "180.00",
    });
    expect(checkOrderMinimum(cents("500.00"), [minimum], euro).rejection).toBeNull();
  });

  test("the vendor's agent may override with a reason", () => {
    const by = { agentId: "agent", reason: "last stock" };
    expect(judge(check("50"), by)).toMatchObject({
      kind: "overridden",
      by,
      rejection: { code: "quantity_not_multiple" },
    });
    expect(judge(check("50"), { ...by, reason: " " })).toMatchObject({ kind: "rejected" });
    expect(judge(check("50"), null)).toMatchObject({ kind: "rejected" });
    expect(judge(check("48"), null)).toEqual({ kind: "accepted" });
  });
});

describe("S6 cents and e-invoice", () => {
  test("1,000 x 0.89404 are 894.04", () => {
    expect(lineOf(bookOf({ rows: ladder("base", [["1", "0.89404"]]) }), "1000")).toBe("894.04");
  });

  test("8 x 12.95 gross at 21 %: net 85.62, VAT 17.98, gross 103.60, net unit 10.7025", () => {
    const book = bookOf({ lists: [list("base", { priceMode: "gross" })], rows: ladder("base", [["1", "12.95"]]) });
    const { unitPrice, basis, priceMode } = requirePriced(ask(book, "8"));
    const amount = amountOf({ unitPrice, basis, quantity: six("8") }, euro);
    const amounts = lineAmounts({ amount, priceMode, taxPercent: percent("21") }, euro);
    expect(amounts).toEqual({ net: cents("85.62"), tax: cents("17.98"), gross: cents("103.60") });
    const netUnit = netUnitPrice(amounts.net, { basis, quantity: six("8") }, euro);
    expect(netUnit).toBe(six("10.7025"));
    const difference = 8n * netUnit - six("85.62");
    expect(difference < six("0.02") && difference > -six("0.02")).toBe(true);
  });

  test("a yen amount with decimals and a JSON number are no amounts", () => {
    expect(parseDecimal("100.5", 0)).toBe("scale_exceeded");
    expect(Decimal.safeParse(12.95).success).toBe(false);
  });

  const falling = (rungs: readonly (readonly [string, string])[]) =>
    checkLadder("base", {
      offerId: "screw",
      book: bookOf({ rows: ladder("base", rungs) }),
      from: today,
      taxPercent: 0n,
    });

  test("a ladder of 10.00 and 10.50 from 24 is refused", () => {
    expect(
      falling([
        ["1", "10.00"],
        ["24", "10.50"],
      ]),
    ).toMatchObject({ code: "price_ladder_rises", quantity: "24", before: "10", after: "10.5" });
    expect(
      falling([
        ["1", "10.00"],
        ["24", "9.50"],
      ]),
    ).toBeNull();
  });

  test("deleting a rung that leaves a rise is refused", () => {
    const base = ladder("base", [["1", "10.00"]]);
    const rungs = ladder("contract", [
      ["1", "11.00"],
      ["24", "10.50"],
    ]);
    const lists = [list("base"), list("contract")];
    const check = (rows: typeof base) =>
      checkLadder("contract", { offerId: "screw", book: bookOf({ lists, rows }), from: today, taxPercent: 0n });
    expect(check([...base, ...rungs])).toBeNull();
    expect(check([...base, ...rungs.slice(1)])).toMatchObject({
      code: "price_ladder_rises",
      listId: "contract",
      quantity: "24",
      before: "10",
      after: "10.5",
    });
  });
});

describe("S7 a quote keeps its price", () => {
  const sent = instant("2026-06-01T00:00:00Z");
  const day = 86_400_000_000;
  const tier = (quantity: string, unitPrice: string) => ({
    quantity: six(quantity),
    unitPrice: six(unitPrice),
    priceBaseQuantity: six("1"),
    allowsMore: false,
  });
  const quoted = {
    reference: "quote-v1",
    currency: "EUR",
    unit: "C62",
    priceMode: "net",
    tiers: [tier("500", "7.10"), tier("1000", "6.75")],
    validUntil: sent + 14 * day,
  } as const;
  /** The list rose, and a promotion runs. */
  const book = bookOf({
    lists: [list("base", { stacking: "promotions" })],
    rows: ladder("base", [["1", "8.00"]]),
    promotions: [promotion("ten-percent")],
  });

  test("1,000 are 6,750.00 exactly, whatever the list and promotions say", () => {
    const answer = lockQuoted(quoted, six("1000"), sent + 3 * day);
    if (answer.kind !== "locked") throw new Error("the quote is in force");
    const priced = requirePriced(ask(book, "1000", { locked: answer.price }));
    expect(amountOf({ ...priced, quantity: six("1000") }, euro)).toBe(cents("6750.00"));
    expect(priced.promotions).toEqual([]);
    expect(traced(priced)).toEqual(["quote - chosen"]);
  });

  test("900 are refused, with 500 and 1,000 as what is offered", () => {
    expect(lockQuoted(quoted, six("900"), sent)).toEqual({
      kind: "rejected",
      rejection: { code: "quote_quantity_not_offered", unit: "C62", neighbours: { below: "500", above: "1000" } },
    });
  });

  test("on day 15 it is too late", () => {
    expect(lockQuoted(quoted, six("1000"), sent + 14 * day - 1).kind).toBe("locked");
    expect(lockQuoted(quoted, six("1000"), sent + 14 * day).kind).toBe("rejected");
    expect(lockQuoted(quoted, six("1000"), sent + 15 * day)).toEqual({
      kind: "rejected",
      rejection: { code: "quote_expired", at: "2026-06-15T00:00:00.000000Z" },
    });
  });

  test("more than was offered is had where the offer allows it, at the price of the most that was reached", () => {
    const more = { ...quoted, tiers: quoted.tiers.map((each) => ({ ...each, allowsMore: true })) };
    const priceOf = (quantity: string) => {
      const answer = lockQuoted(more, six(quantity), sent);
      return answer.kind === "locked" ? answer.price.unitPrice : answer.rejection.neighbours;
    };
    expect([priceOf("500"), priceOf("999"), priceOf("5000")]).toEqual([six("7.10"), six("7.10"), six("6.75")]);
    expect(priceOf("499")).toEqual({ below: null, above: "500" });
  });

  test("without the lock the list's price is back", () => {
    expect(told(ask(book, "1000"))).toBe("7.2");
  });
});

describe("S9 split, commission, payout", () => {
  const lines = [
    { vendorId: "a", net: cents("1000.00") },
    { vendorId: "b", net: cents("333.33") },
    { vendorId: "c", net: cents("66.67") },
  ];
  const terms = {
    rule: {
      id: "eight",
      scope: { vendorId: null, brandId: null, classId: null },
      percent: percent("8"),
      bounds: new Map(),
    },
    vatPercent: percent("20"),
  };
  const sale = commissionOf(cents("333.33"), terms, euro);

  test("a capture of 1,000.00 over three orders is 714.29, 238.09 and 47.62", () => {
    const orders = splitByVendor(lines);
    expect(orders.map(({ vendorId }) => vendorId)).toEqual(["a", "b", "c"]);
    const nets = orders.map((order) => order.lines.reduce((sum, { net }) => sum + net, 0n));
    expect(nets.reduce((sum, net) => sum + net, 0n)).toBe(cents("1400.00"));
    expect(splitByWeight(cents("1000.00"), nets)).toEqual(["714.29", "238.09", "47.62"].map(cents));
  });

  test("B: commission 26.67, VAT on it 5.33, payable 301.33", () => {
    expect(sale).toMatchObject({ fee: cents("26.67"), vat: cents("5.33"), payable: cents("301.33") });
  });

  test("a refund of 100.00 after the payout takes 90.40 back from B", () => {
    const answer = refundOf(sale, { amount: cents("100.00"), before: 0n }, euro);
    expect(answer).toEqual({
      kind: "entry",
      entry: { buyer: cents("100.00"), vendor: -cents("90.40"), commission: -cents("8.00"), vat: -cents("1.60") },
    });
  });

  test("a rate that changes today alters no past line", () => {
    const dearer = { ...terms, rule: { ...terms.rule, percent: percent("12") } };
    expect(commissionOf(cents("333.33"), dearer, euro).fee).toBe(cents("40.00"));
    expect(refundOf(sale, { amount: cents("333.33"), before: 0n }, euro)).toMatchObject({
      entry: { commission: -cents("26.67"), vat: -cents("5.33"), vendor: -cents("301.33") },
    });
  });

  test("every refund sums to zero", () => {
    const answer = refundOf(sale, { amount: cents("33.34"), before: cents("12.01") }, euro);
    if (answer.kind !== "entry") throw new Error("there is enough left");
    const { buyer: toBuyer, vendor, commission, vat } = answer.entry;
    expect(toBuyer + vendor + commission + vat).toBe(0n);
  });
});

test("totals are sums of rounded lines", () => {
  const tax = { category: "S", percent: percent("19") };
  const taxed = ["0.10", "0.10", "0.10"].map((net) => ({
    tax,
    amounts: lineAmounts({ amount: cents(net), priceMode: "net", taxPercent: tax.percent }, euro),
  }));
  expect(totalsOf(taxed, "line", euro)).toMatchObject({ net: 30n, tax: 6n, gross: 36n });
  expect(totalsOf(taxed, "document", euro)).toMatchObject({ net: 30n, tax: 6n, gross: 36n });
});
