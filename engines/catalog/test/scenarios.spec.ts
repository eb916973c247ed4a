import { formatDecimal, parseDecimal } from "@kontor/kernel";
import { Decimal } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { withLine } from "../src/orders/cart-lines.ts";
import { commissionOf } from "../src/orders/commission.ts";
import { totalsOf } from "../src/orders/document-totals.ts";
import { splitByWeight } from "../src/orders/largest-remainder.ts";
import { amountOf, lineAmounts, netUnitPrice } from "../src/orders/line-amounts.ts";
import { checkOrderMinimum } from "../src/orders/order-minimum.ts";
import { refundOf } from "../src/orders/refund.ts";
import { splitByVendor } from "../src/orders/vendor-orders.ts";
import type { PriceBook } from "../src/prices/price-book.ts";
import { checkLadder } from "../src/prices/price-ladder.ts";
import { lockQuoted } from "../src/prices/quoted-price.ts";
import { resolveCart } from "../src/prices/resolve-cart.ts";
import { checkQuantity } from "../src/quantities/check-quantity.ts";
import { judge } from "../src/quantities/override.ts";
import type { QuantityTerms } from "../src/quantities/quantity-terms.ts";
import type { Rounding } from "../src/quantities/rounding.ts";
import {
  ask,
  assign,
  bookOf,
  buyer,
  cents,
  euro,
  guest,
  instant,
  ladder,
  list,
  offer,
  percent,
  promotion,
  requirePriced,
  six,
  today,
  told,
  traced,
  unit,
} from "./prices/given.ts";
import { createRandom, shuffled } from "./random.ts";

/** The rounded amount of one line as it would be ordered, as text. */
function lineOf(
  book: PriceBook,
  quantity: string,
  { currency = "EUR", unit: code = "C62", rounding = "half_up" } = {},
) {
  const money = { currency, exponent: 2, rounding: rounding as Rounding };
  const asking = { unit: code, buyer: buyer({ currency, rounding: money.rounding }) };
  const { unitPrice, basis } = requirePriced(ask(book, quantity, asking));
  return formatDecimal(amountOf({ unitPrice, basis, quantity: six(quantity) }, money), 2);
}

describe("S1 precedence, including a dearer contract", () => {
  const contractYear = { from: instant("2026-01-01T00:00:00Z"), to: instant("2027-01-01T00:00:00Z") };
  const book = bookOf({
    offers: [offer("screw"), offer("dear")],
    lists: [list("base"), list("gold"), list("contract", { period: contractYear })],
    assignments: [assign("gold", ["customer_group", "gold"]), assign("contract", ["agreement", "agreement-a"])],
    rows: [
      ...ladder("base", [
        ["1", "10.00"],
        ["100", "9.50"],
      ]),
      ...ladder("gold", [["1", "9.20"]]),
      ...ladder("contract", [
        ["1", "8.80"],
        ["500", "8.10"],
      ]),
      ...ladder("base", [["1", "10.00"]], { offerId: "dear" }),
      ...ladder("contract", [["1", "11.00"]], { offerId: "dear" }),
    ],
  });
  const agreements = [{ agreementId: "agreement-a", version: 3 }];
  const divisionA1 = buyer({ agreements });

  test("the division below the contract's company gets its price and rung", () => {
    expect(told(ask(book, "499", { buyer: divisionA1 }))).toBe("8.8");
    expect(told(ask(book, "500", { buyer: divisionA1 }))).toBe("8.1");
  });

  test("a guest gets the base list", () => {
    expect(told(ask(book, "99"))).toBe("10");
    expect(told(ask(book, "100"))).toBe("9.5");
  });

  test("a Gold buyer without a contract gets the group's price", () => {
    const gold = buyer({ customerGroups: new Set(["gold"]) });
    const answer = ask(book, "499", { buyer: gold });
    expect(told(answer)).toBe("9.2");
    expect(traced(answer)).toEqual(["customer_group gold chosen", "base base lower_level"]);
  });

  test("at its exclusive end the contract is over", () => {
    const at = instant("2027-01-01T00:00:00Z");
    const late = buyer({ agreements, customerGroups: new Set(["gold"]), at });
    const answer = ask(book, "499", { buyer: late });
    expect(told(answer)).toBe("9.2");
    expect(traced(answer)).toEqual([
      "agreement contract not_in_period",
      "customer_group gold chosen",
      "base base lower_level",
    ]);
    expect(told(ask(book, "499", { buyer: { ...late, at: at - 1 } }))).toBe("8.8");
  });

  test("a dearer contract wins", () => {
    const answer = ask(book, "1", { offerId: "dear", buyer: divisionA1 });
    expect(told(answer)).toBe("11");
    expect(traced(answer)).toEqual(["agreement contract chosen", "base base lower_level"]);
  });
});

describe("S2 several groups and determinism", () => {
  const both = buyer({ customerGroups: new Set(["g1", "g2"]) });
  const rows = { g1: ladder("l1", [["1", "7.00"]]), g2: ladder("l2", [["1", "5.00"]]) };
  const records = (priorities: readonly [number, number], exclusive = false, g1Rows = rows.g1) => ({
    offers: [offer("screw", { baseListId: null })],
    lists: [list("l1", { exclusive }), list("l2")],
    assignments: [
      assign("l1", ["customer_group", "g1"], priorities[0]),
      assign("l2", ["customer_group", "g2"], priorities[1]),
    ],
    rows: [...g1Rows, ...rows.g2],
  });

  test("equal priorities: the cheaper", () => {
    expect(told(ask(bookOf(records([10, 10])), "1", { buyer: both }))).toBe("5");
  });

  test("the higher priority first", () => {
    expect(told(ask(bookOf(records([20, 10])), "1", { buyer: both }))).toBe("7");
  });

  test("an exclusive list without a row: on request", () => {
    const answer = ask(bookOf(records([20, 10], true, [])), "1", { buyer: both });
    expect(told(answer)).toBe("on request: exclusive");
    expect(traced(answer)).toEqual(["customer_group l1 exclusive_without_row", "customer_group l2 behind_exclusive"]);
  });

  test("1,000 repeats with shuffled records give one answer", () => {
    const random = createRandom(7);
    const same = {
      ...records([10, 10]),
      rows: [...rows.g1, ...rows.g2, ...ladder("l2", [["1", "5.00"]], { id: "z" })],
    };
    const answers = Array.from({ length: 1_000 }, () => {
      const shuffledBook = bookOf({
        offers: same.offers,
        lists: shuffled(same.lists, random),
        assignments: shuffled(same.assignments, random),
        rows: shuffled(same.rows, random),
      });
      const groups = new Set(shuffled(["g1", "g2"], random));
      const answer = requirePriced(ask(shuffledBook, "1", { buyer: buyer({ customerGroups: groups }) }));
      return JSON.stringify([told(answer), answer.rowId, answer.trace]);
    });
    expect(new Set(answers).size).toBe(1);
  });
});

describe("S3 quantity across the cart", () => {
  const line = (id: string, quantity: string, deliverOn: string | null = null) => ({
    id,
    offerId: "screw",
    quantity: six(quantity),
    unit: "C62",
    deliverOn,
    locked: null,
  });
  const sumOf = (book: PriceBook, lines: readonly ReturnType<typeof line>[]): string => {
    const priced = resolveCart(
      lines.map((each) => ({ ...each, taxPercent: 0n })),
      guest,
      book,
    ).map(requirePriced);
    const amounts = priced.map(({ unitPrice, basis, asked: { quantity } }) => {
      return amountOf({ unitPrice, basis, quantity }, euro);
    });
    return formatDecimal(
      amounts.reduce((sum, amount) => sum + amount, 0n),
      2,
    );
  };

  test("1 and 1 more of the same item are one line of 180.00", () => {
    const rungs = ladder("base", [
      ["1", "100.00"],
      ["2", "90.00"],
    ]);
    const lines = withLine(withLine([], line("a", "1")), line("b", "1")) as ReturnType<typeof line>[];
    expect(lines).toEqual([line("a", "2")]);
    expect(sumOf(bookOf({ rows: rungs }), lines)).toBe("180.00");
  });

  const rungs = ladder("base", [
    ["1", "10.00"],
    ["100", "9.50"],
  ]);
  const scoped = (tierScope: "offer" | "line") => bookOf({ lists: [list("base", { tierScope })], rows: rungs });
  const twoDates = [line("a", "60", "2026-07-01"), line("b", "60", "2026-08-01")];

  test("two lines of 60 with different delivery dates, counted together: 1,140.00", () => {
    expect(withLine(twoDates.slice(0, 1), line("b", "60", "2026-08-01"))).toEqual(twoDates);
    expect(sumOf(scoped("offer"), twoDates)).toBe("1140.00");
  });

  test("counted by line: 1,200.00", () => {
    expect(sumOf(scoped("line"), twoDates)).toBe("1200.00");
  });

  test("removing one line reprices the other to 10.00", () => {
    expect(sumOf(scoped("offer"), twoDates.slice(1))).toBe("600.00");
  });
});

describe("S4 units without loss", () => {
  const packs = bookOf({
    offers: [offer("screw", { units: { base: "C62", others: new Map([["PK", unit(4n)]]) } })],
    rows: ladder("base", [["0.25", "182193.74"]], { unit: "PK" }),
  });

  test("5 packs of 4 at 182,193.74 are 910,968.70", () => {
    expect(lineOf(packs, "5", { unit: "PK" })).toBe("910968.70");
    expect(lineOf(packs, "20")).toBe("910968.70");
  });

  test("7 pieces: half up 318,839.05, half even 318,839.04", () => {
    expect(lineOf(packs, "7")).toBe("318839.05");
    expect(lineOf(packs, "7", { rounding: "half_even" })).toBe("318839.04");
  });

  test("12,480 kg at 2,345.50 USD per tonne are 29,271.84", () => {
    const book = bookOf({
      offers: [offer("screw", { units: { base: "KGM", others: new Map([["TNE", unit(1000n)]]) } })],
      lists: [list("base", { currency: "USD" })],
      rows: ladder("base", [["0.001", "2345.50"]], { unit: "TNE" }),
    });
    expect(lineOf(book, "12480", { currency: "USD", unit: "KGM" })).toBe("29271.84");
  });

  test("1 t at 1.0625 USD per lb with 2,204.62262185 lb are 2,342.41", () => {
    const tonne = unit(220_462_262_185n, 100_000_000n, 3);
    const book = bookOf({
      offers: [offer("screw", { units: { base: "LBR", others: new Map([["TNE", tonne]]) } })],
      lists: [list("base", { currency: "USD" })],
      rows: ladder("base", [["1", "1.0625"]], { unit: "LBR" }),
    });
    expect(lineOf(book, "1", { currency: "USD", unit: "TNE" })).toBe("2342.41");
  });
});

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
    expect(lockQuoted(quoted, six("1000"), sent + 15 * day)).toEqual({
      kind: "rejected",
      rejection: { code: "quote_expired", at: "2026-06-15T00:00:00.000000Z" },
    });
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
