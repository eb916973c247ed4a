import { describe, expect, test } from "vitest";
import { amountOf } from "../../src/orders/line-amounts.ts";
import { agreementChainOf, buyerNodeOf } from "../../src/prices/agreement-chain.ts";
import { cheapestOf } from "../../src/prices/cheapest-price.ts";
import { periodOfLocalDates } from "../../src/prices/period.ts";
import { effectiveTerms } from "../../src/quantities/quantity-terms.ts";
import { leastOf, sellableQuantities } from "../../src/quantities/sellable-quantities.ts";
import {
  ask,
  assign,
  bookOf,
  buyer,
  cents,
  euro,
  instant,
  ladder,
  list,
  offer,
  percent,
  promotion,
  question,
  requirePriced,
  six,
  today,
  told,
  traced,
  unit,
} from "./given.ts";

const grouped = (...groups: string[]) => buyer({ customerGroups: new Set(groups) });

describe("who asks", () => {
  const book = bookOf({
    lists: [list("base"), list("gold"), list("trade")],
    assignments: [assign("gold", ["customer_group", "gold"]), assign("trade", ["customer_group", "trade"])],
    rows: [
      ...ladder("base", [["1", "10"]]),
      ...ladder("gold", [["1", "9"]]),
      ...ladder("trade", [
        ["1", "9.50"],
        ["50", "8"],
      ]),
    ],
  });

  test("two groups at once: the cheaper of the two at this quantity", () => {
    expect(told(ask(book, "1", { buyer: grouped("gold", "trade") }))).toBe("9");
    expect(told(ask(book, "50", { buyer: grouped("gold", "trade") }))).toBe("8");
    expect(traced(ask(book, "50", { buyer: grouped("gold", "trade") }))).toEqual([
      "customer_group gold outranked",
      "customer_group trade chosen",
      "base base lower_level",
    ]);
  });

  test("a group left while the cart is open is gone with the next question", () => {
    expect(told(ask(book, "50", { buyer: grouped("gold") }))).toBe("9");
    expect(told(ask(book, "50", { buyer: grouped() }))).toBe("10");
  });

  test("a person who buys for two companies says for which", () => {
    expect(buyerNodeOf(["ada", "bob"], null)).toEqual({
      kind: "rejected",
      rejection: { code: "buyer_node_required", choices: ["ada", "bob"] },
    });
    expect(buyerNodeOf(["ada", "bob"], "bob")).toEqual({ kind: "node", nodeId: "bob" });
    expect(buyerNodeOf(["ada"], null)).toEqual({ kind: "node", nodeId: "ada" });
    expect(buyerNodeOf(["ada"], "bob").kind).toBe("rejected");
  });

  test("answers to one company leave no trace in those to another", () => {
    const shared = bookOf({
      lists: [list("base"), list("contract")],
      assignments: [assign("contract", ["agreement", "agreement-a"])],
      rows: [...ladder("base", [["1", "10"]]), ...ladder("contract", [["1", "7"]])],
    });
    const party = buyer({ agreements: [{ agreementId: "agreement-a", version: 1 }] });
    const stranger = buyer({ agreements: [{ agreementId: "agreement-b", version: 1 }] });
    const asked = [party, stranger, party, stranger].map((each) => ask(shared, "1", { buyer: each }));
    expect(asked.map(told)).toEqual(["7", "10", "7", "10"]);
    expect(asked[1]?.trace.map(({ listId }) => listId)).toEqual(["base"]);
  });
});

describe("agreements", () => {
  const records = [
    {
      id: "of-company",
      version: 2,
      vendorId: "vendor",
      nodeId: "company",
      period: { from: null, to: null },
      active: true,
    },
    {
      id: "of-division",
      version: 5,
      vendorId: "vendor",
      nodeId: "division",
      period: { from: null, to: today },
      active: true,
    },
    { id: "of-team-1", version: 1, vendorId: "vendor", nodeId: "team", period: { from: null, to: null }, active: true },
    { id: "of-team-2", version: 1, vendorId: "vendor", nodeId: "team", period: { from: null, to: null }, active: true },
    { id: "elsewhere", version: 1, vendorId: "other", nodeId: "team", period: { from: null, to: null }, active: true },
    {
      id: "inactive",
      version: 1,
      vendorId: "vendor",
      nodeId: "company",
      period: { from: null, to: null },
      active: false,
    },
  ];
  const parents = new Map([
    ["team", "division"],
    ["division", "company"],
  ]);
  const chain = (nodeId: string, named: string | null, at = today - 1) =>
    agreementChainOf({ nodeId, parents, agreements: records, vendorId: "vendor", at, named });
  const links = (answer: ReturnType<typeof chain>) =>
    answer.kind === "chain" ? answer.agreements.map(({ agreementId }) => agreementId) : answer.rejection;

  test("the node's own comes before its ancestors', each while it is in force", () => {
    expect(links(chain("division", null))).toEqual(["of-division", "of-company"]);
    expect(links(chain("division", null, today))).toEqual(["of-company"]);
    expect(links(chain("company", null))).toEqual(["of-company"]);
    expect(links(chain("stranger", null))).toEqual([]);
  });

  test("of several the buyer names one", () => {
    expect(links(chain("team", null))).toEqual({
      code: "agreement_ambiguous",
      choices: ["of-team-1", "of-team-2"],
    });
    expect(links(chain("team", "of-team-2"))).toEqual(["of-team-2", "of-division", "of-company"]);
    expect(links(chain("team", "of-company"))).toEqual(["of-company"]);
    expect(links(chain("team", "elsewhere"))).toEqual({ code: "agreement_not_in_force" });
  });

  test("further up, a node with several counts for none", () => {
    const answer = agreementChainOf({
      nodeId: "squad",
      parents: new Map([...parents, ["squad", "team"]]),
      agreements: [
        ...records,
        ...records.slice(0, 1).map((record) => ({ ...record, id: "of-squad", nodeId: "squad" })),
      ],
      vendorId: "vendor",
      at: today - 1,
      named: null,
    });
    expect(links(answer)).toEqual(["of-squad", "of-division", "of-company"]);
  });

  test("the nearest one with a price decides, also when an ancestor is cheaper", () => {
    const book = bookOf({
      lists: [list("near"), list("far"), list("base")],
      assignments: [assign("near", ["agreement", "n"]), assign("far", ["agreement", "f"])],
      rows: [...ladder("near", [["10", "9"]]), ...ladder("far", [["1", "8"]]), ...ladder("base", [["1", "10"]])],
    });
    const agreements = ["n", "f"].map((agreementId) => ({ agreementId, version: 1 }));
    expect(told(ask(book, "10", { buyer: buyer({ agreements }) }))).toBe("9");
    expect(told(ask(book, "9", { buyer: buyer({ agreements }) }))).toBe("8");
  });
});

describe("time", () => {
  test("a period begins with its first instant and ends before its last", () => {
    const [from, to] = [instant("2026-01-01T00:00:00Z"), instant("2026-02-01T00:00:00Z")];
    const book = bookOf({ rows: ladder("base", [["1", "10"]], { period: { from, to } }) });
    const at = (when: number) => told(ask(book, "1", { buyer: buyer({ at: when }) }));
    expect([at(from - 1), at(from), at(to - 1), at(to)]).toEqual([
      "on request: no_price",
      "10",
      "10",
      "on request: no_price",
    ]);
  });

  test("local dates become instants of the list's zone", () => {
    const dates = { timeZone: "Europe/Berlin", fromDate: "2026-01-01", toDate: "2026-07-01" };
    expect(periodOfLocalDates(dates)).toEqual({
      from: instant("2025-12-31T23:00:00Z"),
      to: instant("2026-06-30T22:00:00Z"),
    });
    expect(periodOfLocalDates({ ...dates, toDate: null })?.to).toBeNull();
    expect(periodOfLocalDates({ ...dates, toDate: "2026-02-30" })).toBeNull();
    expect(periodOfLocalDates({ ...dates, toDate: "2026-01-01" })).toBeNull();
  });

  test("what a price was on a day is asked with that day", () => {
    const midnight = instant("2026-06-02T00:00:00Z");
    const book = bookOf({
      rows: [
        ...ladder("base", [["1", "7.50"]], { id: "old", period: { from: null, to: midnight } }),
        ...ladder("base", [["1", "8.00"]], { id: "new", period: { from: midnight, to: null } }),
      ],
    });
    const before = ask(book, "1", { buyer: buyer({ at: midnight - 1 }) });
    const after = ask(book, "1", { buyer: buyer({ at: midnight }) });
    expect([told(before), told(after)]).toEqual(["7.5", "8"]);
    expect(before.asked).toMatchObject({ at: midnight - 1, purpose: "cart" });
  });
});

describe("units and money", () => {
  test("prices of less than a cent, and per hundred or thousand", () => {
    const priced = (quantity: string, price: string, priceBaseQuantity = "1") => {
      const rows = ladder("base", [["1", price]], { priceBaseQuantity: six(priceBaseQuantity) });
      return amountOf({ ...requirePriced(ask(bookOf({ rows }), quantity)), quantity: six(quantity) }, euro);
    };
    expect(priced("1000", "0.89404")).toBe(cents("894.04"));
    expect(priced("15000", "0.495")).toBe(cents("7425.00"));
    expect(priced("2500", "3.3333", "1000")).toBe(cents("8.33"));
    expect(priced("7", "89.404", "100")).toBe(cents("6.26"));
  });

  test("a price per pack against stock by the piece: no piece price is rounded on the way", () => {
    const book = bookOf({
      offers: [offer("screw", { units: { base: "C62", others: new Map([["PK", unit(3n)]]) } })],
      rows: ladder("base", [["0.333333", "1.00"]], { unit: "PK" }),
    });
    const priced = requirePriced(ask(book, "3000"));
    expect(priced.basis).toMatchObject({ unit: "PK", ratio: { num: 1n, den: 3n } });
    expect(amountOf({ ...priced, quantity: six("3000") }, euro)).toBe(cents("1000.00"));
  });

  test("a row in the ordered unit, else in the base unit, else in one that can be converted", () => {
    const units = {
      base: "C62",
      others: new Map([
        ["PK", unit(10n)],
        ["CT", unit(100n)],
      ]),
    };
    const rows = {
      pack: ladder("base", [["5", "9"]], { unit: "PK" }),
      piece: ladder("base", [["1", "1"]]),
      carton: ladder("base", [["0.01", "85"]], { unit: "CT" }),
    };
    const unitOf = (quantity: string, code: string, listed: ReturnType<typeof ladder>) => {
      const book = bookOf({ offers: [offer("screw", { units })], rows: listed });
      return requirePriced(ask(book, quantity, { unit: code })).basis.unit;
    };
    const all = [...rows.pack, ...rows.piece, ...rows.carton];
    expect(unitOf("5", "PK", all)).toBe("PK");
    expect(unitOf("4", "PK", all)).toBe("C62");
    expect(unitOf("5", "PK", [...rows.piece, ...rows.carton])).toBe("C62");
    expect(unitOf("5", "PK", rows.carton)).toBe("CT");
    const book = bookOf({ rows: rows.pack });
    expect(traced(ask(book, "5"))).toEqual(["base base unit_not_convertible"]);
  });

  test("mix and match: lines of one mix group count together in base units", () => {
    const mixed = { mixGroup: "paint", units: { base: "LTR", others: new Map([["CAN", unit(5n)]]) } };
    const book = bookOf({
      offers: [offer("red", mixed), offer("blue", mixed), offer("oil", { units: mixed.units })],
      lists: [list("base", { tierScope: "mix_group" })],
      rows: ["red", "oil"].flatMap((offerId) =>
        ladder(
          "base",
          [
            ["1", "8"],
            ["20", "7"],
          ],
          { offerId, unit: "LTR" },
        ),
      ),
    });
    const others = [{ offerId: "blue", quantity: six("3"), unit: "CAN" }];
    expect(told(ask(book, "5", { offerId: "red", unit: "LTR", others }))).toBe("7");
    expect(told(ask(book, "4", { offerId: "red", unit: "LTR", others }))).toBe("8");
    expect(told(ask(book, "5", { offerId: "oil", unit: "LTR", others }))).toBe("8");
  });
});

describe("what is shown", () => {
  test("a price in a list of hits is that of the least that may be ordered", () => {
    const units = { base: "C62", others: new Map() };
    const terms = effectiveTerms([{ unit: "C62", minimum: six("50"), multiple: six("24"), maximum: null }]);
    const sellable = sellableQuantities(terms, units, "C62");
    const least = sellable === null ? null : leastOf(sellable);
    expect(least).toBe(six("72"));
    const book = bookOf({
      rows: ladder("base", [
        ["1", "10"],
        ["60", "9"],
      ]),
    });
    expect(told(ask(book, "72"))).toBe("9");
  });

  test("an offer without a price sets no 'from' price, and prices are compared by the base unit", () => {
    const packed = { base: "C62", others: new Map([["PK", unit(10n)]]) };
    const book = bookOf({
      offers: [offer("single"), offer("pack", { units: packed }), offer("unpriced"), offer("gone", { active: false })],
      rows: [
        ...ladder("base", [["1", "1.00"]], { offerId: "single" }),
        ...ladder("base", [["1", "9.00"]], { offerId: "pack", unit: "PK" }),
        ...ladder("base", [["1", "0.01"]], { offerId: "gone" }),
      ],
    });
    const shown = (...ids: string[]) =>
      cheapestOf(
        ids.flatMap((offerId) => {
          const found = book.offers.get(offerId);
          const code = offerId === "pack" ? "PK" : "C62";
          const resolution = ask(book, "1", { offerId, unit: code });
          return found === undefined ? [] : [{ offer: found, taxPercent: 0n, resolution }];
        }),
      )?.offer.id;
    expect(shown("unpriced", "single", "pack", "gone")).toBe("pack");
    expect(shown("unpriced", "gone")).toBeUndefined();
  });

  test("'from' prices are compared without tax", () => {
    const book = bookOf({
      offers: [offer("gross", { baseListId: "with-tax" }), offer("net")],
      lists: [list("base"), list("with-tax", { priceMode: "gross" })],
      rows: [
        ...ladder("with-tax", [["1", "11.90"]], { offerId: "gross" }),
        ...ladder("base", [["1", "10.50"]], { offerId: "net" }),
      ],
    });
    const prices = [...book.offers.values()].map((each) => ({
      offer: each,
      taxPercent: percent("19"),
      resolution: ask(book, "1", { offerId: each.id }),
    }));
    expect(cheapestOf(prices)?.offer.id).toBe("gross");
  });

  test("a contract's price is a price of its own: no other price and no discount beside it", () => {
    const book = bookOf({
      lists: [list("base", { stacking: "promotions" }), list("contract")],
      assignments: [assign("contract", ["agreement", "a"])],
      rows: [...ladder("base", [["1", "10"]]), ...ladder("contract", [["1", "7"]])],
      promotions: [promotion("sale")],
    });
    const party = buyer({ agreements: [{ agreementId: "a", version: 1 }] });
    const answer = requirePriced(ask(book, "1", { buyer: party }));
    expect(told(answer)).toBe("7");
    expect(answer.promotions).toEqual([]);
    const text = JSON.stringify(answer, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
    expect(text).not.toContain(`${six("10")}`);
  });

  test("what the question is for changes no price", () => {
    const book = bookOf({ rows: ladder("base", [["1", "10"]]) });
    const purposes = ["display", "cart", "quote"] as const;
    const answers = purposes.map((purpose) => ask(book, "1", { buyer: buyer({ purpose }) }));
    expect(answers.map(told)).toEqual(["10", "10", "10"]);
    expect(answers.map(({ asked }) => asked.purpose)).toEqual(purposes);
    expect(question("1").others).toEqual([]);
  });
});
