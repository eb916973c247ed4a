import { describe, expect, test } from "vitest";
import type { PriceRecords } from "../../src/prices/price-book.ts";
import { checkLadder, checkOfferLadders } from "../../src/prices/price-ladder.ts";
import { ask, bookOf, instant, ladder, list, offer, percent, requirePriced, six, today, unit } from "./given.ts";

const check = (listId: string, records: Partial<PriceRecords>) =>
  checkLadder(listId, { offerId: "screw", book: bookOf(records), from: today, taxPercent: 0n });

describe("a ladder that rises is refused", () => {
  test("as the rungs say", () => {
    const rows = ladder("base", [
      ["1", "10"],
      ["10", "9"],
      ["100", "9.01"],
    ]);
    expect(check("base", { rows })).toEqual({
      code: "price_ladder_rises",
      listId: "base",
      unit: "C62",
      currency: "EUR",
      quantity: "100",
      before: "9",
      after: "9.01",
      at: "2026-06-01T12:00:00.000000Z",
    });
    expect(check("base", { rows: rows.slice(0, 2) })).toBeNull();
  });

  test("also when the base price drops below a rung of another list", () => {
    const lists = [list("base"), list("contract")];
    const contract = ladder("contract", [["500", "8.10"]]);
    const at = (price: string) =>
      checkOfferLadders({
        offerId: "screw",
        book: bookOf({ lists, rows: [...ladder("base", [["1", price]]), ...contract] }),
        from: today,
        taxPercent: 0n,
      });
    expect(at("8.10")).toBeNull();
    expect(at("8.09")).toMatchObject({ listId: "contract", quantity: "500", before: "8.09", after: "8.1" });
  });

  test("but a dearer contract from the first piece on is none", () => {
    const lists = [list("base"), list("contract")];
    const rows = [...ladder("base", [["1", "10"]]), ...ladder("contract", [["1", "11"]])];
    expect(check("contract", { lists, rows })).toBeNull();
  });

  test("and an exclusive list has nothing below its lowest rung", () => {
    const lists = [list("base"), list("contract", { exclusive: true })];
    const rows = [...ladder("base", [["1", "10"]]), ...ladder("contract", [["100", "11"]])];
    expect(check("contract", { lists, rows })).toBeNull();
  });

  test("when the bands of a derived list rise", () => {
    const derived = (first: string, second: string) => {
      const bands = [
        { scope: { kind: "all" } as const, minQuantity: 0n, percent: percent(first) },
        { scope: { kind: "all" } as const, minQuantity: six("50"), percent: percent(second) },
      ];
      const lists = [list("base"), list("gold", { adjustment: { baseListId: null, bands } })];
      const rows = ladder("base", [
        ["1", "10"],
        ["100", "9"],
      ]);
      return check("gold", { lists, rows });
    };
    expect(derived("-5", "-10")).toBeNull();
    expect(derived("-10", "-5")).toMatchObject({ quantity: "50", before: "9", after: "9.5" });
  });

  test("when a row of its own stands above what the list derives below it", () => {
    const bands = [{ scope: { kind: "all" } as const, minQuantity: 0n, percent: percent("-10") }];
    const lists = [list("base"), list("gold", { adjustment: { baseListId: null, bands } })];
    const rows = [...ladder("base", [["1", "10"]]), ...ladder("gold", [["100", "9.50"]])];
    expect(check("gold", { lists, rows })).toMatchObject({ quantity: "100", before: "9", after: "9.5" });
  });

  test("from the instant on at which it rises", () => {
    const july = instant("2026-07-01T00:00:00Z");
    const rows = [
      ...ladder("base", [["1", "10"]], { period: { from: null, to: july } }),
      ...ladder("base", [["1", "8"]], { id: "new", period: { from: july, to: null } }),
      ...ladder("base", [["100", "9"]]),
    ];
    expect(check("base", { rows })).toMatchObject({ at: "2026-07-01T00:00:00.000000Z", before: "8", after: "9" });
  });

  test("what was before the change is not judged", () => {
    const past = { from: null, to: today };
    const rows = [...ladder("base", [["1", "8"]], { period: past }), ...ladder("base", [["100", "9"]])];
    expect(check("base", { rows })).toBeNull();
  });

  test("in each unit by itself, as a buyer in that unit would climb it", () => {
    const offers = [offer("screw", { units: { base: "C62", others: new Map([["PK", unit(10n)]]) } })];
    const rows = (pack: string) => [
      ...ladder("base", [["1", "1.00"]]),
      ...ladder("base", [["5", pack]], { unit: "PK" }),
    ];
    expect(check("base", { offers, rows: rows("9.50") })).toBeNull();
    expect(check("base", { offers, rows: rows("10.50") })).toMatchObject({ unit: "PK", quantity: "5" });
  });
});

test("a ladder may have more rungs than a screen shows", () => {
  const rungs = Array.from({ length: 60 }, (_, index) => [`${index + 1}`, `${100 - index}`] as const);
  const book = bookOf({ rows: ladder("base", rungs) });
  expect(checkLadder("base", { offerId: "screw", book, from: today, taxPercent: 0n })).toBeNull();
  const prices = rungs.map(([quantity]) => requirePriced(ask(book, quantity)).unitPrice);
  expect(prices).toEqual(rungs.map(([, price]) => six(price)));
});

test("prices that only differ in how they are put do not rise", () => {
  const rows = [
    ...ladder("base", [["1", "0.10"]]),
    ...ladder("base", [["100", "100"]], { id: "per-thousand", priceBaseQuantity: six("1000") }),
  ];
  expect(check("base", { rows })).toBeNull();
});
