import { formatDecimal } from "@kontor/kernel";
import { createRandom, shuffled } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { withLine } from "../src/orders/cart-lines.ts";
import { amountOf } from "../src/orders/line-amounts.ts";
import type { PriceBook } from "../src/prices/price-book.ts";
import { resolveCart } from "../src/prices/resolve-cart.ts";
import {
  ask,
  assign,
  bookOf,
  buyer,
  euro,
  guest,
  instant,
  ladder,
  lineOf,
  list,
  offer,
  requirePriced,
  six,
  told,
  traced,
  unit,
} from "./prices/given.ts";

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
